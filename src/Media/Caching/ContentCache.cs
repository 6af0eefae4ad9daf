using System.Security.Cryptography;
using System.Text;

namespace Rialto.Media;

/// <summary>Results on disk, by the SHA-256 of all that went into them. Safe between processes: a file appears whole or not at all.</summary>
internal sealed class ContentCache(string? folder)
{
    /// <summary>Raised whenever the same input would give another result.</summary>
    private const string Version = "1";

    public static string Key(string kind, string parameters, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Version}\n{kind}\n{parameters}\n"));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public byte[]? Read(string key)
    {
        if (folder is null) return null;
        try { return File.ReadAllBytes(PathOf(key)); }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException) { return null; }
    }

    /// <summary>Keeps a result; a full or read-only disk only costs the cache.</summary>
    public void Write(string key, ReadOnlySpan<byte> content)
    {
        if (folder is null) return;
        try
        {
            var path = PathOf(key);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}";
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }

    private string PathOf(string key) => Path.Combine(folder!, "media", key[..2], key);
}
