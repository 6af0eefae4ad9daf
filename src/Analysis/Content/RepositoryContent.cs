using System.Collections.Concurrent;
using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>The commit's files as text, each read and decoded at most once, for all areas together.</summary>
internal sealed class RepositoryContent
{
    /// <summary>Largest file that is read as text, in bytes.</summary>
    public const int MaxTextBytes = 2 * 1024 * 1024;

    /// <summary>Largest file of which at least the beginning is read, in bytes.</summary>
    private const int MaxBytes = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, Lazy<Task<TextFile?>>> texts = new(StringComparer.Ordinal);
    private readonly ISourceTree tree;
    private readonly CancellationToken cancel;

    public RepositoryContent(ISourceTree tree, CancellationToken cancel)
    {
        this.tree = tree;
        this.cancel = cancel;
        Identity = tree.Identity;
        Files = [.. tree.Entries.Where(entry => entry.IsFile)];
        Folders = FoldersOf(Files);
    }

    /// <summary>Where the commit came from; completed by <see cref="Adopt"/> when its files prove more than the source says.</summary>
    public SourceIdentity Identity { get; private set; }

    /// <summary>Plain files, ordered by path.</summary>
    public IReadOnlyList<SourceEntry> Files { get; }

    /// <summary>Symbolic links; where one points is read as text and looked up in the same commit, never followed on a disk.</summary>
    public IEnumerable<SourceEntry> Links => tree.Entries.Where(entry => entry.Kind == SourceEntryKind.Symlink);

    /// <summary>Every folder that holds a file at any depth, without closing slash.</summary>
    public IReadOnlySet<string> Folders { get; }

    /// <summary>Called once, before anything else reads the content.</summary>
    public void Adopt(SourceIdentity identity) => Identity = identity;

    public SourceEntry? Find(string path) => tree.Find(path) is { IsFile: true } entry ? entry : null;

    /// <summary>A file, link, submodule or folder of that path.</summary>
    public bool Exists(string path) => tree.Find(path.TrimEnd('/')) is not null || Folders.Contains(path.TrimEnd('/'));

    public bool HasFolder(string path) => Folders.Contains(path);

    /// <summary>Evidence for something about the commit itself.</summary>
    public Evidence Commit => new("", 0, Identity.Commit);

    public Evidence At(string path, int line = 0) => new(path, line, Identity.Commit);

    /// <summary>The file as text; null when there is none, when it is too large or when it is binary.</summary>
    public Task<TextFile?> TextAsync(string path) =>
        Find(path) is { } entry ? TextAsync(entry) : Task.FromResult<TextFile?>(null);

    public Task<TextFile?> TextAsync(SourceEntry entry) =>
        texts.GetOrAdd(entry.Path, _ => new(() => ReadTextAsync(entry))).Value;

    /// <summary>The whole lines of the first part of a file that is too large to be read as text; null when it is not text.</summary>
    public async Task<TextFile?> BeginningAsync(string path)
    {
        if (Find(path) is not { Bytes: > MaxTextBytes and <= MaxBytes } entry) return null;
        var bytes = (await tree.ReadAsync(entry, cancel))[..MaxTextBytes];
        var end = bytes.Span.LastIndexOf((byte)'\n');
        return end > 0 && TextDecoder.Decode(bytes.Span[..end]) is { } text ? new TextFile(path, text, Identity.Commit) : null;
    }

    public ValueTask<ReadOnlyMemory<byte>> BytesAsync(SourceEntry entry) => tree.ReadAsync(entry, cancel);

    /// <summary>The path in the commit that a link names, or null when it leaves the commit.</summary>
    public async Task<string?> TargetOfAsync(SourceEntry link)
    {
        if (link.Bytes > 1024) return null;
        var target = System.Text.Encoding.UTF8.GetString((await tree.ReadAsync(link, cancel)).Span);
        return Paths.Resolve(link.Path[..(link.Path.LastIndexOf('/') + 1)], target);
    }

    private async Task<TextFile?> ReadTextAsync(SourceEntry entry)
    {
        if (entry.Bytes > MaxTextBytes) return null;
        var bytes = await tree.ReadAsync(entry, cancel);
        return TextDecoder.Decode(bytes.Span) is { } text ? new TextFile(entry.Path, text, Identity.Commit) : null;
    }

    private static HashSet<string> FoldersOf(IReadOnlyList<SourceEntry> files)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
            for (var slash = file.Path.LastIndexOf('/'); slash > 0 && folders.Add(file.Path[..slash]); slash = file.Path.LastIndexOf('/', slash - 1)) { }
        return folders;
    }
}
