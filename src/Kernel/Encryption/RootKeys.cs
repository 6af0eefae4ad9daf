using System.Security.Cryptography;

namespace Rialto.Kernel;

/// <summary>
/// The keys at the root, from a file only its owner can read: one key of 32 bytes in base64 on each line. The last one wraps; those
/// before it still open what they wrapped. Whoever loses the file loses every secret in the database.
/// </summary>
public sealed class RootKeys
{
    private readonly string file;
    private volatile Dictionary<string, byte[]> keys = new(StringComparer.Ordinal);

    private RootKeys(string file, IEnumerable<byte[]> lines)
    {
        this.file = file;
        foreach (var key in lines) keys[Current = Fingerprint(key)] = key;
    }

    /// <summary>Fingerprint of the key that wraps now.</summary>
    public string Current { get; } = "";

    /// <summary>Reads the file, or makes it with a first key.</summary>
    /// <exception cref="Refusal"><c>encryption.root_key_open</c> when others may read it; <c>encryption.root_key_invalid</c>.</exception>
    public static RootKeys Open(string file)
    {
        if (!File.Exists(file)) Append(file, FileMode.CreateNew);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
            throw new Refusal("encryption.root_key_open", $"Others may read {file}; run: chmod 600 {file}", 503);
        var lines = Read(file);
        return lines.Length > 0 ? new RootKeys(file, lines) : throw Invalid(file);
    }

    /// <summary>Adds a new key to the file and returns all; wrap anew with <see cref="FieldCipher.RewrapAsync"/>, then older lines may go.</summary>
    public static RootKeys Rotate(string file)
    {
        Append(file, FileMode.Append);
        return Open(file);
    }

    /// <summary>The key of that fingerprint. One that was added to the file after the start is read then: a rotation elsewhere does not stop who runs.</summary>
    internal byte[] Find(string fingerprint)
    {
        if (keys.TryGetValue(fingerprint, out var key)) return key;
        var fresh = new Dictionary<string, byte[]>(keys, StringComparer.Ordinal);
        foreach (var line in File.Exists(file) ? Read(file) : []) fresh[Fingerprint(line)] = line;
        keys = fresh;
        return fresh.GetValueOrDefault(fingerprint) ?? throw Missing(fingerprint);
    }

    private static Refusal Missing(string fingerprint) =>
        new("encryption.root_key_missing", $"The root key {fingerprint} is not in the key file any more; bring the line back.", 503);

    /// <summary>Fingerprints of all keys there are, oldest first.</summary>
    internal IEnumerable<string> Fingerprints => keys.Keys;

    internal bool Has(string fingerprint) => keys.ContainsKey(fingerprint);

    /// <summary>Bytes for another purpose, by HKDF-SHA-256 (RFC 5869).</summary>
    internal byte[] Derive(string fingerprint, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> salt, int length)
    {
        var derived = new byte[length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Find(fingerprint), derived, salt, purpose);
        return derived;
    }

    private static void Append(string file, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && mode == FileMode.CreateNew) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var stream = new FileStream(file, options);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Gcm.KeyBytes)) + "\n"));
            stream.Flush(flushToDisk: true);
        }
        catch (IOException) when (mode == FileMode.CreateNew && File.Exists(file))
        {
            // Another node on this folder made it in the same moment.
        }
    }

    private static byte[][] Read(string file) => [.. File.ReadAllLines(file).Where(line => line.Trim().Length > 0).Select(line => Parse(file, line))];

    private static byte[] Parse(string file, string line)
    {
        var key = new byte[Gcm.KeyBytes];
        return Convert.TryFromBase64String(line.Trim(), key, out var length) && length == key.Length ? key : throw Invalid(file);
    }

    private static string Fingerprint(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key))[..16];

    private static Refusal Invalid(string file) => new("encryption.root_key_invalid", $"{file} is not a key file: each line is 32 bytes in base64.", 503);
}
