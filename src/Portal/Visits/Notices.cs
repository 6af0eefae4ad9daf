using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Rialto.Identity;

namespace Rialto.Portal;

/// <summary>A sentence that goes with a redirect and is told once, on the next page. Sealed by the session, so that nobody else can put words into our mouth.</summary>
internal static class Notices
{
    private const string Cookie = "rialto-notice";
    private const int Longest = 500;

    /// <summary>Leaves <paramref name="text"/> for the next page; strangers are told nothing.</summary>
    public static void Leave(HttpContext http, SignedIn? who, string text)
    {
        if (who is null) return;
        if (text.Length > Longest) text = text[..Longest];
        http.Response.Cookies.Append(Cookie, Seal(who, text) + "." + WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(text)), Options(http, TimeSpan.FromMinutes(1)));
    }

    /// <summary>The sentence, and the cookie is gone; null when there is none.</summary>
    public static string? Take(HttpContext http, SignedIn? who)
    {
        // Fragments of a page are no page: what they took would be told to nobody.
        if (who is null || http.Request.Cookies[Cookie] is not { Length: > 0 } value || http.Request.Headers["Sec-Fetch-Dest"] == "empty" || !HttpMethods.IsGet(http.Request.Method)) return null;
        http.Response.Cookies.Delete(Cookie, Options(http, null));
        var dot = value.IndexOf('.', StringComparison.Ordinal);
        try
        {
            var text = dot < 0 ? null : Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(value[(dot + 1)..]));
            return text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value[..dot]), Encoding.UTF8.GetBytes(Seal(who, text))) ? text : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Seal(SignedIn who, string text) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(who.CsrfToken), Encoding.UTF8.GetBytes("notice\n" + text)));

    private static CookieOptions Options(HttpContext http, TimeSpan? age) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = age, IsEssential = true };
}
