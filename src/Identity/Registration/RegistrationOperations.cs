using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// Coming in by mail: making an account, being let in without a password, coming back after losing it. Each begins with an address and has the
/// same answer for every address; what happens is decided when the mail is written. An account is made only by whoever opened the link in its mail,
/// so nobody can prepare one for somebody else.
/// </summary>
internal static class RegistrationOperations
{
    private static readonly RefusalNote EmailInvalid = new("identity.email_invalid", 400, "this is no address of mail");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/identity/register", (AskForMail request, HttpContext http, TenantSession platform, MailRequests mail, CancellationToken cancel) => mail.TakeAsync(platform, http, "register", request.Email, cancel))
            .As(Ask("identity.register", "Sends a link by which an account is made for an address."));
        routes.MapPost("/api/v1/identity/sign-in/mail", (AskForMail request, HttpContext http, TenantSession platform, MailRequests mail, CancellationToken cancel) => mail.TakeAsync(platform, http, "sign_in", request.Email, cancel))
            .As(Ask("identity.mail_sign_in_link", "Sends a link that signs in whoever has this address."));
        routes.MapPost("/api/v1/identity/recover", (AskForMail request, HttpContext http, TenantSession platform, MailRequests mail, CancellationToken cancel) => mail.TakeAsync(platform, http, "recover", request.Email, cancel))
            .As(Ask("identity.recover", "Sends a link that signs in, after which a new password can be set."));
        routes.MapPost("/api/v1/identity/register/complete", Complete).As(new Operation("identity.complete_registration", Roles.Self, "Makes the account a mailed link is for, perhaps with an organisation, and signs in.")
        {
            Changes = true, IsOpen = true, OnPlatform = true, AnswersOnce = true, MostPerMinute = 60,
            Refusals = [SignInOperations.LinkInvalid, new RefusalNote("identity.password_weak", 422, "the password is too easy"), new RefusalNote("identity.email_taken", 409, "there is an account meanwhile"),
                new RefusalNote("identity.handle_taken", 409, "another organisation has the handle"), new RefusalNote("identity.handle_invalid", 400, "the handle has a wrong form"), SignInOperations.Forged],
            Example = """{"token":"pZ1nq0Xw…","name":"Ada Lovelace","password":"four words nobody joined","organisation":"Analytical Engines","handle":"engines"}""",
        });
    }

    private static Operation Ask(string name, string summary) => new(name, Roles.Self, summary)
    {
        Changes = true, IsOpen = true, OnPlatform = true, MostPerMinute = 20, Refusals = [EmailInvalid, SignInOperations.TooMany, SignInOperations.Forged], Example = """{"email":"ada@example.org"}""",
    };

    private static async Task<Ok<SignInStep>> Complete(CompleteRegistration request, HttpContext http, TenantSession platform, Registering registering, CancellationToken cancel) =>
        TypedResults.Ok(await registering.CompleteAsync(platform, http, request, cancel));
}

/// <summary>An address to send mail to.</summary>
internal sealed record AskForMail
{
    [Required, StringLength(254, MinimumLength = 1)]
    public required string Email { get; init; }
}

/// <summary>What was asked for is under way.</summary>
internal sealed record MailAsked
{
    /// <summary>Always <c>mail</c>: look there.</summary>
    public string Next { get; init; } = "mail";
}

/// <summary>What a new account shall be.</summary>
internal sealed record CompleteRegistration
{
    /// <summary>The secret of the mailed link.</summary>
    [Required, StringLength(100, MinimumLength = 1)]
    public required string Token { get; init; }

    [StringLength(100)]
    public string? Name { get; init; }

    /// <summary>Left out: signs in by link or passkey.</summary>
    [StringLength(PasswordRules.Longest, MinimumLength = 1)]
    public string? Password { get; init; }

    /// <summary>Name of an organisation to make; left out: none.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Organisation { get; init; }

    /// <summary>Its handle; left out: made of its name.</summary>
    [StringLength(40, MinimumLength = 1)]
    public string? Handle { get; init; }
}
