using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>
/// Which pages of elsewhere may call the interface from a browser: those listed, letter for letter, and by default none. Never with cookies:
/// they bring a key or a token of their own.
/// </summary>
internal sealed class OpenOrigins(string listed)
{
    private readonly HashSet<string> origins = new(listed.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a list of origins: scheme, host and port, nothing after.</summary>
    public static bool Fits(string listed) => listed.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(origin =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.GetLeftPart(UriPartial.Authority) == origin);

    /// <summary>True when a browser asks whether a page may call (a CORS preflight).</summary>
    public static bool IsQuestion(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0 && request.Headers.AccessControlRequestMethod.Count > 0;

    /// <summary>Tells the browser that the page may read the answer, when it may.</summary>
    public bool Allow(HttpContext http)
    {
        if (origins.Count == 0) return false;
        var headers = http.Response.Headers;
        headers.Append("Vary", "Origin");
        var origin = http.Request.Headers.Origin.ToString();
        if (!origins.Contains(origin)) return false;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = "ETag, Location, Link, Retry-After, RateLimit, RateLimit-Policy, Deprecation, Sunset, Idempotency-Replayed";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return true;
    }

    /// <summary>Answers such a question.</summary>
    public Task AnswerAsync(HttpContext http)
    {
        if (!origins.Contains(http.Request.Headers.Origin.ToString()))
            return Problem.WriteAsync(http, new Refusal("request.origin_closed", "Pages of that origin may not call the interface; who runs the server can allow them in the setting gateway.cors_origins.", 403));
        var headers = http.Response.Headers;
        headers.AccessControlAllowMethods = "GET, HEAD, POST, PUT, PATCH, DELETE";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Accept-Language, traceparent";
        headers.AccessControlMaxAge = "600";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
