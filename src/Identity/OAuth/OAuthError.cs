using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity.OAuth;

/// <summary>A failure as the protocol says it (RFC 6749, 5.2): one of its few words, and a sentence.</summary>
internal sealed class OAuthError(string error, string sentence, int status = StatusCodes.Status400BadRequest) : Exception(sentence)
{
    /// <summary>The protocol's word: <c>invalid_request</c>, <c>invalid_client</c>, <c>invalid_grant</c>, …</summary>
    public string Error { get; } = error;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;
}

/// <summary>Forms in and JSON out, for the addresses whose shape the protocol prescribes.</summary>
internal static class OAuthHttp
{
    private const int MostFields = 30, LongestBodyBytes = 16 * 1024;

    /// <summary>Runs <paramref name="handle"/> with the request's form and answers with its JSON, or with the protocol's error.</summary>
    public static async Task AnswerAsync(HttpContext http, Func<Dictionary<string, string>, CancellationToken, Task<JsonObject?>> handle)
    {
        var cancel = http.RequestAborted;
        try
        {
            await WriteAsync(http, await handle(await ReadAsync(http, cancel), cancel), StatusCodes.Status200OK);
        }
        catch (OAuthError error)
        {
            if (error.Status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Basic realm=\"rialto\"";
            await WriteAsync(http, new JsonObject { ["error"] = error.Error, ["error_description"] = error.Message }, error.Status);
        }
        catch (Refusal refusal) when (refusal.Status < 500)
        {
            await WriteAsync(http, new JsonObject { ["error"] = refusal.Status == 429 ? "slow_down" : "invalid_grant", ["error_description"] = refusal.Message }, refusal.Status == 429 ? 429 : 400);
        }
    }

    /// <summary>Writes <paramref name="body"/>; tokens are never kept by caches.</summary>
    public static Task WriteAsync(HttpContext http, JsonObject? body, int status)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body?.ToJsonString() ?? "{}"), http.RequestAborted).AsTask();
    }

    private static async Task<Dictionary<string, string>> ReadAsync(HttpContext http, CancellationToken cancel)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || http.Request.ContentLength > LongestBodyBytes)
            throw new OAuthError("invalid_request", "Send a form: application/x-www-form-urlencoded.");
        var form = await http.Request.ReadFormAsync(new Microsoft.AspNetCore.Http.Features.FormOptions { ValueCountLimit = MostFields, BufferBodyLengthLimit = LongestBodyBytes }, cancel);
        if (form.FirstOrDefault(field => field.Value.Count != 1) is { Key: not null } twice) throw new OAuthError("invalid_request", $"The field {twice.Key} is there twice.");
        return form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
    }
}
