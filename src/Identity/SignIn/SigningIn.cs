using Dapper;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>The ways to sign in. Each takes a session of the platform, which its caller commits.</summary>
internal sealed class SigningIn(Throttle throttle, SessionCookie cookie, SessionCallers sessions, SettingLayers settings, TimeProvider clock)
{
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
        return await ProvenAsync(platform, http, row!.Value.Id, "password", cancel);
    }

    /// <summary>By the secret of a link, which is used up.</summary>
    /// <exception cref="Refusal"><c>identity.link_invalid</c>, <c>caller.forged</c>.</exception>
    public async Task<SignInStep> ByLinkAsync(TenantSession platform, HttpContext http, string token, CancellationToken cancel)
    {
        OwnPage.RequireOrigin(http);
        var link = await OneTimeLinks.UseAsync(platform, token, clock, cancel, LinkPurpose.SignIn);
        return await ProvenAsync(platform, http, link.Account!.Value, "link", cancel);
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
