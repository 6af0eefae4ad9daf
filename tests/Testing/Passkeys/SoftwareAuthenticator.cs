using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rialto.Testing;

/// <summary>What an authenticator and its browser do wrong, one thing at a time.</summary>
public enum PasskeyFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The page stands at another origin.</summary>
    OtherOrigin,

    /// <summary>The page is framed by another site.</summary>
    CrossOrigin,

    /// <summary>Another challenge than the one asked is signed.</summary>
    OtherChallenge,

    /// <summary>The answer is of the other kind: made instead of used, or the reverse.</summary>
    OtherType,

    /// <summary>It is meant for another server.</summary>
    OtherServer,

    /// <summary>Nobody touched the authenticator.</summary>
    NotPresent,

    /// <summary>The owner was not verified by finger, face or PIN.</summary>
    NotVerified,

    /// <summary>The signature is wrong.</summary>
    BadSignature,

    /// <summary>The counter goes backwards, as a copied authenticator's does.</summary>
    OldCounter,
}

/// <summary>
/// A passkey authenticator and the browser around it (WebAuthn Level 3) in a few lines: one ES256 key for each credential, a counter, statements
/// <c>none</c> and <c>packed</c>. It can do wrong what attackers do.
/// </summary>
public sealed class SoftwareAuthenticator : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] credential = RandomNumberGenerator.GetBytes(32);
    private byte[] handle = [1];
    private uint counter = 5;

    /// <summary>Statement of a new credential: <c>none</c>, <c>packed</c>, or a name that does not exist.</summary>
    public string Format { get; set; } = "none";

    /// <summary>Makes the statement's signature wrong.</summary>
    public bool IsStatementForged { get; set; }

    /// <summary>Makes a credential; the JSON a browser gives for it.</summary>
    public JsonObject Create(JsonObject options, Uri origin, PasskeyFault fault = PasskeyFault.None)
    {
        handle = Base64Url.DecodeFromChars(options["user"]!["id"]!.ToString());
        var client = ClientData(fault == PasskeyFault.OtherType ? "webauthn.get" : "webauthn.create", options, origin, fault);
        byte[] data = [.. Head(options["rp"]?["id"]?.ToString() ?? origin.Host, fault, 0x40), .. new byte[16], 0, (byte)credential.Length, .. credential, .. PublicKey()];
        var statement = new CborWriter(CborConformanceMode.Ctap2Canonical);
        statement.WriteStartMap(3);
        statement.WriteTextString("fmt");
        statement.WriteTextString(Format);
        statement.WriteTextString("attStmt");
        statement.WriteStartMap(Format == "none" ? 0 : 2);
        if (Format != "none")
        {
            var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            if (IsStatementForged) signature = key.SignData([.. data, 0], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            statement.WriteTextString("alg");
            statement.WriteInt32(-7);
            statement.WriteTextString("sig");
            statement.WriteByteString(signature);
        }
        statement.WriteEndMap();
        statement.WriteTextString("authData");
        statement.WriteByteString(data);
        statement.WriteEndMap();
        return Credential(new JsonObject { ["clientDataJSON"] = Text(client), ["attestationObject"] = Text(statement.Encode()), ["transports"] = new JsonArray("internal") });
    }

    /// <summary>Uses the credential; the JSON a browser gives for it.</summary>
    public JsonObject Get(JsonObject options, Uri origin, PasskeyFault fault = PasskeyFault.None)
    {
        counter = fault == PasskeyFault.OldCounter ? 1 : counter + 1;
        var client = ClientData(fault == PasskeyFault.OtherType ? "webauthn.create" : "webauthn.get", options, origin, fault);
        var data = Head(options["rpId"]?.ToString() ?? origin.Host, fault, 0);
        byte[] signed = fault == PasskeyFault.BadSignature ? [.. data, 0] : [.. data, .. SHA256.HashData(client)];
        var signature = key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new JsonObject { ["clientDataJSON"] = Text(client), ["authenticatorData"] = Text(data), ["signature"] = Text(signature), ["userHandle"] = Text(handle) });
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private static byte[] ClientData(string type, JsonObject options, Uri origin, PasskeyFault fault) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type, ["challenge"] = fault == PasskeyFault.OtherChallenge ? Text(new byte[32]) : options["challenge"]!.ToString(),
        ["origin"] = fault == PasskeyFault.OtherOrigin ? "https://evil.example" : origin.GetLeftPart(UriPartial.Authority), ["crossOrigin"] = fault == PasskeyFault.CrossOrigin,
    }.ToJsonString());

    // Hash of the server's name, flags (present 1, verified 4, new credential 64), counter.
    private byte[] Head(string server, PasskeyFault fault, byte more)
    {
        var head = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(fault == PasskeyFault.OtherServer ? "evil.example" : server), head);
        head[32] = (byte)((fault == PasskeyFault.NotPresent ? 0 : 1) | (fault is PasskeyFault.NotVerified or PasskeyFault.NotPresent ? 0 : 4) | more);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(33), counter);
        return head;
    }

    private byte[] PublicKey()
    {
        var point = key.ExportParameters(false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        foreach (var (label, value) in new[] { (1, 2), (3, -7), (-1, 1) })
        {
            cose.WriteInt32(label);
            cose.WriteInt32(value);
        }
        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        return cose.Encode();
    }

    private JsonObject Credential(JsonObject response) => new()
    {
        ["id"] = Text(credential), ["rawId"] = Text(credential), ["type"] = "public-key", ["response"] = response, ["clientExtensionResults"] = new JsonObject(), ["authenticatorAttachment"] = "platform",
    };

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
