using Dapper;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>The ways to sign in. Each takes a session of the platform, which its caller commits.</summary>
internal sealed class SigningIn(Throttle throttle, SessionCookie cookie, SessionCallers sessions, SecondFactors factors, SettingLayers settings, TimeProvider clock)
{
    private static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(5);

    /// <summary>By address and password. Whether there is such an account shows neither in the answer nor in the time it takes.</summary>
    /// <exception cref="Refusal"><c>identity.sign_in_failed</c>, <c>identity.too_many_attempts</c>, <c>identity.busy</c>, <c>caller.forged</c>.</exception>
    public async Task<SignInStep> ByPasswordAsync(TenantSession platform, HttpContext http, string email, string password, CancellationToken cancel)
    {
        OwnPage.RequireOrigin(http);
        var key = EmailAddress.TryParse(email)?.Key ?? email;
        await throttle.TakeAsync(http.Connection.RemoteIpAddress, key, cancel);
        var row = await platform.Connection.QuerySingleOrDefaultAsync<(Guid Id, string? Hash)?>(AccountStore.Command(
            "select id, password_hash from identity.accounts where tenant_id = kernel.current_tenant() and email_key = @key", new { key }, cancel));
        var rounds = (int)settings.Get(IdentitySettings.PasswordRounds);
        var verdict = await PasswordHash.CheckAsync(password, row?.Hash, rounds, cancel);
        if (verdict == PasswordVerdict.Wrong) throw new Refusal("identity.sign_in_failed", "The address or the password is not right.", 401);
        if (verdict == PasswordVerdict.RightButOld)
            await platform.Connection.ExecuteAsync(AccountStore.Command("update identity.accounts set password_hash = @hash where tenant_id = kernel.current_tenant() and id = @id",
                new { hash = await PasswordHash.MakeAsync(password, rounds, cancel), id = row!.Value.Id }, cancel));
        await Throttle.ClearAsync(platform, http.Connection.RemoteIpAddress, key, cancel);
        return await AfterProofAsync(platform, http, row!.Value.Id, "password", cancel);
    }

    /// <summary>By the secret of a link, which is used up.</summary>
    /// <exception cref="Refusal"><c>identity.link_invalid</c>, <c>caller.forged</c>.</exception>
    public async Task<SignInStep> ByLinkAsync(TenantSession platform, HttpContext http, string token, CancellationToken cancel)
    {
        OwnPage.RequireOrigin(http);
        var link = await OneTimeLinks.UseAsync(platform, token, clock, cancel, LinkPurpose.SignIn, LinkPurpose.Recover);
        return await AfterProofAsync(platform, http, link.Account!.Value, "link", cancel);
    }

    /// <summary>The second step: a code for the ticket of the first. A wrong code does not use the ticket up, but is counted as a try.</summary>
    /// <exception cref="Refusal"><c>identity.link_invalid</c>, <c>identity.code_wrong</c>, <c>identity.too_many_attempts</c>, <c>caller.forged</c>.</exception>
    public async Task<SignInStep> ByCodeAsync(TenantSession platform, HttpContext http, string ticket, string code, CancellationToken cancel)
    {
        OwnPage.RequireOrigin(http);
        if (await OneTimeLinks.PeekAsync(platform, ticket, clock, cancel) is not { Purpose: LinkPurpose.SecondFactor, Account: { } account } step) throw OneTimeLinks.Invalid();
        // Counted apart from passwords: whoever gets this far knows the password, and must not be able to start the count anew with it.
        var key = $"code {account}";
        await throttle.TakeAsync(http.Connection.RemoteIpAddress, key, cancel);
        if (!await factors.CheckAsync(platform, account, code, cancel)) throw new Refusal("identity.code_wrong", "The code is not right, or was used already.", 401);
        await OneTimeLinks.UseAsync(platform, ticket, clock, cancel, LinkPurpose.SecondFactor);
        await Throttle.ClearAsync(platform, http.Connection.RemoteIpAddress, key, cancel);
        return await ProvenAsync(platform, http, account, step.Data ?? "password", cancel);
    }

    /// <summary>Somebody has proven who they are once: begins their session, or asks for the code of their second factor.</summary>
    public async Task<SignInStep> AfterProofAsync(TenantSession platform, HttpContext http, Guid account, string method, CancellationToken cancel)
    {
        if (!await factors.IsOnAsync(platform, account, cancel)) return await ProvenAsync(platform, http, account, method, cancel);
        var ticket = await OneTimeLinks.MakeAsync(platform, LinkPurpose.SecondFactor, account, "", TicketLifetime, clock, method, cancel);
        return new SignInStep { Next = "code", Ticket = ticket.Text };
    }

    /// <summary>Begins the session of somebody who has proven who they are. A session the browser had before ends: a new one always has a new secret.</summary>
    public async Task<SignInStep> ProvenAsync(TenantSession platform, HttpContext http, Guid account, string method, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (cookie.Read(http) is { } before)
        {
            await platform.Connection.ExecuteAsync(AccountStore.Command(
                "update identity.sessions set ended_at = @now where tenant_id = kernel.current_tenant() and token_hash = @Hash and ended_at is null", new { before.Hash, now }, cancel));
            platform.AfterCommit(() => sessions.Forget(before));
        }
        var secret = await SessionStore.BeginAsync(platform, new NewSession(account, method, BrowserName.Of(http.Request.Headers.UserAgent.ToString()), http.Connection.RemoteIpAddress,
            now, now.AddHours(settings.Get(IdentitySettings.SessionHours))), cancel);
        cookie.Give(http, secret);
        return new SignInStep { Next = "done" };
    }
}
