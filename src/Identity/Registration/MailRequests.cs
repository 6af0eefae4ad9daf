using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Takes a wish for mail: counted like a try to sign in, so that nobody's mailbox is filled, and answered the same for every address.</summary>
internal sealed class MailRequests(Throttle throttle)
{
    public async Task<Accepted<MailAsked>> TakeAsync(TenantSession platform, HttpContext http, string kind, string address, CancellationToken cancel)
    {
        OwnPage.RequireOrigin(http);
        var email = EmailAddress.Require(address);
        // Counted apart from passwords: somebody who guesses passwords cannot keep the owner from being let in by mail.
        await throttle.TakeAsync(http.Connection.RemoteIpAddress, "mail " + email.Key, cancel);
        await new AccountMail(kind, email.Text, RequestLanguage.Of(http).Code).SendAsync(platform, cancel);
        return TypedResults.Accepted((string?)null, new MailAsked());
    }
}
