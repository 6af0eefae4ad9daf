using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rialto.Identity;

/// <summary>
/// The statement an authenticator makes about a new passkey (WebAuthn Level 3, section 8). Taken are <c>none</c>, which says nothing, and <c>packed</c>, whose
/// signature must be right: by the passkey itself, or by a certificate of the maker that has the required form. Whether the maker is one we
/// trust is not asked: nothing here depends on the model of an authenticator.
/// </summary>
internal static class AttestationCheck
{
    private const int Es256 = -7, Rs256 = -257, AaguidAt = 37, AaguidBytes = 16;
    private const string AaguidExtension = "1.3.6.1.4.1.45724.1.1.4";

    /// <summary>True when the statement is what it claims to be.</summary>
    public static bool IsSound(ReadOnlyMemory<byte> attestationObject, ReadOnlyMemory<byte> clientDataHash)
    {
        try
        {
            var statement = Statement.Read(attestationObject);
            byte[] signed = [.. statement.AuthenticatorData, .. clientDataHash.Span];
            return statement.Format switch
            {
                "none" => statement.IsEmpty,
                "packed" when statement.Certificates.Count > 0 => IsByMaker(statement, signed),
                "packed" => IsByItself(statement, signed),
                _ => false,
            };
        }
        catch (Exception malformed) when (malformed is CborContentException or InvalidOperationException or CryptographicException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsByItself(Statement statement, byte[] signed)
    {
        // After the id of the model and its length stands the id of the credential, then its key.
        var idLength = statement.AuthenticatorData[AaguidAt + AaguidBytes] << 8 | statement.AuthenticatorData[AaguidAt + AaguidBytes + 1];
        var key = CoseKey.Read(statement.AuthenticatorData.AsMemory(AaguidAt + AaguidBytes + 2 + idLength));
        return key.Algorithm == statement.Algorithm && key.Verifies(signed, statement.Signature);
    }

    private static bool IsByMaker(Statement statement, byte[] signed)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(statement.Certificates[0]);
        if (certificate.Version != 3 || !certificate.SubjectName.EnumerateRelativeDistinguishedNames().Any(part => part.GetSingleElementType().Value == "2.5.4.11" && part.GetSingleElementValue() == "Authenticator Attestation")) return false;
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().SingleOrDefault() is not { CertificateAuthority: false }) return false;
        if (certificate.Extensions[AaguidExtension] is { } model && !model.RawData.AsSpan(2).SequenceEqual(statement.AuthenticatorData.AsSpan(AaguidAt, AaguidBytes))) return false;
        using var elliptic = certificate.GetECDsaPublicKey();
        using var rsa = certificate.GetRSAPublicKey();
        return statement.Algorithm switch
        {
            Es256 => elliptic?.VerifyData(signed, statement.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) ?? false,
            Rs256 => rsa?.VerifyData(signed, statement.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? false,
            _ => false,
        };
    }

    private sealed record Statement(string Format, byte[] AuthenticatorData, bool IsEmpty, int Algorithm, byte[] Signature, IReadOnlyList<byte[]> Certificates)
    {
        public static Statement Read(ReadOnlyMemory<byte> bytes)
        {
            var reader = new CborReader(bytes, CborConformanceMode.Ctap2Canonical);
            var (format, data, empty, algorithm, signature, certificates) = ("", Array.Empty<byte>(), true, 0, Array.Empty<byte>(), new List<byte[]>());
            for (var fields = reader.ReadStartMap(); fields > 0; fields--)
            {
                var field = reader.ReadTextString();
                if (field == "fmt") format = reader.ReadTextString();
                else if (field == "authData") data = reader.ReadByteString();
                else if (field == "attStmt") (empty, algorithm, signature) = ReadBody(reader, certificates);
                else reader.SkipValue();
            }
            reader.ReadEndMap();
            return new Statement(format, data, empty, algorithm, signature, certificates);
        }

        private static (bool IsEmpty, int Algorithm, byte[] Signature) ReadBody(CborReader reader, List<byte[]> certificates)
        {
            var count = reader.ReadStartMap() ?? 0;
            var (algorithm, signature) = (0, Array.Empty<byte>());
            for (var left = count; left > 0; left--)
            {
                var field = reader.ReadTextString();
                if (field == "alg") algorithm = reader.ReadInt32();
                else if (field == "sig") signature = reader.ReadByteString();
                else if (field == "x5c")
                {
                    reader.ReadStartArray();
                    while (reader.PeekState() != CborReaderState.EndArray) certificates.Add(reader.ReadByteString());
                    reader.ReadEndArray();
                }
                else reader.SkipValue();
            }
            reader.ReadEndMap();
            return (count == 0, algorithm, signature);
        }
    }
}
