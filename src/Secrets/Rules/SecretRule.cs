using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Secrets.Rules;

/// <summary>How a rule's value is judged beyond its pattern.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuleKind>))]
internal enum RuleKind
{
    /// <summary>A machine-made token: enough entropy, no run of placeholder letters.</summary>
    [JsonStringEnumMemberName("token")] Token,

    /// <summary>A password someone chose: anything but a placeholder.</summary>
    [JsonStringEnumMemberName("password")] Password,

    /// <summary>A setting named like a secret; found by <see cref="Scanning.Assignments"/> instead of a pattern.</summary>
    [JsonStringEnumMemberName("assignment")] Assignment,
}

/// <summary>What else must stand around a keyword, where letters alone do not say it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuleShape>))]
internal enum RuleShape
{
    /// <summary>Nothing else.</summary>
    [JsonStringEnumMemberName("any")] Any,

    /// <summary><c>user:password@</c> follows.</summary>
    [JsonStringEnumMemberName("url-credential")] UrlCredential,
}

/// <summary>One rule of <c>rules.json</c>. Values with a default are settable: source-generated readers forget the defaults of init-only ones.</summary>
internal sealed record SecretRule
{
    /// <summary>Stable id.</summary>
    public required string Id { get; init; }

    /// <summary>What it finds, in words.</summary>
    public required string Description { get; init; }

    /// <summary>The pattern runs only around one of these, compared without regard to case.</summary>
    public required IReadOnlyList<string> Keywords { get; init; }

    /// <summary>Linear-time expression; the first group that takes part is the secret.</summary>
    public required string Pattern { get; init; }

    /// <summary>Template of a text that must be found; see the tests for its alphabet. Templates keep real-looking tokens out of the sources.</summary>
    public required string Example { get; init; }

    /// <summary>Template of a text that must not be found.</summary>
    public required string Counter { get; init; }

    /// <summary>Least Shannon entropy of the secret, in bits per character.</summary>
    public double Entropy { get; set; }

    /// <summary>Secrets that match this are known not to be any.</summary>
    public string? Allow { get; set; }

    /// <summary>Characters after the keyword that the pattern may need.</summary>
    public int WindowChars { get; set; } = 512;

    /// <summary>Characters before the keyword that the pattern may need.</summary>
    public int BeforeChars { get; set; } = 96;

    /// <summary>At least this many letters, digits and signs of tokens follow the keyword at once, wherever the pattern matches; 0 when not known.</summary>
    public int TailChars { get; set; }

    /// <summary>So many follow in one run soon after the keyword: the value of what it names.</summary>
    public int NearChars { get; set; }

    /// <summary>So many stand in one run somewhere in the surroundings.</summary>
    public int AroundChars { get; set; }

    /// <summary>One of these stands in the surroundings, compared without regard to case.</summary>
    public IReadOnlyList<string>? Needs { get; set; }

    /// <summary>What else must stand there.</summary>
    public RuleShape Shape { get; set; }

    /// <summary>Whether a secret without a digit is none.</summary>
    public bool NeedsDigit { get; set; }

    /// <summary>How the value is judged.</summary>
    public RuleKind Kind { get; set; }

    /// <summary>Whether the keyword begins the secret, so that its case counts as it does in the pattern.</summary>
    [JsonIgnore] public bool IsExact => TailChars > 0 && !Pattern.Contains("(?i", StringComparison.Ordinal);

    [JsonIgnore] private LinearPattern? pattern;
    [JsonIgnore] private LinearPattern? allow;

    /// <summary>The pattern; made ready when its keyword first occurs.</summary>
    [JsonIgnore] public LinearPattern Expression => pattern ??= new LinearPattern(Pattern);

    /// <summary>Whether the rule itself knows <paramref name="secret"/> as harmless.</summary>
    public bool Allows(ReadOnlySpan<char> secret) => Allow is not null && (allow ??= new LinearPattern(Allow)).IsMatch(secret);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SecretRule[]))]
internal sealed partial class RuleJson : JsonSerializerContext;
