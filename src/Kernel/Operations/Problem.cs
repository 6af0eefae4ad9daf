using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Rialto.Kernel;

/// <summary>A refusal as it travels over HTTP: RFC 9457 problem details, with the refusal's code.</summary>
public sealed record Problem
{
    /// <summary>Media type of problem details.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>A name for the kind of problem: <c>urn:rialto:refusal:</c> and the code.</summary>
    public required string Type { get; init; }

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong and what to do about it.</summary>
    public required string Detail { get; init; }

    /// <summary>The stable code to branch on.</summary>
    public required string Code { get; init; }

    /// <summary>Named values: the limit that was passed, the fields that are wrong.</summary>
    public required IReadOnlyDictionary<string, string> Details { get; init; }

    /// <summary>To be named when asking about it.</summary>
    public string? TraceId { get; init; }

    internal static Problem Of(Refusal refusal) => new()
    {
        Type = "urn:rialto:refusal:" + refusal.Code, Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(refusal.Status), Status = refusal.Status,
        Detail = refusal.Message, Code = refusal.Code, Details = refusal.Details, TraceId = Activity.Current?.TraceId.ToString(),
    };

    internal static BufferedAnswer ToAnswer(Refusal refusal) =>
        new(refusal.Status, ContentType, null, null, JsonSerializer.SerializeToUtf8Bytes(Of(refusal), KernelJson.Default.Problem));

    /// <summary>Answers with a refusal, in place of whatever was prepared.</summary>
    public static Task WriteAsync(HttpContext http, Refusal refusal)
    {
        http.Response.Clear();
        if (refusal.Details.TryGetValue(RateLimits.RetryAfterSeconds, out var seconds)) http.Response.Headers.RetryAfter = seconds;
        if (refusal.Status == 401) http.Response.Headers.WWWAuthenticate = "Bearer";
        return ToAnswer(refusal).WriteAsync(http);
    }
}
