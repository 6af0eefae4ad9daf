using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Secrets.Allowing;

/// <summary>What the owners of a repository have looked at and allow: <c>.rialto-secrets.json</c>.</summary>
internal sealed record AllowList(IReadOnlyList<AllowEntry> Allow)
{
    public const string FileName = ".rialto-secrets.json";

    /// <summary>On a line, allows what stands there.</summary>
    public static ReadOnlySpan<byte> CommentBytes => "rialto:allow-secret"u8;

    public static AllowList Empty { get; } = new([]);

    /// <exception cref="Refusal"><c>secrets.bad_allow_file</c></exception>
    public static AllowList Parse(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            var list = JsonSerializer.Deserialize(json, AllowJson.Default.AllowList) ?? Empty;
            if (list.Allow is null || list.Allow.Any(entry => string.IsNullOrWhiteSpace(entry.Reason) || (entry.Path is null && entry.Rule is null))) throw new JsonException();
            return list;
        }
        catch (JsonException)
        {
            throw new Refusal("secrets.bad_allow_file", $"{name} must read {{\"allow\": [{{\"rule\": \"…\", \"path\": \"docs/*\", \"reason\": \"…\"}}]}}, each with a reason and a rule or a path.");
        }
    }

    public bool Allows(string rule, string path) => Allow.Any(entry =>
        (entry.Rule is null || entry.Rule == rule) && (entry.Path is null || FileSystemName.MatchesSimpleExpression(entry.Path, path, ignoreCase: false)));
}

/// <param name="Rule">Rule id; null for every rule.</param>
/// <param name="Path">Path with <c>*</c> and <c>?</c>, where <c>*</c> also crosses folders; null for every path.</param>
/// <param name="Reason">Why it is harmless.</param>
internal sealed record AllowEntry(string? Rule, string? Path, string Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(AllowList))]
internal sealed partial class AllowJson : JsonSerializerContext;
