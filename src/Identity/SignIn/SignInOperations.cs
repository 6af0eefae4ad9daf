using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Signing in and out as operations. The session is in the cookie of the answer, never in its body.</summary>
internal static class SignInOperations
{
    internal static readonly RefusalNote Failed = new("identity.sign_in_failed", 401, "the address or the password is not right"), TooMany = new("identity.too_many_attempts", 429, "too many tries; says how long to wait"),
        Busy = new("identity.busy", 503, "too many sign in at this moment"), Forged = new("caller.forged", 403, "a browser was made to send it by another site"), LinkInvalid = new("identity.link_invalid", 400, "the link is used, ended or made up");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/identity/sign-in", ByPassword).As(new Operation("identity.sign_in", Roles.Self, "Signs in by address and password.")
        {
            Changes = true, IsOpen = true, OnPlatform = true, AnswersOnce = true, MostPerMinute = 600, Refusals = [Failed, TooMany, Busy, Forged], Example = """{"email":"ada@example.org","password":"correct horse battery staple"}""",
        });
        routes.MapPost("/api/v1/identity/sign-in/link", ByLink).As(new Operation("identity.sign_in_with_link", Roles.Self, "Signs in by the secret of a one-time link.")
        {
            Changes = true, IsOpen = true, OnPlatform = true, AnswersOnce = true, MostPerMinute = 60, Refusals = [LinkInvalid, Forged], Example = """{"token":"pZ1nq0Xw…"}""",
        });
        routes.MapPost("/api/v1/identity/sign-out", SignOut).As(new Operation("identity.sign_out", Roles.Self, "Ends the session of this browser.") { Changes = true, OnPlatform = true });
        routes.MapGet("/api/v1/identity/who", Who).As(new Operation("identity.who", Roles.Self, "Tells who calls, for which organisation and with what rights.") { IsOpen = true, OnPlatform = true });
    }

    private static async Task<Ok<SignInStep>> ByPassword(SignInRequest request, HttpContext http, TenantSession platform, SigningIn signingIn, CancellationToken cancel) =>
        TypedResults.Ok(await signingIn.ByPasswordAsync(platform, http, request.Email, request.Password, cancel));

    private static async Task<Ok<SignInStep>> ByLink(LinkRequest request, HttpContext http, TenantSession platform, SigningIn signingIn, CancellationToken cancel) =>
        TypedResults.Ok(await signingIn.ByLinkAsync(platform, http, request.Token, cancel));

    private static async Task<NoContent> SignOut(HttpContext http, TenantSession platform, SessionCallers sessions, SessionCookie cookie, TimeProvider clock, CancellationToken cancel)
    {
        var who = await SessionOperations.RequireAsync(http, sessions, cancel);
        await SessionStore.EndAsync(platform, who.Account.Id, who.Session, null, clock.GetUtcNow(), cancel);
        platform.AfterCommit(() => sessions.Forget(who.Account.Id));
        cookie.Take(http);
        // RFC 9527: pages of the session that the browser keeps go as well.
        http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return TypedResults.NoContent();
    }

    private static async Task<Ok<WhoCalls>> Who(HttpContext http, Caller caller, SessionCallers sessions, CancellationToken cancel)
    {
        if (caller.Subject.StartsWith("anonymous:", StringComparison.Ordinal)) throw new Refusal("caller.unknown", "Nobody is signed in.", 401);
        var who = Account.Of(caller) is null ? null : await sessions.FindAsync(http, cancel);
        return TypedResults.Ok(new WhoCalls
        {
            Subject = caller.Subject, Account = who?.Account, Organisation = who?.Organisation, Role = who?.Role, Tenant = caller.Tenant.Value, Session = who?.Session, CsrfToken = who?.CsrfToken,
            Permissions = [.. caller.Permissions.Order(StringComparer.Ordinal)], ConfirmedUntil = who is null ? null : caller.ConfirmedUntil,
        });
    }
}

/// <summary>An address and a password.</summary>
internal sealed record SignInRequest
{
    [Required, StringLength(254, MinimumLength = 1)]
    public required string Email { get; init; }

    [Required, StringLength(1000, MinimumLength = 1)]
    public required string Password { get; init; }
}

/// <summary>The secret of a link: what stands after <c>token=</c>.</summary>
internal sealed record LinkRequest
{
    [Required, StringLength(100, MinimumLength = 1)]
    public required string Token { get; init; }
}

/// <summary>Who calls.</summary>
internal sealed record WhoCalls
{
    /// <summary><c>user:…</c> or <c>key:…</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The tenant whose rows operations see.</summary>
    public required Guid Tenant { get; init; }

    /// <summary>What they may do there.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>For people: who.</summary>
    public Account? Account { get; init; }

    /// <summary>For people: the active organisation.</summary>
    public Organisation? Organisation { get; init; }

    /// <summary>For people: their role in it.</summary>
    public string? Role { get; init; }

    /// <summary>For people: this session.</summary>
    public Guid? Session { get; init; }

    /// <summary>For people: to be sent as <c>X-Rialto-Csrf</c> with every change.</summary>
    public string? CsrfToken { get; init; }

    /// <summary>For people: until when dangerous acts need no further proof.</summary>
    public DateTimeOffset? ConfirmedUntil { get; init; }
}
