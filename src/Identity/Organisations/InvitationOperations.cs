using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Invitations to an organisation, by mail. They are accepted behind the mailed link (see <see cref="Joining"/>).</summary>
internal static class InvitationOperations
{
    private static readonly RefusalNote NotFound = new("identity.invitation_not_found", 404, "there is no such open invitation");

    private static readonly Listing<InvitationInfo> Invitations = new("identity.invitations", "id, email, role, shared, created_by, created_at, expires_at, accepted_at, revoked_at", Read, [("createdAt", "created_at", "timestamptz")], []);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/identity/invitations", List).As(new Operation("identity.list_invitations", MemberOperations.Manage, "Lists invitations, newest first."));
        routes.MapPost("/api/v1/identity/invitations", Create).As(new Operation("identity.invite", MemberOperations.Manage, "Invites somebody by mail; the link holds for seven days.")
        {
            Changes = true, MostPerMinute = 30, Example = """{"email":"bob@example.org","role":"editor"}""",
            Refusals = [new RefusalNote("identity.email_invalid", 400, "this is no address of mail"), new RefusalNote("identity.role_unknown", 422, "there is no such role"), new RefusalNote("identity.role_not_held", 403, "one gives no more than one has")],
        });
        routes.MapDelete("/api/v1/identity/invitations/{id:guid}", Revoke).As(new Operation("identity.revoke_invitation", MemberOperations.Manage, "Takes an invitation back.") { Changes = true, Refusals = [NotFound] });
        routes.MapPost("/api/v1/identity/invitations/accept", Accept).As(new Operation("identity.accept_invitation", Roles.Self, "Accepts an invitation, for who is signed in or for the address it was sent to, and signs in.")
        {
            Changes = true, IsOpen = true, OnPlatform = true, AnswersOnce = true, MostPerMinute = 60, Refusals = [SignInOperations.LinkInvalid, SignInOperations.Forged],
        });
    }

    private static async Task<Ok<Page<InvitationInfo>>> List([AsParameters] PageQuery page, TenantSession session, CancellationToken cancel) => TypedResults.Ok(await Invitations.ReadAsync(session, page, cancel: cancel));

    private static async Task<Created<InvitationInfo>> Create(Invite request, Caller caller, TenantSession session, OperationCatalogue catalogue, HttpContext http, TimeProvider clock, CancellationToken cancel)
    {
        var (email, now) = (EmailAddress.Require(request.Email), clock.GetUtcNow());
        await MemberOperations.RequireGivableAsync(session, caller, request.Role, catalogue, cancel);
        await using (var row = await session.Connection.ExecuteReaderAsync(AccountStore.Command(
            """
            insert into identity.invitations (email, role, shared, created_by, created_at, expires_at) values (@Text, @Role, @shared, @Actor, @now, @end)
            returning id, email, role, shared, created_by, created_at, expires_at, accepted_at, revoked_at
            """, new { email.Text, request.Role, shared = request.Shared?.ToArray() ?? [], session.Actor, now, end = now + AccountMailJob.InvitationLifetime }, cancel)))
        {
            await row.ReadAsync(cancel);
            var made = Read(row);
            await row.DisposeAsync();
            await new AccountMail("invitation", email.Text, RequestLanguage.Of(http).Code) { Invitation = made.Id, Organisation = session.Tenant.Value }.SendAsync(session, cancel);
            return TypedResults.Created($"/api/v1/identity/invitations/{made.Id}", made);
        }
    }

    private static async Task<NoContent> Revoke(Guid id, TenantSession session, TimeProvider clock, CancellationToken cancel) => await session.Connection.ExecuteAsync(AccountStore.Command(
        "update identity.invitations set revoked_at = @now where tenant_id = kernel.current_tenant() and id = @id and accepted_at is null and revoked_at is null", new { id, now = clock.GetUtcNow() }, cancel)) == 1
        ? TypedResults.NoContent() : throw new Refusal("identity.invitation_not_found", "There is no such open invitation.", 404);

    private static async Task<Ok<SignInStep>> Accept(LinkRequest request, HttpContext http, TenantSession platform, Joining joining, CancellationToken cancel) => TypedResults.Ok(await joining.AcceptAsync(platform, http, request.Token, cancel));

    private static InvitationInfo Read(DbDataReader row) => new()
    {
        Id = row.GetGuid(0), Email = row.GetString(1), Role = row.GetString(2), Shared = row.GetFieldValue<string[]>(3), CreatedBy = row.GetString(4), CreatedAt = row.GetDateTime(5), ExpiresAt = row.GetDateTime(6),
        AcceptedAt = row.IsDBNull(7) ? null : row.GetDateTime(7), RevokedAt = row.IsDBNull(8) ? null : row.GetDateTime(8),
    };
}

/// <summary>Whom to invite.</summary>
internal sealed record Invite
{
    [Required, StringLength(254, MinimumLength = 1)]
    public required string Email { get; init; }

    /// <summary>A role every organisation has, or one of its own.</summary>
    [Required, StringLength(40, MinimumLength = 1)]
    public required string Role { get; init; }

    /// <summary>For guests: what they are shown, such as <c>site:lantern</c>.</summary>
    [MaxLength(200)]
    public IReadOnlyList<string>? Shared { get; init; }
}

/// <summary>An invitation; never its secret.</summary>
internal sealed record InvitationInfo
{
    public required Guid Id { get; init; }

    public required string Email { get; init; }

    public required string Role { get; init; }

    public required IReadOnlyList<string> Shared { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public DateTime? AcceptedAt { get; init; }

    public DateTime? RevokedAt { get; init; }
}
