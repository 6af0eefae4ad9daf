using Dapper;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Accepting an invitation. Whoever holds the mailed secret has read mail at the address it went to: that is the proof of an account made here.</summary>
internal sealed class Joining(SessionCallers sessions, SigningIn signingIn, TimeProvider clock)
{
    public async Task<SignInStep> AcceptAsync(TenantSession platform, HttpContext http, string token, CancellationToken cancel)
    {
        OwnPage.RequireOrigin(http);
        var link = await OneTimeLinks.UseAsync(platform, token, clock, cancel, LinkPurpose.Invitation);
        var parts = link.Data!.Split(' ');
        var (organisation, invitation) = (await OrganisationStore.FindAsync(platform, Guid.Parse(parts[0]), cancel) ?? throw OneTimeLinks.Invalid(), Guid.Parse(parts[1]));
        var here = http.Request.Headers.Authorization.Count > 0 ? null : await sessions.FindAsync(http, cancel);
        var account = here?.Account ?? await FindOrMakeAsync(platform, http, EmailAddress.Require(link.Email), cancel);
        platform.Actor = account.Subject;
        var wanted = await platform.AcrossAsync(organisation.Tenant, inside => TakeAsync(inside, invitation, cancel), cancel);
        await MemberStore.AddAsync(platform, organisation, account, wanted.Role, cancel, wanted.Shared);
        if (here is null) return await signingIn.AfterProofAsync(platform, http, account.Id, "link", cancel);
        platform.AfterCommit(() => sessions.Forget(account.Id));
        return new SignInStep { Next = "done" };
    }

    private static async Task<Account> FindOrMakeAsync(TenantSession platform, HttpContext http, EmailAddress email, CancellationToken cancel) =>
        await AccountStore.FindAsync(platform, email, cancel) ?? await AccountStore.CreateAsync(platform, email, "", RequestLanguage.Of(http).Code, cancel);

    private async Task<Wanted> TakeAsync(TenantSession inside, Guid invitation, CancellationToken cancel) =>
        await inside.Connection.QuerySingleOrDefaultAsync<Wanted>(AccountStore.Command(
            """
            update identity.invitations set accepted_at = @now where tenant_id = kernel.current_tenant() and id = @invitation and accepted_at is null and revoked_at is null and expires_at > @now
            returning role, shared
            """, new { invitation, now = clock.GetUtcNow() }, cancel)) ?? throw OneTimeLinks.Invalid();

    private sealed class Wanted
    {
        public required string Role { get; init; }

        public required string[] Shared { get; init; }
    }
}
