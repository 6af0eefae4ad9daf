using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Proving once more that it is oneself, before a dangerous act: by the second factor where there is one, by password otherwise.</summary>
internal static class ConfirmOperations
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/identity/confirm", Confirm).As(
        new Operation("identity.confirm", Roles.Self, "Proves once more who one is; for some minutes dangerous acts need no further proof.")
        {
            Changes = true, OnPlatform = true, AnswersOnce = true, MostPerMinute = 30,
            Refusals = [SignInOperations.TooMany, new RefusalNote("identity.confirmation_failed", 403, "password or code is not right"), new RefusalNote("identity.code_needed", 403, "the account has a second factor; its code is asked for")],
            Example = """{"password":"four words nobody joined"}""",
        });

    private static async Task<NoContent> Confirm(ConfirmRequest request, HttpContext http, TenantSession platform, SessionCallers sessions, SessionCookie cookie, Throttle throttle, SecondFactors factors, SettingLayers settings, TimeProvider clock, CancellationToken cancel)
    {
        var who = await SessionOperations.RequireAsync(http, sessions, cancel);
        var key = EmailAddress.Require(who.Account.Email).Key;
        var hasFactor = await factors.IsOnAsync(platform, who.Account.Id, cancel);
        if (hasFactor && request.Code is null) throw new Refusal("identity.code_needed", "Give the code of your second factor.", 403);
        await throttle.TakeAsync(http.Connection.RemoteIpAddress, key, cancel);
        var isRight = hasFactor
            ? await factors.CheckAsync(platform, who.Account.Id, request.Code!, cancel)
            : request.Password is { } password && await PasswordHash.CheckAsync(password, await HashAsync(platform, who.Account.Id, cancel), (int)settings.Get(IdentitySettings.PasswordRounds), cancel) != PasswordVerdict.Wrong;
        if (!isRight) throw new Refusal("identity.confirmation_failed", hasFactor ? "The code is not right." : "The password is not right; without one, sign in anew by a link.", 403);
        await Throttle.ClearAsync(platform, http.Connection.RemoteIpAddress, key, cancel);
        // More may be done with it from now on, so it gets a new secret.
        var secret = Secret.New();
        await platform.Connection.ExecuteAsync(AccountStore.Command("update identity.sessions set confirmed_at = @now, token_hash = @Hash where tenant_id = kernel.current_tenant() and id = @Session", new { now = clock.GetUtcNow(), secret.Hash, who.Session }, cancel));
        platform.AfterCommit(() => sessions.Forget(who.Account.Id));
        cookie.Give(http, secret);
        return TypedResults.NoContent();
    }

    private static Task<string?> HashAsync(TenantSession platform, Guid account, CancellationToken cancel) =>
        platform.Connection.ExecuteScalarAsync<string?>(AccountStore.Command("select password_hash from identity.accounts where tenant_id = kernel.current_tenant() and id = @account", new { account }, cancel));
}

/// <summary>A proof: a code where there is a second factor, the password otherwise.</summary>
internal sealed record ConfirmRequest
{
    [StringLength(1000)]
    public string? Password { get; init; }

    /// <summary>Six digits of the authenticator, or a recovery code.</summary>
    [StringLength(40)]
    public string? Code { get; init; }
}
