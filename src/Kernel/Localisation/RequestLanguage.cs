using Microsoft.AspNetCore.Http;

namespace Rialto.Kernel;

/// <summary>The language of one request.</summary>
public static class RequestLanguage
{
    /// <summary>Name of the query part by which a link can ask for a language: <c>?lang=de</c>.</summary>
    public const string QueryPart = "lang";

    private static readonly object Key = new();

    /// <summary>Told by whoever knows the caller: what the account chose, and what its organisation uses.</summary>
    public static void Prefer(HttpContext http, string? account, string? organisation) => http.Items[Key] = (account, organisation);

    /// <summary>The link's, else the account's, else the browser's, else the organisation's, else English.</summary>
    public static Language Of(HttpContext http)
    {
        var (account, organisation) = http.Items.TryGetValue(Key, out var told) ? ((string?, string?))told! : default;
        return Language.Find(http.Request.Query[QueryPart]) ?? LanguageChoice.Choose(account, http.Request.Headers.AcceptLanguage, organisation);
    }

    /// <summary>Tells caches and readers which language the answer is in.</summary>
    public static void Tell(HttpContext http, Language language)
    {
        http.Response.Headers.ContentLanguage = language.Code;
        http.Response.Headers.Append("Vary", "Accept-Language");
    }
}
