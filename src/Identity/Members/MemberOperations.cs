using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Members of an organisation: looked at, given another role, taken out.</summary>
internal static class MemberOperations
{
    public const string Manage = "identity.manage";
    private static readonly RefusalNote NotFound = new("identity.member_not_found", 404, "the organisation has no such member"), RoleUnknown = new("identity.role_unknown", 422, "there is no such role"),
        TooHigh = new("identity.role_not_held", 403, "one gives or takes no more than one has"), LastOwner = new("identity.last_owner", 409, "an organisation keeps an owner");

    private static readonly Listing<MemberInfo> Members = new("identity.members", MemberInfo.Columns, MemberInfo.Read, [("createdAt", "created_at", "timestamptz"), ("name", "name", "text")], [("kind", "kind", "text"), ("role", "role", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/identity/members", List).As(new Operation("identity.list_members", "identity.read", "Lists the members of the organisation: persons, guests, agents, services."));
        routes.MapPatch("/api/v1/identity/members/{id:guid}", Change).As(new Operation("identity.change_member", Manage, "Gives a member another role, or a guest other things to see.")
        {
            Changes = true, NeedsConfirmation = true, Refusals = [NotFound, RoleUnknown, TooHigh, LastOwner], Example = """{"role":"editor"}""",
        });
        routes.MapDelete("/api/v1/identity/members/{id:guid}", Remove).As(new Operation("identity.remove_member", Manage, "Takes a member out of the organisation, with the keys and agents it answers for.")
        {
            Changes = true, NeedsConfirmation = true, Refusals = [NotFound, TooHigh, LastOwner],
        });
    }

    /// <summary>Insists on a role that the caller may give: what nobody has, and what is more than they may do themselves, they may not.</summary>
    /// <exception cref="Refusal"><c>identity.role_unknown</c>, <c>identity.role_not_held</c>.</exception>
    public static async Task RequireGivableAsync(TenantSession session, Caller caller, string role, OperationCatalogue catalogue, CancellationToken cancel)
    {
        var own = await session.Connection.ExecuteScalarAsync<string[]?>(AccountStore.Command("select permissions from identity.roles where tenant_id = kernel.current_tenant() and name = @role", new { role }, cancel));
        if (own is null && !Roles.All.Contains(role)) throw new Refusal("identity.role_unknown", $"There is no role {role} here.", 422);
        if (!(own as IEnumerable<string> ?? Roles.PermissionsOf(role, catalogue.Permissions)).All(permission => permission == Roles.Self || Scopes.IsHeld(caller, permission)))
            throw new Refusal("identity.role_not_held", $"The role {role} may do more than you; an owner gives it.", 403);
    }

    private static async Task<Ok<Page<MemberInfo>>> List([AsParameters] PageQuery page, string? kind, string? role, Caller caller, TenantSession session, CancellationToken cancel)
    {
        var found = await Members.ReadAsync(session, page, new Dictionary<string, string?> { ["kind"] = kind, ["role"] = role }, cancel);
        return TypedResults.Ok(caller.Allows(PersonalData.Permission) ? found : found with { Items = [.. found.Items.Select(one => one with { Email = one.Email is { } email ? PersonalData.MaskEmail(email) : null })] });
    }

    private static async Task<Ok<MemberInfo>> Change(Guid id, ChangeMember request, Caller caller, TenantSession session, OperationCatalogue catalogue, SessionCallers sessions, CancellationToken cancel)
    {
        var member = await FindAsync(session, id, cancel);
        if (member.Kind is "agent" or "service") throw new Refusal("identity.role_unknown", "An agent has scopes and no role; make another one.", 422);
        await RequireGivableAsync(session, caller, member.Role, catalogue, cancel);
        var role = request.Role ?? member.Role;
        await RequireGivableAsync(session, caller, role, catalogue, cancel);
        if (member.Role == Roles.Owner && role != Roles.Owner) await RequireAnotherOwnerAsync(session, id, cancel);
        await session.Connection.ExecuteAsync(AccountStore.Command(
            "update identity.members set role = @role, kind = @kind, shared = coalesce(@shared, shared) where tenant_id = kernel.current_tenant() and id = @id",
            new { id, role, kind = role == Roles.Guest ? "guest" : "person", shared = request.Shared?.ToArray() }, cancel));
        await session.AnnounceAsync(MemberStore.Changed, new MemberChanged(id, role), $"member:{id}", cancel);
        session.AfterCommit(() => sessions.Forget(member.AccountId!.Value));
        return TypedResults.Ok(await FindAsync(session, id, cancel));
    }

    private static async Task<NoContent> Remove(Guid id, Caller caller, TenantSession session, OperationCatalogue catalogue, SessionCallers sessions, CancellationToken cancel)
    {
        var member = await FindAsync(session, id, cancel);
        if (member.AccountId is not null) await RequireGivableAsync(session, caller, member.Role, catalogue, cancel);
        if (member.Role == Roles.Owner) await RequireAnotherOwnerAsync(session, id, cancel);
        // Agents go with whoever answers for them, and keys with the agents.
        await session.Connection.ExecuteAsync(AccountStore.Command("delete from identity.members where tenant_id = kernel.current_tenant() and owner_id = @id", new { id }, cancel));
        await session.Connection.ExecuteAsync(AccountStore.Command("delete from identity.members where tenant_id = kernel.current_tenant() and id = @id", new { id }, cancel));
        if (member.AccountId is { } account)
        {
            await session.Connection.ExecuteAsync(AccountStore.Command("update identity.api_keys set revoked_at = now() where tenant_id = kernel.current_tenant() and created_by = @subject and revoked_at is null", new { subject = Account.SubjectOf(account) }, cancel));
            await session.AcrossAsync(TenantId.Platform, platform => platform.Connection.ExecuteAsync(AccountStore.Command(
                "delete from identity.memberships where tenant_id = kernel.current_tenant() and account_id = @account and organisation_id = @organisation", new { account, organisation = session.Tenant.Value }, cancel)), cancel);
            session.AfterCommit(() => sessions.Forget(account));
        }
        await session.AnnounceAsync(MemberStore.Removed, new MemberChanged(id, member.Role), $"member:{id}", cancel);
        return TypedResults.NoContent();
    }

    private static async Task<MemberInfo> FindAsync(TenantSession session, Guid id, CancellationToken cancel)
    {
        await using var row = await session.Connection.ExecuteReaderAsync(AccountStore.Command($"select {MemberInfo.Columns} from identity.members where tenant_id = kernel.current_tenant() and id = @id for update", new { id }, cancel));
        return await row.ReadAsync(cancel) ? MemberInfo.Read(row) : throw new Refusal("identity.member_not_found", "There is no such member.", 404);
    }

    // All owners are held, so that of two who leave at once the second finds itself the last.
    private static async Task RequireAnotherOwnerAsync(TenantSession session, Guid but, CancellationToken cancel)
    {
        var owners = await session.Connection.QueryAsync<Guid>(AccountStore.Command("select id from identity.members where tenant_id = kernel.current_tenant() and role = 'owner' order by id for update", null, cancel));
        if (!owners.Any(one => one != but)) throw new Refusal("identity.last_owner", "An organisation keeps an owner; make somebody else one first.", 409);
    }
}

/// <summary>What is to be different; what is left out stays.</summary>
internal sealed record ChangeMember
{
    /// <summary>A role every organisation has, or one of its own.</summary>
    [StringLength(40, MinimumLength = 1)]
    public string? Role { get; init; }

    /// <summary>Of guests: what they are shown, such as <c>site:lantern</c>.</summary>
    [MaxLength(200)]
    public IReadOnlyList<string>? Shared { get; init; }
}
