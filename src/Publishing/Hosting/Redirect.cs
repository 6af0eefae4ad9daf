using Microsoft.AspNetCore.Http;

namespace Rialto.Publishing;

/// <summary>Sends a visitor on, with the query they came with.</summary>
internal static class Redirect
{
    public static Task To(HttpContext http, string target, int status)
    {
        // A path is written as such; an address elsewhere was checked when the rules were read. "//host" must not become one by joining.
        if (target.StartsWith('/'))
        {
            var end = target.IndexOfAny(['?', '#']) is >= 0 and var found ? found : target.Length;
            target = new PathString("/" + target[..end].TrimStart('/')).ToUriComponent() + target[end..];
        }
        http.Response.StatusCode = status;
        http.Response.Headers.Location = target.Contains('?') || target.Contains('#') ? target : target + http.Request.QueryString;
        http.Response.Headers.CacheControl = "no-cache";
        return Task.CompletedTask;
    }
}
