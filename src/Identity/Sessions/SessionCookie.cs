using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// The cookie of a session: out of reach of scripts, not sent along from other sites, and with https bound to this very host
/// (<c>__Host-</c>, RFC 6265bis) and never sent in the clear. On plain http, such as on one's own machine, it has another name, because
/// browsers refuse that prefix there; that name is not looked at where https is in use.
/// </summary>
internal sealed class SessionCookie(SettingLayers settings)
{
    public const string SecureName = "__Host-rialto", PlainName = "rialto-session";

    /// <summary>The secret in the request's cookie; null without one.</summary>
    public Secret? Read(HttpContext http) => Secret.Parse(http.Request.Cookies[NameFor(http)]);

    /// <summary>Gives the browser a session. No end is written: the cookie goes with the browser, the session when its time is over.</summary>
    public void Give(HttpContext http, Secret secret) => http.Response.Cookies.Append(NameFor(http), secret.Text, Options(http));

    /// <summary>Takes it from the browser.</summary>
    public void Take(HttpContext http) => http.Response.Cookies.Delete(NameFor(http), Options(http));

    private string NameFor(HttpContext http) => IsSecure(http) ? SecureName : PlainName;

    // Behind something that ends TLS the request itself says http; what the operator set counts as well.
    private bool IsSecure(HttpContext http) => http.Request.IsHttps || settings.Get(IdentitySettings.PublicUrl).StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private CookieOptions Options(HttpContext http) => new() { HttpOnly = true, Secure = IsSecure(http), SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
