using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// The page behind a one-time link. Opening it uses nothing up, since mail programs open links to look at them; the button does. No script.
/// </summary>
internal static class SignInPage
{
    public const string Path = "/sign-in/link";

    private const string Style = """
        :root{color-scheme:light dark}body{margin:0;font:1rem/1.6 system-ui,sans-serif;background:Canvas;color:CanvasText}
        main{max-width:28rem;margin:0 auto;padding:clamp(2rem,12vh,8rem) 1.25rem}h1{font:600 2rem/1.2 Georgia,serif;margin:0 0 1rem}
        button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:.4rem;background:#8a2b12;color:#fff;cursor:pointer}
        button:focus-visible{outline:3px solid currentColor;outline-offset:3px}
        """;

    private static readonly string Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, async (HttpContext http, Database database, TimeProvider clock) =>
        {
            var token = http.Request.Query["token"].ToString();
            await using var platform = await database.BeginAsync(TenantId.Platform, http.RequestAborted);
            var link = await OneTimeLinks.PeekAsync(platform, token, clock, http.RequestAborted);
            return link is { Purpose: LinkPurpose.SignIn } ? Ask(http, link.Email, token) : Say(http, 400, "This link does not hold any more", OneTimeLinks.Invalid().Message);
        }).ExcludeFromDescription();
        routes.MapPost(Path, async (HttpContext http, IPeople people) =>
        {
            try
            {
                people.RequireOwnPage(http, null);
                var form = await http.Request.ReadFormAsync(http.RequestAborted);
                await people.SignInWithLinkAsync(http, form["token"].ToString(), http.RequestAborted);
                return Results.Redirect("/");
            }
            catch (Refusal refusal)
            {
                return Say(http, refusal.Status, "Not signed in", refusal.Message);
            }
        }).ExcludeFromDescription().DisableAntiforgery();
    }

    private static IResult Ask(HttpContext http, string email, string token) => Page(http, 200, "Sign in to Rialto", $"""
        <p>You are about to sign in as <strong>{HtmlEncoder.Default.Encode(email)}</strong>.</p>
        <form method="post" action="{Path}"><input type="hidden" name="token" value="{HtmlEncoder.Default.Encode(token)}"><button>Sign in</button></form>
        """);

    private static IResult Say(HttpContext http, int status, string title, string words) => Page(http, status, title, $"<p>{HtmlEncoder.Default.Encode(words)}</p>");

    private static IResult Page(HttpContext http, int status, string title, string body)
    {
        var headers = http.Response.Headers;
        (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers.CacheControl, headers["Referrer-Policy"]) = (Policy, "nosniff", "no-store", "no-referrer");
        return TypedResults.Text($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>{title} · Rialto</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>{Style}</style></head>
            <body><main><h1>{title}</h1>{body}</main></body></html>

            """, "text/html; charset=utf-8", statusCode: status);
    }
}
