using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>How requests look when they leave us, and answers when they come back.</summary>
internal static class OutgoingShape
{
    // What speaks for the caller here must not be told to a service behind us.
    private static readonly HashSet<string> Personal = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Cookie", "Idempotency-Key", "X-Forwarded-For", "Forwarded", "Origin", "Referer", "Accept-Encoding" };

    /// <summary>Reads the request once and returns how to make it for a target.</summary>
    public static async Task<Func<string, OutgoingRequest>> RequestAsync(HttpRequest request, OpenRoute open, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        var bytes = body.ToArray();
        var change = open.Route.Request;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in request.Headers)
            if (!RouteRules.Own.Contains(name) && !Personal.Contains(name) && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith(':')) headers[name] = value.ToString();
        foreach (var name in change.RemoveHeaders ?? []) headers.Remove(name);
        headers["X-Forwarded-Proto"] = request.Scheme;
        headers["X-Forwarded-Host"] = request.Host.Value ?? "";
        if (ClientAddress.Of(request.HttpContext) is { } address) headers["X-Forwarded-For"] = address.ToString();
        if (Activity.Current?.Id is { } trace) headers["traceparent"] = trace;
        foreach (var (name, value) in (change.SetHeaders ?? new Dictionary<string, string>()).Concat(open.SecretHeaders)) headers[name] = value;
        var (path, query) = (PathOf(request.RouteValues["path"]?.ToString() ?? "", change), QueryOf(request.Query, change));
        return target => new OutgoingRequest(new HttpMethod(request.Method), new Uri(target + path + query))
        {
            Headers = headers, Body = bytes, ContentType = request.ContentType ?? "application/octet-stream", PersonalHeaders = open.SecretHeaders.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase),
        };
    }

    /// <summary>Hands an answer on. It comes from a stranger's server and appears under our name, so nothing in it may act as ours.</summary>
    public static async Task AnswerAsync(HttpResponse response, OutgoingAnswer answer, AnswerChange change, CancellationToken cancel)
    {
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            if (!RouteRules.Own.Contains(name) && change.RemoveHeaders?.Contains(name, StringComparer.OrdinalIgnoreCase) != true) response.Headers[name] = value;
        foreach (var (name, value) in change.SetHeaders ?? new Dictionary<string, string>()) response.Headers[name] = value;
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        if (answer.Status is 204 or 304 || HttpMethods.IsHead(response.HttpContext.Request.Method)) return;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, cancel);
    }

    /// <summary>The path for the target, each segment encoded again and none that climbs.</summary>
    internal static string PathOf(string path, RequestChange change)
    {
        var rest = "/" + path.TrimStart('/');
        if (change.StripPrefix is { Length: > 0 } strip && rest.StartsWith("/" + strip.Trim('/') + "/", StringComparison.Ordinal)) rest = rest[(strip.Trim('/').Length + 1)..];
        if (change.AddPrefix is { Length: > 0 } add) rest = "/" + add.Trim('/') + rest;
        var segments = rest.Split('/');
        if (segments.Any(segment => segment is "." or "..")) throw new Refusal("request.malformed", "A path with . or .. is not sent on.", 400);
        return string.Join('/', segments.Select(Uri.EscapeDataString));
    }

    private static string QueryOf(IQueryCollection given, RequestChange change)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in given)
            if (change.SetQuery?.ContainsKey(name) != true)
                foreach (var value in values) query.Add(name, value ?? "");
        foreach (var (name, value) in change.SetQuery ?? new Dictionary<string, string>()) query.Add(name, value);
        return query.ToQueryString().Value ?? "";
    }
}
