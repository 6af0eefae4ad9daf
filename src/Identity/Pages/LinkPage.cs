using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>What stands on the pages of one-time links, in the reader's language.</summary>
internal static class LinkPage
{
    private const string Style = """
        :root{color-scheme:light dark}body{margin:0;font:1rem/1.6 system-ui,sans-serif;background:Canvas;color:CanvasText}
        main{max-width:28rem;margin:0 auto;padding:clamp(2rem,12vh,8rem) 1.25rem}h1{font:600 2rem/1.2 Georgia,serif;margin:0 0 1rem}
        label{display:block;margin:0 0 1rem}input{display:block;box-sizing:border-box;width:100%;font:inherit;padding:.55rem .7rem;border:1px solid GrayText;border-radius:.4rem;background:Field;color:FieldText}
        button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:.4rem;background:#8a2b12;color:#fff;cursor:pointer}
        button:focus-visible,input:focus-visible{outline:3px solid #c2542f;outline-offset:2px}.bad{font-weight:600}
        """;

    private static readonly string Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static IResult Ask(HttpContext http, Link link, string token)
    {
        var say = Voice(http);
        var about = "link." + Word(link.Purpose);
        var fields = link.Purpose == LinkPurpose.Register
            ? Field("name", say["link.field.name"], "name", "text", 100) + Field("organisation", say["link.field.organisation"], "organization", "text", 100) + Field("password", say["link.field.password"], "new-password", "password", PasswordRules.Longest)
            : "";
        return Page(http, say, 200, say.Find(about + ".title")!, $"""
            <p>{Encode(say.Find(about + ".text", ("email", link.Email))!)}</p>
            <form method="post" action="{SignInPage.Path}"><input type="hidden" name="token" value="{Encode(token)}">{fields}<button>{Encode(say.Find(about + ".button")!)}</button></form>
            """);
    }

    public static IResult AskCode(HttpContext http, string ticket, Refusal? wrong)
    {
        var say = Voice(http);
        return Page(http, say, wrong?.Status ?? 200, say["link.code.title"], $"""
            {(wrong is null ? "" : $"<p class=\"bad\" role=\"alert\">{Encode(say.Refusal(wrong))}</p>")}
            <p>{Encode(say["link.code.text"])}</p>
            <form method="post" action="{SignInPage.CodePath}"><input type="hidden" name="ticket" value="{Encode(ticket)}">{Field("code", say["link.field.code"], "one-time-code", "text", 40)}<button>{Encode(say["link.code.button"])}</button></form>
            """);
    }

    public static IResult Done(HttpContext http, LinkPurpose purpose)
    {
        var say = Voice(http);
        return Page(http, say, 200, say["link.done.title"], $"<p>{Encode(say.Find($"link.{Word(purpose)}.done")!)}</p><p><a href=\"/\">{Encode(say["link.done.on"])}</a></p>");
    }

    public static IResult Refuse(HttpContext http, Refusal refusal)
    {
        var say = Voice(http);
        return Page(http, say, refusal.Status, say["link.refused.title"], $"<p role=\"alert\">{Encode(say.Refusal(refusal))}</p><p><a href=\"/\">{Encode(say["link.done.on"])}</a></p>");
    }

    private static string Word(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.Register => "register", LinkPurpose.Recover => "recover", LinkPurpose.ChangeEmail => "change_email", LinkPurpose.UndoEmail => "undo_email", LinkPurpose.Invitation => "invitation", _ => "sign_in",
    };

    private static string Field(string name, string label, string autocomplete, string type, int longest) =>
        $"<label>{Encode(label)}<input name=\"{name}\" type=\"{type}\" maxlength=\"{longest}\" autocomplete=\"{autocomplete}\" dir=\"auto\"></label>";

    private static Wording Voice(HttpContext http) => IdentityModule.Texts.In(RequestLanguage.Of(http));

    private static IResult Page(HttpContext http, Wording say, int status, string title, string body)
    {
        var headers = http.Response.Headers;
        (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers.CacheControl, headers["Referrer-Policy"]) = (Policy, "nosniff", "no-store", "no-referrer");
        RequestLanguage.Tell(http, say.Language);
        return TypedResults.Text($"""
            <!doctype html>
            <html lang="{say.Language.Code}" dir="{say.Language.Direction}"><head><meta charset="utf-8"><title>{Encode(title)} · Rialto</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>{Style}</style></head>
            <body><main><h1>{Encode(title)}</h1>{body}</main></body></html>

            """, "text/html; charset=utf-8", statusCode: status);
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
