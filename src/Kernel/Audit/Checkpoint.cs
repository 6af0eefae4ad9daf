using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Kernel;

/// <summary>
/// The state of a tenant's audit log at one moment, signed: a checkpoint in the form that transparency logs share (C2SP tlog-checkpoint in a
/// signed note), with an ECDSA P-256 signature. Whoever keeps one can prove later that the log was changed before it.
/// </summary>
/// <param name="Tenant">Whose log.</param>
/// <param name="Size">How many rows it covers.</param>
/// <param name="Root">Root of the tree over them.</param>
/// <param name="At">When it was signed.</param>
public sealed record Checkpoint(TenantId Tenant, long Size, byte[] Root, DateTime At)
{
    private const string Origin = "rialto.audit/", Signer = "rialto.audit", Dash = "— ";

    /// <summary>The text that is signed; each line ends.</summary>
    public string Text() => string.Create(CultureInfo.InvariantCulture, $"{Origin}{Tenant}\n{Size}\n{Convert.ToBase64String(Root)}\n{At:yyyy-MM-ddTHH:mm:ssZ}\n");

    /// <summary>The signed note.</summary>
    public string Sign(ECDsa key)
    {
        var text = Text();
        var signature = key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return $"{text}\n{Dash}{Signer} {Convert.ToBase64String([.. KeyId(key), .. signature])}\n";
    }

    /// <summary>Reads a signed note and checks its signature; null when its form is wrong or none of <paramref name="keys"/> signed it.</summary>
    public static Checkpoint? Open(string note, IEnumerable<ECDsa> keys)
    {
        var end = note.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || Parse(note[..end]) is not { } checkpoint || checkpoint.Text() != note[..(end + 1)]) return null;
        var bytes = Encoding.UTF8.GetBytes(note[..(end + 1)]);
        foreach (var line in note[(end + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (Signature(line) is { } signed)
                foreach (var key in keys)
                    if (signed.AsSpan(0, 4).SequenceEqual(KeyId(key)) && IsSigned(key, bytes, signed.AsSpan(4))) return checkpoint;
        return null;
    }

    /// <summary>Reads what a note says without believing it; null when its form is wrong.</summary>
    internal static Checkpoint? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 4 || !lines[0].StartsWith(Origin, StringComparison.Ordinal) || !Guid.TryParseExact(lines[0][Origin.Length..], "D", out var tenant)) return null;
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return null;
        var root = new byte[MerkleTree.HashBytes];
        if (!Convert.TryFromBase64String(lines[2], root, out var length) || length != root.Length) return null;
        return DateTime.TryParseExact(lines[3], "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var at)
            ? new Checkpoint(new TenantId(tenant), size, root, at) : null;
    }

    // The first four bytes of the hash of the public key, as signed notes with ECDSA have it.
    private static byte[] KeyId(ECDsa key) => SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..4];

    private static byte[]? Signature(string line)
    {
        if (!line.StartsWith($"{Dash}{Signer} ", StringComparison.Ordinal)) return null;
        var bytes = new byte[128];
        return Convert.TryFromBase64String(line[(Dash.Length + Signer.Length + 1)..], bytes, out var length) && length > 4 ? bytes[..length] : null;
    }

    private static bool IsSigned(ECDsa key, byte[] text, ReadOnlySpan<byte> signature)
    {
        try
        {
            return key.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
