using Rialto.Repositories.Git;

namespace Rialto.Repositories.Reading;

/// <summary>A commit read through Git's object database.</summary>
internal sealed class GitTree(
    SourceIdentity identity, SourceEntry[] entries, ObjectPool pool, CommitLog log, TagList tags, IReadOnlyList<IAsyncDisposable> held, SourceLimits limits) : ISourceTree
{
    private readonly Lazy<Dictionary<string, SourceEntry>> byPath = new(() => Index(entries));
    private readonly Lock gate = new();
    private Task<IReadOnlyList<SourceTag>>? reading;
    private Task<IReadOnlyList<SourceCommit>>? history;
    private int historyLimit;
    private int disposed;

    /// <inheritdoc/>
    public SourceIdentity Identity => identity;

    /// <inheritdoc/>
    public IReadOnlyList<SourceEntry> Entries => entries;

    /// <inheritdoc/>
    public SourceEntry? Find(string path) => byPath.Value.GetValueOrDefault(path);

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(SourceEntry entry, CancellationToken cancel = default)
    {
        if (entry.Kind is SourceEntryKind.Submodule) return ReadOnlyMemory<byte>.Empty;
        if (entry.Bytes > limits.MaxFileBytes) throw ObjectPool.TooLarge(entry.Path, entry.Bytes, limits.MaxFileBytes);
        return (await pool.ReadAsync(entry.ObjectId, entry.Path, cancel)).Content;
    }

    /// <inheritdoc/>
    public Task ReadEachAsync(IReadOnlyList<SourceEntry> wanted, Action<SourceEntry, ReadOnlyMemory<byte>> act, CancellationToken cancel = default)
    {
        SourceEntry[] readable = [.. wanted.Where(entry => entry.Kind is not SourceEntryKind.Submodule && entry.Bytes <= limits.MaxFileBytes)];
        return pool.ReadEachAsync(Array.ConvertAll(readable, entry => entry.ObjectId), (index, found) =>
        {
            if (found is { Type: "blob" } blob) act(readable[index], blob.Content);
        }, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceCommit>> LogAsync(int limit, CancellationToken cancel = default)
    {
        Task<IReadOnlyList<SourceCommit>> current;
        lock (gate)
        {
            // A shorter history is the beginning of a longer one.
            if (history is null || history.IsFaulted || historyLimit < limit) (history, historyLimit) = (log.ReadAsync(limit, CancellationToken.None), limit);
            current = history;
        }
        var commits = await current.WaitAsync(cancel);
        return commits.Count <= limit ? commits : [.. commits.Take(limit)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceTag>> TagsAsync(CancellationToken cancel = default)
    {
        Task<IReadOnlyList<SourceTag>> current;
        // One reading for all who ask; it ends with the tree, not with the first who loses patience.
        lock (gate) current = reading is { IsFaulted: false } ? reading : reading = tags.ReadAsync(CancellationToken.None);
        return await current.WaitAsync(cancel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1) return;
        await pool.DisposeAsync();
        foreach (var thing in held) await thing.DisposeAsync();
    }

    // Names that are not UTF-8 can become equal; the first keeps the name, all stay in the list.
    private static Dictionary<string, SourceEntry> Index(SourceEntry[] entries)
    {
        var index = new Dictionary<string, SourceEntry>(entries.Length, StringComparer.Ordinal);
        foreach (var entry in entries) index.TryAdd(entry.Path, entry);
        return index;
    }
}
