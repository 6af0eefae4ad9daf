using System.Security.Cryptography;
using System.Text.Json;
using Rialto.Kernel;

namespace Rialto.Identity.Tokens;

/// <summary>
/// A key that checks signatures, bound to exactly one algorithm: a token cannot choose how its key is used, so an RSA public key
/// never becomes an HMAC secret.
/// </summary>
internal sealed class VerificationKey
{
    private const int LeastRsaBits = 2048, MostRsaBits = 8192, LeastSecretBytes = 32, CoordinateBytes = 32;
    private readonly ECParameters point;
    private readonly RSAParameters rsa;
    private readonly byte[] secret = [];

    private VerificationKey(string? id, SignatureAlgorithm algorithm, ECParameters point) => (Id, Algorithm, this.point) = (id, algorithm, point);

    private VerificationKey(string? id, SignatureAlgorithm algorithm, RSAParameters rsa) => (Id, Algorithm, this.rsa) = (id, algorithm, rsa);

    private VerificationKey(string? id, SignatureAlgorithm algorithm, byte[] secret) => (Id, Algorithm, this.secret) = (id, algorithm, secret);

    /// <summary>The <c>kid</c> it is known by; null when its issuer gives none.</summary>
    public string? Id { get; }

    /// <summary>The only algorithm it is used with.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary>A secret shared with an issuer.</summary>
    /// <exception cref="Refusal"><c>token.key_weak</c>.</exception>
    public static VerificationKey Shared(string? id, ReadOnlySpan<byte> secret) => secret.Length >= LeastSecretBytes
        ? new(id, SignatureAlgorithm.HS256, secret.ToArray())
        : throw new Refusal("token.key_weak", $"A shared secret has at least {LeastSecretBytes} bytes; make a longer one.", 400);

    /// <summary>The public half of <paramref name="key"/>, a P-256 key.</summary>
    public static VerificationKey Of(string id, ECDsa key) => new(id, SignatureAlgorithm.ES256, key.ExportParameters(includePrivateParameters: false));

    /// <summary>Reads a JSON Web Key (RFC 7517). Null when it is of a kind that signs nothing here: another use, curve or type.</summary>
    /// <exception cref="Refusal"><c>token.key_weak</c>, <c>token.key_invalid</c>.</exception>
    public static VerificationKey? FromJwk(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object) throw Invalid("it is not an object");
        var (kind, use, algorithm, id) = (Text(key, "kty"), Text(key, "use"), Text(key, "alg"), Text(key, "kid"));
        if (use is not (null or "sig")) return null;
        return kind switch
        {
            "EC" when Text(key, "crv") == "P-256" && algorithm is null or "ES256" => Curve(id, Part(key, "x"), Part(key, "y")),
            "RSA" when algorithm is null or "RS256" => Rsa(id, SignatureAlgorithm.RS256, Part(key, "n"), Part(key, "e")),
            "RSA" when algorithm is "PS256" => Rsa(id, SignatureAlgorithm.PS256, Part(key, "n"), Part(key, "e")),
            _ => null,
        };
    }

    /// <summary>True when <paramref name="signature"/> is that of <paramref name="signed"/>.</summary>
    public bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        switch (Algorithm)
        {
            case SignatureAlgorithm.HS256:
                return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret, signed), signature);
            case SignatureAlgorithm.ES256:
                // IEEE P1363: R and S, 32 bytes each. DER, and any other length, is another spelling and refused (RFC 7518, 3.4).
                using (var curve = ECDsa.Create(point))
                    return signature.Length == 2 * CoordinateBytes && curve.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            default:
                using (var key = RSA.Create(rsa))
                    return signature.Length == rsa.Modulus!.Length
                        && key.VerifyData(signed, signature, HashAlgorithmName.SHA256, Algorithm == SignatureAlgorithm.PS256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        }
    }

    private static VerificationKey Curve(string? id, byte[] x, byte[] y)
    {
        if (x.Length != CoordinateBytes || y.Length != CoordinateBytes) throw Invalid("a coordinate of P-256 has 32 bytes");
        var point = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
        try
        {
            // Also finds points that are not on the curve.
            using var key = ECDsa.Create(point);
            return new VerificationKey(id, SignatureAlgorithm.ES256, point);
        }
        catch (CryptographicException)
        {
            throw Invalid("its point is not on P-256");
        }
    }

    private static VerificationKey Rsa(string? id, SignatureAlgorithm algorithm, byte[] modulus, byte[] exponent)
    {
        var bits = modulus.Length * 8;
        if (bits < LeastRsaBits || modulus[0] == 0) throw new Refusal("token.key_weak", $"The issuer's RSA key {id} has fewer than {LeastRsaBits} bits; ask for a longer one.", 400);
        if (bits > MostRsaBits || exponent.Length > 8) throw Invalid("it is too large");
        if ((exponent[^1] & 1) == 0 || exponent is [1]) throw Invalid("its exponent is not one");
        return new VerificationKey(id, algorithm, new RSAParameters { Modulus = modulus, Exponent = exponent });
    }

    private static string? Text(JsonElement key, string name) => key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Part(JsonElement key, string name) =>
        Text(key, name) is { Length: > 0 } text && StrictBase64Url.Decode(text) is { Length: > 0 } bytes ? bytes : throw Invalid($"{name} is missing or not base64url");

    private static Refusal Invalid(string why) => new("token.key_invalid", $"The issuer's key cannot be used: {why}.", 400);
}
