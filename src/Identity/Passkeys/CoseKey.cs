using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Rialto.Identity;

/// <summary>A public key as authenticators write it (COSE, RFC 9052): ES256 on P-256, or RS256.</summary>
internal sealed record CoseKey(int Algorithm, IReadOnlyDictionary<int, byte[]> Parts, int Curve)
{
    private const int Es256 = -7, Rs256 = -257, P256 = 1;

    /// <summary>Reads the key at the beginning of <paramref name="bytes"/>.</summary>
    public static CoseKey Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new CborReader(bytes, CborConformanceMode.Ctap2Canonical, allowMultipleRootLevelValues: true);
        var (algorithm, curve, parts) = (0, 0, new Dictionary<int, byte[]>());
        for (var fields = reader.ReadStartMap(); fields > 0; fields--)
        {
            var label = reader.ReadInt32();
            if (reader.PeekState() == CborReaderState.ByteString) parts[label] = reader.ReadByteString();
            else if (label == 3) algorithm = reader.ReadInt32();
            else if (label == -1) curve = reader.ReadInt32();
            else reader.SkipValue();
        }
        return new CoseKey(algorithm, parts, curve);
    }

    /// <summary>Whether the signature is this key's.</summary>
    public bool Verifies(byte[] signed, byte[] signature)
    {
        if (Algorithm == Es256 && Curve == P256)
        {
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Parts[-2], Y = Parts[-3] } });
            return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        if (Algorithm != Rs256) return false;
        using var rsa = RSA.Create(new RSAParameters { Modulus = Parts[-1], Exponent = Parts[-2] });
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
