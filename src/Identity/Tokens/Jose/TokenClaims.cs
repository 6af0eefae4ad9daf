using System.Text.Json;
using Rialto.Kernel;

namespace Rialto.Identity.Tokens;

/// <summary>What a token says. A claim of the wrong kind makes the whole token unreadable rather than absent.</summary>
internal sealed class TokenClaims(JsonElement claims)
{
    // Year 9999: beyond it no date can be made.
    private const double LatestSeconds = 253_402_300_799;

    /// <summary>The audiences: <c>aud</c> as text or as a list of texts (RFC 7519, 4.1.3).</summary>
    public IReadOnlyList<string> Audiences
    {
        get
        {
            if (!claims.TryGetProperty("aud", out var audience)) return [];
            if (audience.ValueKind == JsonValueKind.String) return [audience.GetString()!];
            if (audience.ValueKind != JsonValueKind.Array || audience.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String)) throw Wrong("aud");
            return [.. audience.EnumerateArray().Select(one => one.GetString()!)];
        }
    }

    /// <summary>The whole payload.</summary>
    public JsonElement All => claims;

    /// <summary>A text; null when absent.</summary>
    public string? Text(string name)
    {
        if (!claims.TryGetProperty(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name);
    }

    /// <summary>A text that must be there.</summary>
    public string Needed(string name) => Text(name) is { Length: > 0 } text ? text : throw new Refusal("token.malformed", $"The token does not say {name}.", 401);

    /// <summary>A time in seconds since 1970, whole or not; null when absent.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (!claims.TryGetProperty(name, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds) || double.IsNaN(seconds) || seconds is < 0 or > LatestSeconds) throw Wrong(name);
        return DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor(seconds));
    }

    private static Refusal Wrong(string name) => new("token.malformed", $"The token's {name} is not what it should be.", 401);
}
