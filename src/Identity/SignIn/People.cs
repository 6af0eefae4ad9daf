using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>The contract for pages, on the same ground as the operations.</summary>
internal sealed class People(Database database, SessionCallers sessions, SessionCookie cookie, SigningIn signingIn, Registering registering, Joining joining, TimeProvider clock) : IPeople
{
    public ValueTask<SignedIn?> FindAsync(HttpContext http, CancellationToken cancel = default) => sessions.FindAsync(http, cancel);

    public async Task<IReadOnlyList<Belonging>> ListOrganisationsAsync(Guid account, CancellationToken cancel = default)
    {
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        return await MemberStore.ListAsync(platform, account, cancel);
    }

    public void RequireOwnPage(HttpContext http, string? token)
    {
        if (cookie.Read(http) is { } secret && token is not null) OwnPage.Require(http, secret, token);
        else if (token is null) OwnPage.RequireOrigin(http);
        else OwnPage.Require(http, Secret.New(), token);
    }

    public Task<SignInStep> SignInAsync(HttpContext http, string email, string password, CancellationToken cancel = default) =>
        InPlatformAsync(http, platform => signingIn.ByPasswordAsync(platform, http, email, password, cancel), cancel);

    public Task<SignInStep> SignInWithLinkAsync(HttpContext http, string token, CancellationToken cancel = default) =>
        InPlatformAsync(http, platform => signingIn.ByLinkAsync(platform, http, token, cancel), cancel);

    public Task<SignInStep> SignInWithCodeAsync(HttpContext http, string ticket, string code, CancellationToken cancel = default) =>
        InPlatformAsync(http, platform => signingIn.ByCodeAsync(platform, http, ticket, code, cancel), cancel);

    public Task<SignInStep> RegisterAsync(HttpContext http, string token, string name, string? password, string? organisation, CancellationToken cancel = default) =>
        InPlatformAsync(http, platform => registering.CompleteAsync(platform, http, new CompleteRegistration { Token = token, Name = name, Password = password, Organisation = organisation }, cancel), cancel);

    public Task<SignInStep> AcceptInvitationAsync(HttpContext http, string token, CancellationToken cancel = default) =>
        InPlatformAsync(http, platform => joining.AcceptAsync(platform, http, token, cancel), cancel);

    public async Task SignOutAsync(HttpContext http, CancellationToken cancel = default)
    {
        if (await FindAsync(http, cancel) is { } who)
        {
            await InPlatformAsync(http, platform => SessionStore.EndAsync(platform, who.Account.Id, who.Session, null, clock.GetUtcNow(), cancel), cancel);
            sessions.Forget(who.Account.Id);
        }
        cookie.Take(http);
    }

    public async Task SwitchAsync(HttpContext http, Guid organisation, CancellationToken cancel = default)
    {
        var who = await FindAsync(http, cancel) ?? throw new Refusal("caller.unknown", "Sign in first.", 401);
        await InPlatformAsync(http, async platform =>
        {
            await SessionOperations.SwitchAsync(platform, who, organisation, cancel);
            return true;
        }, cancel);
        sessions.Forget(who.Account.Id);
    }

    private async Task<T> InPlatformAsync<T>(HttpContext http, Func<TenantSession, Task<T>> work, CancellationToken cancel)
    {
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        platform.Actor = Caller.Anonymous(http.Connection.RemoteIpAddress).Subject;
        var answer = await work(platform);
        await platform.CommitAsync(cancel);
        return answer;
    }
}
