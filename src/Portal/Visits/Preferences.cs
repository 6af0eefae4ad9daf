using Microsoft.AspNetCore.Http;
using Rialto.Identity;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>How somebody likes to look at the portal on this device: light or dark, and the language. Cookies, so that the first byte of a page is right.</summary>
internal static class Preferences
{
    public const string SchemeCookie = "rialto-scheme", LanguageCookie = "rialto-language";

    private static readonly Texts Texts = Texts.Of(typeof(Preferences).Assembly);

    /// <summary>The voice of the portal for one request: the link's language, this device's, the account's, the browser's.</summary>
    public static Wording Words(HttpContext http, SignedIn? who)
    {
        RequestLanguage.Prefer(http, who?.Account.Language, null);
        var zone = who?.Account.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : TimeZoneInfo.Utc;
        return Texts.In(Language.Find(http.Request.Query[RequestLanguage.QueryPart]) ?? Language.Find(http.Request.Cookies[LanguageCookie]) ?? RequestLanguage.Of(http), zone);
    }

    public static void Map(PortalRoutes pages) => pages.PostOpen("/preferences", Keep, visit => Task.FromResult(Answer.Go(Back(visit), visit.Problem?.Message)));

    private static Task<Answer> Keep(Visit visit)
    {
        if (visit.Posted("scheme") is "light" or "dark" or "system") Set(visit, SchemeCookie, visit.Posted("scheme")!);
        if (visit.Posted("language") is { } code && Language.Find(code) is { } language) Set(visit, LanguageCookie, language.Code);
        return Task.FromResult(Answer.Go(Back(visit)));
    }

    // Only to a page of ours: a path, and not one that a browser takes for another host.
    internal static string Back(Visit visit) => visit.Posted("return") is { } path && IsOurs(path) ? path : "/";

    internal static bool IsOurs(string path) => path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl);

    private static void Set(Visit visit, string cookie, string value) => visit.Http.Response.Cookies.Append(cookie, value,
        new CookieOptions { HttpOnly = false, SameSite = SameSiteMode.Lax, Secure = visit.Http.Request.IsHttps, Path = "/", MaxAge = TimeSpan.FromDays(400), IsEssential = true });
}
