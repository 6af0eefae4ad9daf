using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Media;

/// <summary>
/// Small results of which there are thousands, in one file: read whole when first asked, appended to with one write per batch. A record is a
/// key (16 bytes), a length, a checksum and the value; what a crash left torn is cut off by the next write.
/// Past its limit the file begins anew, so it never grows without end and old results leave.
/// </summary>
internal sealed class PackCache(string? folder, string name)
{
    private const long LargestBytes = 32 * 1024 * 1024;
    private const int HeadBytes = 16 + 4 + 4;

    private readonly Lock gate = new();
    private Dictionary<UInt128, ReadOnlyMemory<byte>>? known;
    private long? tornAt;

    /// <summary>The key of all that goes into a result.</summary>
    public static UInt128 Key(string parameters, string content)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{parameters}\n{content}"), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    public ReadOnlyMemory<byte>? Read(UInt128 key)
    {
        // The cast matters: without it, null would be an array that becomes an empty value.
        lock (gate) return (known ??= Load()).TryGetValue(key, out var value) ? value : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>Keeps results; a full or read-only disk only costs the cache.</summary>
    public void Write(IReadOnlyList<(UInt128 Key, byte[] Value)> results)
    {
        if (folder is null || results.Count == 0) return;
        using var records = new MemoryStream();
        Span<byte> head = stackalloc byte[HeadBytes];
        foreach (var (key, value) in results)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(head, key);
            BinaryPrimitives.WriteInt32LittleEndian(head[16..], value.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(head[20..], Checksum(value));
            records.Write(head);
            records.Write(value);
        }
        lock (gate)
        {
            known ??= Load();
            foreach (var (key, value) in results) known[key] = value;
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
                var isFull = new FileInfo(FilePath) is { Exists: true } file && file.Length + records.Length > LargestBytes;
                if (isFull) File.Delete(FilePath);
                else if (tornAt is { } good) Truncate(good);
                tornAt = null;
                using var stream = new FileStream(FilePath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
                stream.Write(records.GetBuffer().AsSpan(0, (int)records.Length));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
        }
    }

    private string FilePath => Path.Combine(folder!, "media", name);

    private Dictionary<UInt128, ReadOnlyMemory<byte>> Load()
    {
        var found = new Dictionary<UInt128, ReadOnlyMemory<byte>>();
        if (folder is null) return found;
        try
        {
            var file = File.ReadAllBytes(FilePath);
            ReadOnlyMemory<byte> rest = file;
            while (rest.Length >= HeadBytes)
            {
                var head = rest.Span;
                var length = BinaryPrimitives.ReadInt32LittleEndian(head[16..]);
                if (length < 0 || length > rest.Length - HeadBytes) break;
                var value = rest.Slice(HeadBytes, length);
                if (Checksum(value.Span) != BinaryPrimitives.ReadUInt32LittleEndian(head[20..])) break;
                found[BinaryPrimitives.ReadUInt128LittleEndian(head)] = value;
                rest = rest[(HeadBytes + length)..];
            }
            if (rest.Length > 0) tornAt = file.Length - rest.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
        return found;
    }

    private void Truncate(long length)
    {
        using var stream = new FileStream(FilePath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        stream.SetLength(length);
    }

    private static uint Checksum(ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(value, hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash);
    }
}
