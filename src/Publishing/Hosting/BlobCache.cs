using System.Collections.Concurrent;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>
/// Bytes of small blobs that were asked for lately, within a bound. Two generations: when the young one is full the old one is
/// dropped whole, and what is still asked for moves over.
/// </summary>
internal sealed class BlobCache(IBlobStore blobs, long mostBytes)
{
    /// <summary>Larger blobs are read from the store each time.</summary>
    public const int LargestBytes = 512 * 1024;

    private readonly Lock gate = new();
    private volatile ConcurrentDictionary<string, byte[]> young = new(StringComparer.Ordinal), old = new(StringComparer.Ordinal);
    private long youngBytes;

    /// <summary>The bytes, when they are at hand.</summary>
    public byte[]? Find(string blob)
    {
        if (young.TryGetValue(blob, out var bytes)) return bytes;
        if (!old.TryRemove(blob, out bytes)) return null;
        Add(blob, bytes);
        return bytes;
    }

    /// <summary>The bytes, read when they are not at hand.</summary>
    /// <exception cref="Refusal"><c>blobs.missing</c>.</exception>
    public async Task<byte[]> ReadAsync(string blob, long size, CancellationToken cancel)
    {
        var bytes = new byte[size];
        await using (var stream = await blobs.OpenAsync(BlobId.Parse(blob), cancel)) await stream.ReadExactlyAsync(bytes, cancel);
        Add(blob, bytes);
        return bytes;
    }

    /// <summary>Lets everything go.</summary>
    public void Forget()
    {
        lock (gate)
        {
            (old, young) = (new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal), new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal));
            Interlocked.Exchange(ref youngBytes, 0);
        }
    }

    private void Add(string blob, byte[] bytes)
    {
        if (!young.TryAdd(blob, bytes) || Interlocked.Add(ref youngBytes, bytes.Length) <= mostBytes / 2) return;
        lock (gate)
        {
            if (Interlocked.Read(ref youngBytes) <= mostBytes / 2) return;
            (old, young) = (young, new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal));
            Interlocked.Exchange(ref youngBytes, 0);
        }
    }
}
