namespace Rialto.Sites;

/// <summary>Counts what passes and remembers the names, for the report, the service worker and the sitemap.</summary>
internal sealed class CountingOutput(ISiteOutput inner) : ISiteOutput
{
    private readonly Dictionary<string, (int Bytes, ulong Hash)> files = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Written files with size and a fast hash of the content, by path.</summary>
    public IReadOnlyDictionary<string, (int Bytes, ulong Hash)> Files => files;

    public long Bytes => files.Values.Sum(file => (long)file.Bytes);

    public ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel = default)
    {
        var hash = Fnv(content.Span);
        lock (gate) files[path] = (content.Length, hash);
        return inner.WriteAsync(path, content, cancel);
    }

    public ValueTask WriteTextAsync(string path, string text, CancellationToken cancel) => WriteAsync(path, System.Text.Encoding.UTF8.GetBytes(text), cancel);

    private static ulong Fnv(ReadOnlySpan<byte> bytes)
    {
        var words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(bytes);
        var hash = 14695981039346656037UL;
        foreach (var word in words) hash = (hash ^ word) * 1099511628211UL ^ hash >> 29;
        foreach (var rest in bytes[(words.Length * 8)..]) hash = (hash ^ rest) * 1099511628211UL;
        return hash;
    }
}
