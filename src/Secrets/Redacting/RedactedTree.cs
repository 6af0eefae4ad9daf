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
    private readonly HashSet<string> hidden = new(StringComparer.Ordinal);
    private readonly SourceEntry[] entries;
    private readonly KeptContents kept;
    private readonly bool isClean;

    /// <param name="inner">The tree that is hidden; disposed with this one.</param>
    /// <param name="redactor">Knows every secret of the tree.</param>
    /// <param name="contents">By path, what files with secrets read instead.</param>
    /// <param name="kept">Contents that need not be read again.</param>
    /// <param name="isClean">True when neither names nor contents nor messages of the tree hold a secret.</param>
    public RedactedTree(ISourceTree inner, Redactor redactor, IReadOnlyDictionary<string, byte[]> contents, KeptContents kept, bool isClean)
    {
        (this.inner, this.redactor, this.kept, this.isClean) = (inner, redactor, kept, isClean);
        var visible = new List<SourceEntry>(inner.Entries.Count);
        foreach (var entry in inner.Entries)
        {
            var path = isClean ? entry.Path : redactor.Clean(entry.Path, entry.Path) ?? entry.Path;
            var content = contents.GetValueOrDefault(entry.Path);
            if (path == entry.Path && content is null)
            {
                visible.Add(entry);
                continue;
            }
            // Two names may become one; the second is told apart by its object.
            if (changed.ContainsKey(path)) path += "-" + entry.ObjectId[..8];
            changed[path] = (entry, content);
            if (path != entry.Path) hidden.Add(entry.Path);
            visible.Add(entry with { Path = path, Bytes = content?.Length ?? entry.Bytes });
        }
        entries = [.. visible];
        if (changed.Count > 0) Array.Sort(entries, (left, right) => string.CompareOrdinal(left.Path, right.Path));
        var address = inner.Identity.WebUrl?.AbsoluteUri;
        Identity = inner.Identity with
        {
            // An address whose path held a secret leads nowhere without it.
            Owner = Clean(inner.Identity.Owner), WebUrl = Clean(address) == address ? inner.Identity.WebUrl : null,
            Ref = Clean(inner.Identity.Ref), DefaultBranch = Clean(inner.Identity.DefaultBranch), Source = Clean(inner.Identity.Source)!, Name = Clean(inner.Identity.Name)!,
        };
    }

    /// <inheritdoc/>
    public SourceIdentity Identity { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SourceEntry> Entries => entries;

    /// <inheritdoc/>
    public SourceEntry? Find(string path)
    {
        if (!changed.TryGetValue(path, out var found)) return hidden.Contains(path) ? null : inner.Find(path);
        return found.Original with { Path = path, Bytes = found.Content?.Length ?? found.Original.Bytes };
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(SourceEntry entry, CancellationToken cancel = default)
    {
        var (original, content) = changed.TryGetValue(entry.Path, out var found) ? found : (entry, null);
        if (Known(original, content) is { } bytes) return ValueTask.FromResult(bytes);
        return inner.ReadAsync(original, cancel);
    }

    /// <inheritdoc/>
    public async Task ReadEachAsync(IReadOnlyList<SourceEntry> wanted, Action<SourceEntry, ReadOnlyMemory<byte>> act, CancellationToken cancel = default)
    {
        var (near, far) = (new List<(SourceEntry Entry, ReadOnlyMemory<byte> Bytes)>(), new Dictionary<string, SourceEntry>(StringComparer.Ordinal));
        foreach (var entry in wanted)
        {
            var (original, content) = changed.TryGetValue(entry.Path, out var found) ? found : (entry, null);
            if (Known(original, content) is { } bytes) near.Add((entry, bytes));
            else far[original.Path] = entry;
        }
        await Parallel.ForEachAsync(near, cancel, (pair, _) =>
        {
            act(pair.Entry, pair.Bytes);
            return ValueTask.CompletedTask;
        });
        if (far.Count == 0) return;
        SourceEntry[] originals = [.. far.Values.Select(entry => changed.TryGetValue(entry.Path, out var found) ? found.Original : entry)];
        await inner.ReadEachAsync(originals, (original, bytes) => act(far[original.Path], bytes), cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceCommit>> LogAsync(int limit, CancellationToken cancel = default)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string Name(string name) => names.TryGetValue(name, out var known) ? known : names[name] = Clean(name)!;
        var isKnown = isClean && limit <= SecretScanner.ScannedMessages;
        return [.. (await inner.LogAsync(limit, cancel)).Select(commit => Name(commit.AuthorName) is var name && Name(commit.AuthorEmail) is var address && isKnown && name == commit.AuthorName && address == commit.AuthorEmail
            ? commit : commit with { Message = isKnown ? commit.Message : Clean(commit.Message)!, AuthorName = name, AuthorEmail = address })];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceTag>> TagsAsync(CancellationToken cancel = default) =>
        isClean ? await inner.TagsAsync(cancel) : [.. (await inner.TagsAsync(cancel)).Select(tag => tag with { Name = Clean(tag.Name)! })];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private ReadOnlyMemory<byte>? Known(SourceEntry original, byte[]? content) => content is null ? kept.Find(original) : content;

    private string? Clean(string? text) => text is null ? null : redactor.Clean(text, "") ?? text;
}
