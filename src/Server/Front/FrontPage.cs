using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Server;

/// <summary>The page at <c>/</c>: what stands here, how it is, where to go on. No script, nothing from elsewhere.</summary>
internal static class FrontPage
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1b2430;--soft:#55606e;--paper:#fbfaf7;--line:#dcd8ce;--link:#8a2b12;--good:#1c6b3c;--bad:#a3261b}
        @media(prefers-color-scheme:dark){:root{--ink:#ece8df;--soft:#a9b0ba;--paper:#15191f;--line:#333a44;--link:#ffab8a;--good:#7fd4a0;--bad:#ff9c90}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,sans-serif}
        main{max-width:42rem;margin:0 auto;padding:clamp(2rem,8vw,5rem) 1.25rem}
        h1{font:600 clamp(2rem,6vw,2.75rem)/1.15 Georgia,"Times New Roman",serif;margin:0 0 .5rem}
        h2{font-size:1.125rem;margin:2.5rem 0 .75rem}
        p{margin:0 0 1rem}.soft{color:var(--soft)}
        a{color:var(--link);text-underline-offset:.2em}a:focus-visible{outline:3px solid currentColor;outline-offset:3px;border-radius:2px}
        ul{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
        li{padding:.65rem 0;border-bottom:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between}
        li span{color:var(--soft);overflow-wrap:anywhere}
        nav{margin-top:2.5rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
        .good{color:var(--good)}.bad{color:var(--bad)}
        code{font:.9375em ui-monospace,monospace}
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Texts Texts = Texts.Of(typeof(FrontPage).Assembly);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", async (HttpContext http, Database database) =>
    {
        var answers = await database.AnswersAsync(http.RequestAborted);
        var list = http.RequestServices.GetService(typeof(ListPublicSites)) as ListPublicSites;
        var sites = answers && list is not null ? await list(http.RequestAborted) : [];
        var language = RequestLanguage.Of(http);
        RequestLanguage.Tell(http, language);
        (http.Response.Headers.ContentSecurityPolicy, http.Response.Headers.XContentTypeOptions) = (Policy, "nosniff");
        (http.Response.Headers["Referrer-Policy"], http.Response.Headers.CacheControl) = ("same-origin", "no-store");
        return TypedResults.Text(Write(sites, answers, language), "text/html; charset=utf-8", statusCode: answers ? 200 : 503);
    }).ExcludeFromDescription();

    internal static string Write(IReadOnlyList<PublicSite> sites, bool databaseAnswers, Language language)
    {
        var say = Texts.In(language);
        return $"""
            <!doctype html>
            <html lang="{language.Code}" dir="{language.Direction}"><head><meta charset="utf-8"><title>Rialto</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>{Style}</style></head>
            <body><main>
            <h1>Rialto</h1>
            <p class="soft">{say.Html("front.what")}</p>
            <h2 id="sites">{say.Html("front.sites")}</h2>
            {Sites(sites, databaseAnswers, say)}
            <h2>{say.Html("front.health")}</h2>
            <p>{Health(databaseAnswers, say)}</p>
            <h2 id="more">{say.Html("front.programs")}</h2>
            <ul aria-labelledby="more">
            {Link("/api/v1/openapi.json", say.Html("front.programs.openapi"))}
            {Link("/api/v1/operations", say.Html("front.programs.catalogue"))}
            {Link("/health/ready", say.Html("front.programs.ready"))}
            </ul>
            <nav aria-label="{say.Html("front.languages")}">{string.Join(' ', Language.All.Select(other => LanguageLink(other, language)))}</nav>
            </main></body></html>

            """;
    }

    private static string Sites(IReadOnlyList<PublicSite> sites, bool databaseAnswers, Wording say)
    {
        if (sites.Count == 0) return $"<p>{say.Html(databaseAnswers ? "front.sites.none" : "front.sites.unlisted")}</p>";
        var html = new StringBuilder("<ul aria-labelledby=\"sites\">\n");
        foreach (var site in sites)
            html.Append($"<li><a href=\"{Encode(site.Address.AbsoluteUri)}\"><bdi>{Encode(site.Name)}</bdi></a> <span dir=\"ltr\">{Encode(site.Address.Authority + site.Address.AbsolutePath)}</span></li>\n");
        return html.Append("</ul>").ToString();
    }

    private static string Health(bool databaseAnswers, Wording say) => databaseAnswers
        ? $"<strong class=\"good\">{say.Html("front.health.good")}</strong> {say.Html("front.health.goodWhy")}"
        : $"<strong class=\"bad\">{say.Html("front.health.bad")}</strong> {say.Html("front.health.badWhy")}";

    private static string Link(string address, string words) => $"<li><a href=\"{address}\">{words}</a> <span dir=\"ltr\"><code>{address}</code></span></li>";

    private static string LanguageLink(Language other, Language current) =>
        $"<a href=\"/?{RequestLanguage.QueryPart}={other.Code}\" lang=\"{other.Code}\" hreflang=\"{other.Code}\"{(other == current ? " aria-current=\"true\"" : "")}>{Encode(other.Name)}</a>";

    private static string Encode(string text) => Encoder.Encode(text);

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
}
