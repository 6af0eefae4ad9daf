using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Rialto.Kernel;

/// <summary>The catalogue for people, at <c>/api</c>: every operation with permission, fields, refusals, example and a line to try it. Nothing comes from elsewhere, and it works without its script.</summary>
internal sealed class ApiPage(OperationCatalogue catalogue)
{
    private static readonly string Style = Read("api.css"), Script = Read("api.js");
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Hash(Style)}'; script-src 'sha256-{Hash(Script)}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // Endpoints do not change while a node runs.
    private readonly Lazy<IReadOnlyList<JsonObject>> operations = new(() => [.. catalogue.Describe().Select(one => one!.AsObject())]);

    public IResult Show(HttpContext http)
    {
        var language = RequestLanguage.Of(http);
        RequestLanguage.Tell(http, language);
        (http.Response.Headers.ContentSecurityPolicy, http.Response.Headers.XContentTypeOptions, http.Response.Headers["Referrer-Policy"]) = (Policy, "nosniff", "same-origin");
        var page = Write(operations.Value, Texts.OfKernel.In(language), $"{http.Request.Scheme}://{http.Request.Host}", http.Request.Query["q"].ToString());
        return TypedResults.Text(page, "text/html; charset=utf-8");
    }

    internal static string Write(IReadOnlyList<JsonObject> operations, Wording say, string server, string filter)
    {
        filter = filter.Length > 100 ? filter[..100] : filter;
        var words = filter.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var groups = operations.GroupBy(one => Text(one, "name").Split('.')[0]).ToArray();
        var shown = 0;
        var sections = new StringBuilder();
        foreach (var group in groups)
        {
            var inside = new StringBuilder();
            foreach (var operation in group)
            {
                var isShown = words.All(ApiOperation.Words(operation).Contains);
                if (isShown) shown++;
                ApiOperation.Append(inside, operation, say, server, isShown);
            }
            var isEmpty = !group.Any(operation => words.All(ApiOperation.Words(operation).Contains));
            sections.Append($"<section id=\"{group.Key}\" data-module=\"{group.Key}\"{(isEmpty ? " hidden" : "")} aria-labelledby=\"h-{group.Key}\"><h2 id=\"h-{group.Key}\">{Encode(group.Key)}</h2>\n{inside}</section>\n");
        }
        var language = say.Language;
        return $"""
            <!doctype html>
            <html lang="{language.Code}" dir="{language.Direction}"><head><meta charset="utf-8"><title>{say.Html("api.title")} · Rialto</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>{Style}</style></head>
            <body><a class="skip" href="#operations">{say.Html("api.skip")}</a>
            <header><h1>{say.Html("api.title")}</h1>
            <p>{say.Html("api.intro", ("count", operations.Count))}</p>
            <p class="soft"><a href="/api/v1/openapi.json">OpenAPI</a> · <a href="/api/v1/operations">JSON</a> · <a href="/">Rialto</a></p></header>
            <div class="frame">
            <form action="/api" role="search"><label for="q">{say.Html("api.filter")}</label><input id="q" name="q" type="search" value="{Encode(filter)}" autocomplete="off" spellcheck="false" dir="ltr"><input type="hidden" name="lang" value="{language.Code}"><button>{say.Html("api.filter.go")}</button><output id="told" for="q">{shown} / {operations.Count}</output></form>
            <div class="columns"><nav class="modules" aria-label="{say.Html("api.modules")}"><ul>{string.Concat(groups.Select(group => $"<li><a href=\"#{group.Key}\">{Encode(group.Key)}</a></li>"))}</ul></nav>
            <main id="operations" tabindex="-1">
            <p id="none"{(shown > 0 ? " hidden" : "")}>{say.Html("api.none")}</p>
            {sections}</main></div>
            <nav class="languages" aria-label="{say.Html("api.languages")}">{string.Join(' ', Language.All.Select(other => $"<a href=\"/api?lang={other.Code}\" lang=\"{other.Code}\" hreflang=\"{other.Code}\"{(other == language ? " aria-current=\"true\"" : "")}>{Encode(other.Name)}</a>"))}</nav>
            </div><script>{Script}</script></body></html>

            """;
    }

    internal static string Encode(string text) => Encoder.Encode(text);

    internal static string Text(JsonObject from, string name) => from[name]?.ToString() ?? "";

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ApiPage).Assembly.GetManifestResourceStream("Browsing/" + name)!);
        return reader.ReadToEnd();
    }
}
