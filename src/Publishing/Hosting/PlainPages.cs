using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rialto.Publishing;

/// <summary>The few words said where a site has none of its own.</summary>
internal static class PlainPages
{
    public static async Task WriteAsync(HttpContext http, int status, string sentence, string form = "")
    {
        var bytes = Encoding.UTF8.GetBytes($$"""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{{status}}</title>
            <style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:32rem;margin:18vh auto;padding:0 1.5rem}input,button{font:inherit;padding:.5rem .8rem}</style>
            <main><p>{{WebUtility.HtmlEncode(sentence)}}</p>{{form}}</main></html>

            """);
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
        if (status == StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = "30";
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
