using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Kernel;

/// <summary>
/// What makes the audit log believable, derived from the root keys, which are not in the database: a key for each tenant that seals rows
/// (HMAC-SHA-256), and one P-256 key that signs checkpoints. Derived by HKDF (RFC 5869), so that every node has the same and there is
/// no further file to lose.
/// </summary>
internal sealed class AuditKeys(RootKeys roots)
{
    // FIPS 186-5, appendix A.2.1: 64 bits more than the order has, so that the remainder is even.
    private const int SignKeyBytes = 40;
    private static readonly BigInteger Order = new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(TenantId, string), byte[]> sealKeys = new();
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, ECDsa> signKeys = new(StringComparer.Ordinal);

    /// <summary>Fingerprint of the root key that seals and signs now.</summary>
    public string Current => roots.Current;

    /// <summary>The row with its seal.</summary>
    public AuditRow Seal(AuditRow row)
    {
        var named = row with { Root = roots.Current, Seal = null };
        return named with { Seal = Mac(named) };
    }

    /// <summary>Whether the application made the row; null when its root key is gone and nobody can tell.</summary>
    public bool? IsOurs(AuditRow row) =>
        row.Root is null || row.Seal is null ? false
        : !roots.Has(row.Root) ? null
        : CryptographicOperations.FixedTimeEquals(Mac(row), row.Seal);

    /// <summary>The key that signs, for each root key there is; the newest is <see cref="Current"/>'s.</summary>
    public ECDsa SignKey(string root) => signKeys.GetOrAdd(root, name =>
    {
        var seed = new BigInteger(roots.Derive(name, "rialto audit checkpoint"u8, [], SignKeyBytes), isUnsigned: true, isBigEndian: true);
        var secret = (seed % (Order - 1) + 1).ToByteArray(isUnsigned: true, isBigEndian: true);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = [.. new byte[32 - secret.Length], .. secret] });
    });

    /// <summary>Every key that may have signed.</summary>
    public IEnumerable<ECDsa> SignKeys => roots.Fingerprints.Select(SignKey);

    private byte[] Mac(AuditRow row) => HMACSHA256.HashData(
        sealKeys.GetOrAdd((row.Tenant, row.Root!), key => roots.Derive(key.Item2, "rialto audit row"u8, Encoding.UTF8.GetBytes(key.Item1.ToString()), 32)), row.SealedBytes());
}
