using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// People on pages: who is signed in with the browser's cookie, and signing in and out. For code that answers a browser with HTML;
/// everything else is an operation. The methods that change something set or drop the cookie on the response.
/// </summary>
public interface IPeople
{
    /// <summary>Who is signed in; null when nobody is. Costs no query when the session was seen in the last five seconds.</summary>
    ValueTask<SignedIn?> FindAsync(HttpContext http, CancellationToken cancel = default);

    /// <summary>The organisations of an account, by name, with its role in each.</summary>
    Task<IReadOnlyList<Belonging>> ListOrganisationsAsync(Guid account, CancellationToken cancel = default);

    /// <summary>Insists that a form was sent from a page of this platform by this session: same origin, and <paramref name="token"/> is its <see cref="SignedIn.CsrfToken"/> (null before anybody is signed in).</summary>
    /// <exception cref="Refusal"><c>caller.forged</c>.</exception>
    void RequireOwnPage(HttpContext http, string? token);

    /// <summary>Signs in by password.</summary>
    /// <exception cref="Refusal"><c>identity.sign_in_failed</c> whatever is wrong; <c>identity.too_many_attempts</c>.</exception>
    Task<SignInStep> SignInAsync(HttpContext http, string email, string password, CancellationToken cancel = default);

    /// <summary>Signs in by the secret of a one-time link.</summary>
    /// <exception cref="Refusal"><c>identity.link_invalid</c>.</exception>
    Task<SignInStep> SignInWithLinkAsync(HttpContext http, string token, CancellationToken cancel = default);

    /// <summary>The second step of signing in, with the ticket of the first.</summary>
    /// <exception cref="Refusal"><c>identity.code_wrong</c>, <c>identity.link_invalid</c>, <c>identity.too_many_attempts</c>.</exception>
    Task<SignInStep> SignInWithCodeAsync(HttpContext http, string ticket, string code, CancellationToken cancel = default);

    /// <summary>Makes the account a mailed link is for, with a password or without, perhaps with an organisation it owns, and signs in.</summary>
    /// <exception cref="Refusal"><c>identity.link_invalid</c>, <c>identity.password_weak</c>, <c>identity.email_taken</c>, <c>identity.handle_taken</c>, <c>identity.sign_up_closed</c>.</exception>
    Task<SignInStep> RegisterAsync(HttpContext http, string token, string name, string? password, string? organisation, CancellationToken cancel = default);

    /// <summary>Accepts an invitation: for who is signed in, otherwise for the address it was sent to, making an account where there is none; then signs in.</summary>
    /// <exception cref="Refusal"><c>identity.link_invalid</c>.</exception>
    Task<SignInStep> AcceptInvitationAsync(HttpContext http, string token, CancellationToken cancel = default);

    /// <summary>Ends the session and drops the cookie. Does nothing when nobody is signed in.</summary>
    Task SignOutAsync(HttpContext http, CancellationToken cancel = default);

    /// <summary>Makes another organisation of the account the session's active one.</summary>
    /// <exception cref="Refusal"><c>identity.organisation_unknown</c>; <c>caller.unknown</c>.</exception>
    Task SwitchAsync(HttpContext http, Guid organisation, CancellationToken cancel = default);
}

/// <summary>Somebody who is signed in.</summary>
public sealed record SignedIn
{
    /// <summary>Who.</summary>
    public required Account Account { get; init; }

    /// <summary>The session's id; ends with it.</summary>
    public required Guid Session { get; init; }

    /// <summary>The organisation they act for; null when they belong to none.</summary>
    public Organisation? Organisation { get; init; }

    /// <summary>Their role there: <c>owner</c>, <c>admin</c>, <c>editor</c>, <c>viewer</c>, <c>guest</c> or one of the organisation's own.</summary>
    public string? Role { get; init; }

    /// <summary>Who they are to operations: give it to <see cref="OperationInvoker"/>; its permissions say what to show.</summary>
    public required Caller Caller { get; init; }

    /// <summary>To be sent as the header <c>X-Rialto-Csrf</c> with changes, or in a form.</summary>
    public required string CsrfToken { get; init; }
}

/// <summary>An account's place in an organisation.</summary>
/// <param name="Organisation">Which.</param>
/// <param name="Role">What it is there.</param>
public sealed record Belonging(Organisation Organisation, string Role);

/// <summary>How far signing in has come.</summary>
public sealed record SignInStep
{
    /// <summary><c>done</c>: the cookie is set; <c>code</c>: a second factor is asked for, with <see cref="Ticket"/>.</summary>
    public required string Next { get; init; }

    /// <summary>Proves the first step for five minutes; null when done.</summary>
    public string? Ticket { get; init; }
}
