using System.Text;
using System.Text.Json;
using Rialto.Kernel;

namespace Rialto.Identity.Tokens;

/// <summary>A JWS in compact form (RFC 7515), taken apart but not believed: only <see cref="TokenCheck"/> says whether it holds.</summary>
internal sealed class SignedToken
{
    /// <summary>Longer texts are refused unread.</summary>
    public const int LongestChars = 8 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    // What would let a token bring its own key, or say how it is to be read.
    private static readonly string[] Refused = ["crit", "b64", "jku", "jwk", "x5u", "x5c", "zip", "enc"];

    private SignedToken(SignatureAlgorithm algorithm, string? keyId, string? type, JsonElement claims, byte[] signed, byte[] signature) =>
        (Algorithm, KeyId, Type, Claims, Signed, Signature) = (algorithm, keyId, type, claims, signed, signature);

    public SignatureAlgorithm Algorithm { get; }

    public string? KeyId { get; }

    public string? Type { get; }

    /// <summary>The payload: a JSON object.</summary>
    public JsonElement Claims { get; }

    /// <summary>What the signature is over: header and payload as they came.</summary>
    public byte[] Signed { get; }

    public byte[] Signature { get; }

    /// <summary>Takes one apart.</summary>
    /// <exception cref="Refusal"><c>token.malformed</c>, <c>token.algorithm_refused</c>.</exception>
    public static SignedToken Parse(string text)
    {
        if (text.Length > LongestChars) throw Malformed("it is too long");
        var first = text.IndexOf('.', StringComparison.Ordinal);
        var last = text.LastIndexOf('.');
        if (first <= 0 || last == first || text.IndexOf('.', first + 1) != last) throw Malformed("it has not three parts");
        var header = Object(text.AsSpan(0, first), "header");
        var claims = Object(text.AsSpan(first + 1, last - first - 1), "payload");
        var signature = StrictBase64Url.Decode(text.AsSpan(last + 1)) is { Length: > 0 } bytes ? bytes : throw Malformed("its signature is missing or not base64url");
        foreach (var name in Refused)
            if (header.TryGetProperty(name, out _)) throw Malformed($"its header says {name}, which is not accepted");
        return new SignedToken(AlgorithmOf(header), Text(header, "kid"), Text(header, "typ"), claims, Encoding.ASCII.GetBytes(text[..last]), signature);
    }

    // Exact, so that neither none, None nor a name with a space passes.
    private static SignatureAlgorithm AlgorithmOf(JsonElement header) => Text(header, "alg") switch
    {
        "ES256" => SignatureAlgorithm.ES256,
        "RS256" => SignatureAlgorithm.RS256,
        "PS256" => SignatureAlgorithm.PS256,
        "HS256" => SignatureAlgorithm.HS256,
        _ => throw new Refusal("token.algorithm_refused", "The token is signed by an algorithm that is not accepted, or not signed.", 401),
    };

    private static JsonElement Object(ReadOnlySpan<char> part, string what)
    {
        var bytes = StrictBase64Url.Decode(part) ?? throw Malformed($"its {what} is not base64url");
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw Malformed($"its {what} is not a JSON object");
        }
        catch (JsonException)
        {
            throw Malformed($"its {what} is not JSON, or says something twice");
        }
    }

    private static string? Text(JsonElement header, string name)
    {
        if (!header.TryGetProperty(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Malformed($"its header's {name} is not text");
    }

    private static Refusal Malformed(string why) => new("token.malformed", $"The token cannot be read: {why}.", 401);
}
