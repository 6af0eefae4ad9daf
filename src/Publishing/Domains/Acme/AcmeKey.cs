using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rialto.Publishing;

/// <summary>An account's key at a certificate authority: P-256, signing as ES256 (RFC 7515, RFC 7518, RFC 7638).</summary>
internal sealed class AcmeKey : IDisposable
{
    private readonly ECDsa key;

    private AcmeKey(ECDsa key) => this.key = key;

    /// <summary>A new one.</summary>
    public static AcmeKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>One that was kept.</summary>
    public static AcmeKey Import(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new AcmeKey(key);
    }

    /// <summary>The key as it is kept; a secret.</summary>
    public byte[] Export() => key.ExportPkcs8PrivateKey();

    /// <summary>The public half.</summary>
    public JsonObject PublicJwk()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        // In the order RFC 7638 prints for the thumbprint.
        return new JsonObject { ["crv"] = "P-256", ["kty"] = "EC", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
    }

    /// <summary>SHA-256 of the public half (RFC 7638).</summary>
    public string Thumbprint() => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(PublicJwk().ToJsonString())));

    /// <summary>What stands at the challenge's address (RFC 8555, 8.1).</summary>
    public string Authorization(string token) => token + "." + Thumbprint();

    /// <summary>A signed message (RFC 7515, 7.2.2); null as payload asks for something (RFC 8555, 6.3).</summary>
    public string Sign(JsonObject header, JsonNode? payload)
    {
        var (head, body) = (Encode(header.ToJsonString()), payload is null ? "" : Encode(payload.ToJsonString()));
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new JsonObject { ["protected"] = head, ["payload"] = body, ["signature"] = Base64Url.EncodeToString(signature) }.ToJsonString();
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
