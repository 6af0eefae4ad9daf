using Rialto.Repositories;

namespace Rialto.Secrets.Redacting;

/// <summary>
/// A tree as everything after the scan sees it. Names, messages, tags and contents hold no secret; <see cref="SourceEntry.Bytes"/>
/// is the size after redaction, <see cref="SourceEntry.ObjectId"/> stays the object's own name.
/// </summary>
internal sealed class RedactedTree : ISourceTree
{
    private readonly ISourceTree inner;
    private readonly Redactor redactor;
    private readonly Dictionary<string, (SourceEntry Original, byte[]? Content)> changed = new(StringComparer.Ordinal);
    private readonly SourceEntry[] entries;

    /// <param name="inner">The tree that is hidden; disposed with this one.</param>
    /// <param name="redactor">Knows every secret of the tree.</param>
    /// <param name="contents">By path, what files with secrets read instead.</param>
    public RedactedTree(ISourceTree inner, Redactor redactor, IReadOnlyDictionary<string, byte[]> contents)
    {
        (this.inner, this.redactor) = (inner, redactor);
        var visible = new List<SourceEntry>(inner.Entries.Count);
        foreach (var entry in inner.Entries)
        {
            var path = redactor.Clean(entry.Path, entry.Path) ?? entry.Path;
            var content = contents.GetValueOrDefault(entry.Path);
            if (path == entry.Path && content is null)
            {
                visible.Add(entry);
                continue;
            }
            // Two names may become one; the second is told apart by its object.
            if (changed.ContainsKey(path)) path += "-" + entry.ObjectId[..8];
            changed[path] = (entry, content);
            visible.Add(entry with { Path = path, Bytes = content?.Length ?? entry.Bytes });
        }
        entries = [.. visible];
        if (changed.Count > 0) Array.Sort(entries, (left, right) => string.CompareOrdinal(left.Path, right.Path));
        Identity = inner.Identity with { Ref = Clean(inner.Identity.Ref), DefaultBranch = Clean(inner.Identity.DefaultBranch), Source = Clean(inner.Identity.Source)!, Name = Clean(inner.Identity.Name)! };
    }

    /// <inheritdoc/>
    public SourceIdentity Identity { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SourceEntry> Entries => entries;

    /// <inheritdoc/>
    public SourceEntry? Find(string path)
    {
        if (!changed.TryGetValue(path, out var found)) return inner.Find(path) is { } entry && !changed.Values.Any(pair => pair.Original.Path == path) ? entry : null;
        return found.Original with { Path = path, Bytes = found.Content?.Length ?? found.Original.Bytes };
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(SourceEntry entry, CancellationToken cancel = default)
    {
        if (!changed.TryGetValue(entry.Path, out var found)) return await inner.ReadAsync(entry, cancel);
        return found.Content ?? await inner.ReadAsync(found.Original, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceCommit>> LogAsync(int limit, CancellationToken cancel = default) =>
        [.. (await inner.LogAsync(limit, cancel)).Select(commit => commit with { Message = Clean(commit.Message)!, AuthorName = Clean(commit.AuthorName)! })];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceTag>> TagsAsync(CancellationToken cancel = default) =>
        [.. (await inner.TagsAsync(cancel)).Select(tag => tag with { Name = Clean(tag.Name)! })];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private string? Clean(string? text) => text is null ? null : redactor.Clean(text, "") ?? text;
}
