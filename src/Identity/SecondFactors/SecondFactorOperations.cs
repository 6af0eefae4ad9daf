using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>One's authenticator and recovery codes, and the second step of signing in.</summary>
internal static class SecondFactorOperations
{
    private static readonly RefusalNote NotAPerson = new("identity.not_a_person", 403, "a key has no account"), CodeWrong = new("identity.code_wrong", 422, "the code is not right");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/identity/sign-in/code", SignIn).As(new Operation("identity.sign_in_with_code", Roles.Self, "The second step of signing in: a code of the authenticator, or a recovery code.")
        {
            Changes = true, IsOpen = true, OnPlatform = true, AnswersOnce = true, MostPerMinute = 60, Refusals = [SignInOperations.LinkInvalid, SignInOperations.TooMany, new RefusalNote("identity.code_wrong", 401, "the code is not right"), SignInOperations.Forged],
            Example = """{"ticket":"pZ1nq0Xw…","code":"123456"}""",
        });
        routes.MapGet("/api/v1/identity/authenticator", Show).As(new Operation("identity.show_authenticator", Roles.Self, "Tells whether there is a second factor and how many recovery codes are left.") { OnPlatform = true, Refusals = [NotAPerson] });
        routes.MapPost("/api/v1/identity/authenticator", Begin).As(Dangerous("identity.begin_authenticator", "Begins with an authenticator: tells its secret, this once.") with
        {
            AnswersOnce = true, Refusals = [NotAPerson, new RefusalNote("identity.authenticator_there", 409, "there is one")],
        });
        routes.MapPost("/api/v1/identity/authenticator/confirm", Finish).As(Dangerous("identity.confirm_authenticator", "Puts the authenticator in force by its first code; tells the recovery codes, this once.") with
        {
            AnswersOnce = true, Refusals = [NotAPerson, CodeWrong], Example = """{"code":"123456"}""",
        });
        routes.MapDelete("/api/v1/identity/authenticator", Drop).As(Dangerous("identity.drop_authenticator", "Takes authenticator and recovery codes off."));
        routes.MapPost("/api/v1/identity/recovery-codes", Renew).As(Dangerous("identity.renew_recovery_codes", "Makes ten new recovery codes in place of all before.") with
        {
            AnswersOnce = true, Refusals = [NotAPerson, new RefusalNote("identity.authenticator_missing", 409, "there is no authenticator")],
        });
    }

    private static Operation Dangerous(string name, string summary) => new(name, Roles.Self, summary) { Changes = true, OnPlatform = true, NeedsConfirmation = true, Refusals = [NotAPerson] };

    private static async Task<Ok<SignInStep>> SignIn(CodeRequest request, HttpContext http, TenantSession platform, SigningIn signingIn, CancellationToken cancel) =>
        TypedResults.Ok(await signingIn.ByCodeAsync(platform, http, request.Ticket, request.Code, cancel));

    private static async Task<Ok<AuthenticatorState>> Show(Caller caller, TenantSession platform, SecondFactors factors, CancellationToken cancel)
    {
        var account = SessionOperations.RequireAccount(caller);
        return TypedResults.Ok(new AuthenticatorState { IsOn = await factors.IsOnAsync(platform, account, cancel), RecoveryCodesLeft = await SecondFactors.CountRecoveryCodesAsync(platform, account, cancel) });
    }

    private static async Task<Ok<NewAuthenticator>> Begin(Caller caller, TenantSession platform, SecondFactors factors, CancellationToken cancel)
    {
        var account = await AccountStore.GetAsync(platform, SessionOperations.RequireAccount(caller), cancel);
        var secret = await factors.BeginAsync(platform, account.Id, cancel);
        return TypedResults.Ok(new NewAuthenticator { Secret = Base32.Write(secret), Uri = Totp.UriOf(account.Email, secret) });
    }

    private static async Task<Ok<RecoveryCodes>> Finish(FirstCode request, Caller caller, TenantSession platform, SecondFactors factors, CancellationToken cancel)
    {
        var account = await AccountStore.GetAsync(platform, SessionOperations.RequireAccount(caller), cancel);
        var codes = await factors.FinishAsync(platform, account.Id, request.Code.Trim(), cancel);
        await TellAsync(platform, account, cancel);
        return TypedResults.Ok(new RecoveryCodes { Codes = codes });
    }

    private static async Task<NoContent> Drop(Caller caller, TenantSession platform, CancellationToken cancel)
    {
        var account = await AccountStore.GetAsync(platform, SessionOperations.RequireAccount(caller), cancel);
        await SecondFactors.DropAsync(platform, account.Id, null, cancel);
        await TellAsync(platform, account, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<RecoveryCodes>> Renew(Caller caller, TenantSession platform, SecondFactors factors, CancellationToken cancel)
    {
        var account = SessionOperations.RequireAccount(caller);
        if (!await factors.IsOnAsync(platform, account, cancel)) throw new Refusal("identity.authenticator_missing", "Begin with an authenticator first.", 409);
        return TypedResults.Ok(new RecoveryCodes { Codes = await SecondFactors.MakeRecoveryCodesAsync(platform, account, cancel) });
    }

    /// <summary>Announces that an account is proven in another way from now on, and tells its owner by mail.</summary>
    internal static async Task TellAsync(TenantSession platform, Account account, CancellationToken cancel)
    {
        await platform.AnnounceAsync(AccountEvents.FactorChanged, new AccountChanged(account.Id), account.Subject, cancel);
        await new AccountMail("factor_changed", account.Email, account.Language) { Account = account.Id }.SendAsync(platform, cancel);
    }
}

/// <summary>The second step.</summary>
internal sealed record CodeRequest
{
    /// <summary>From the first step.</summary>
    [Required, StringLength(100, MinimumLength = 1)]
    public required string Ticket { get; init; }

    /// <summary>Six digits, or a recovery code.</summary>
    [Required, StringLength(40, MinimumLength = 1)]
    public required string Code { get; init; }
}

/// <summary>The first code of an authenticator.</summary>
internal sealed record FirstCode
{
    [Required, StringLength(10, MinimumLength = 1)]
    public required string Code { get; init; }
}

/// <summary>Whether there is a second factor.</summary>
internal sealed record AuthenticatorState
{
    public required bool IsOn { get; init; }

    public required int RecoveryCodesLeft { get; init; }
}

/// <summary>What an authenticator needs, told once.</summary>
internal sealed record NewAuthenticator
{
    /// <summary>In base32, to be typed.</summary>
    public required string Secret { get; init; }

    /// <summary>To be shown as a picture.</summary>
    public required string Uri { get; init; }
}

/// <summary>Recovery codes, told once.</summary>
internal sealed record RecoveryCodes
{
    public required IReadOnlyList<string> Codes { get; init; }
}
