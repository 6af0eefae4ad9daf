using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// Protection against requests that another site makes a browser send (CSRF). A browser says where a request comes from; when it does,
/// that must be here. Changes by cookie must also carry a token that only a page of the session can know: a hash of its secret, so
/// nothing is kept and every node can check it.
/// </summary>
internal static class OwnPage
{
    /// <summary>Header of the token.</summary>
    public const string Header = "X-Rialto-Csrf";

    /// <summary>The token of a session.</summary>
    public static string TokenOf(Secret session) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(session.Text), "rialto csrf v1"u8));

    /// <summary>Insists on a request from here with the session's token.</summary>
    /// <exception cref="Refusal"><c>caller.forged</c>.</exception>
    public static void Require(HttpContext http, Secret session, string? token)
    {
        RequireOrigin(http);
        if (token is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(TokenOf(session)))) throw Forged();
    }

    /// <summary>Insists that a browser which says where the request comes from says: from here.</summary>
    /// <exception cref="Refusal"><c>caller.forged</c>.</exception>
    public static void RequireOrigin(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            // No page can forge this header. It decides alone: a page that sends no referrer sends the origin as null, even to itself.
            if (site is not ("same-origin" or "none")) throw Forged();
            return;
        }
        if (headers.Origin.ToString() is not { Length: > 0 } origin) return;
        // Host and port only: what ends TLS in front of us makes the scheme differ.
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !string.Equals(from.Authority, http.Request.Host.Value, StringComparison.OrdinalIgnoreCase)) throw Forged();
    }

    /// <summary>True for requests that change nothing by what HTTP says of their method.</summary>
    public static bool IsSafe(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method);

    private static Refusal Forged() => new("caller.forged", $"This did not come from a page of this platform; load the page again (programs send its token as {Header}, or an API key).", 403);
}
