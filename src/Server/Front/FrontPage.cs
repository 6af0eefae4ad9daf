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
        .good{color:var(--good)}.bad{color:var(--bad)}
        code{font:.9375em ui-monospace,monospace}
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", async (HttpContext http, Database database) =>
    {
        var answers = await database.AnswersAsync(http.RequestAborted);
        var list = http.RequestServices.GetService(typeof(ListPublicSites)) as ListPublicSites;
        var sites = answers && list is not null ? await list(http.RequestAborted) : [];
        (http.Response.Headers.ContentSecurityPolicy, http.Response.Headers.XContentTypeOptions) = (Policy, "nosniff");
        (http.Response.Headers["Referrer-Policy"], http.Response.Headers.CacheControl) = ("same-origin", "no-store");
        return TypedResults.Text(Write(sites, answers), "text/html; charset=utf-8", statusCode: answers ? 200 : 503);
    }).ExcludeFromDescription();

    internal static string Write(IReadOnlyList<PublicSite> sites, bool databaseAnswers)
    {
        var html = new StringBuilder($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Rialto</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>{Style}</style></head>
            <body><main>
            <h1>Rialto</h1>
            <p class="soft">This server turns Git repositories into sites and hosts them.</p>
            <h2 id="sites">Published sites</h2>

            """);
        if (sites.Count == 0) html.Append(databaseAnswers ? "<p>No site is published yet.</p>\n" : "<p>The sites cannot be listed just now.</p>\n");
        else
        {
            html.Append("<ul aria-labelledby=\"sites\">\n");
            foreach (var site in sites)
                html.Append($"<li><a href=\"{Encode(site.Address.AbsoluteUri)}\">{Encode(site.Name)}</a> <span>{Encode(site.Address.Authority + site.Address.AbsolutePath)}</span></li>\n");
            html.Append("</ul>\n");
        }
        html.Append($"""
            <h2>Health</h2>
            <p>{(databaseAnswers ? "<strong class=\"good\">Working.</strong> The server and its database answer." : "<strong class=\"bad\">Disturbed.</strong> The server runs, but its database does not answer.")}</p>
            <h2 id="more">For programs</h2>
            <ul aria-labelledby="more">
            <li><a href="/api/v1/openapi.json">OpenAPI document</a> <span><code>/api/v1/openapi.json</code></span></li>
            <li><a href="/api/v1/operations">Catalogue of operations</a> <span><code>/api/v1/operations</code></span></li>
            <li><a href="/health/ready">Readiness</a> <span><code>/health/ready</code></span></li>
            </ul>
            </main></body></html>

            """);
        return html.ToString();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
