using System.Collections.Concurrent;
using Rialto.Repositories;
using Rialto.Secrets.Scanning;

namespace Rialto.Secrets.Redacting;

/// <summary>Texts that the scan has read and everything after it will ask for again. Bounded: what does not fit is read again.</summary>
internal sealed class KeptContents
{
    private const long MaxBytes = 64L * 1024 * 1024;
    private const int MaxFileBytes = 512 * 1024;
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> contents = new(StringComparer.Ordinal);
    private long keptBytes;

    /// <summary>Keeps the file when it is a text and there is room.</summary>
    public void Offer(SourceEntry entry, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxFileBytes || FileText.IsBinary(bytes.Span)) return;
        if (Interlocked.Add(ref keptBytes, bytes.Length) <= MaxBytes) contents[entry.Path] = bytes;
        else Interlocked.Add(ref keptBytes, -bytes.Length);
    }

    /// <summary>The file's bytes, or null when they were not kept.</summary>
    // Said with its type: a bare null would become an empty content.
    public ReadOnlyMemory<byte>? Find(SourceEntry entry) => contents.TryGetValue(entry.Path, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);
}
