using System.Security.Cryptography;
using System.Text;
using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Cli;

/// <summary>
/// A work tree as it stands on disk, with changes that are not committed: what a preview shows. History and tags are those of
/// the commit. Git is asked only which files belong to it; nothing is written and no link is followed.
/// </summary>
internal sealed class WorkTree : ISourceTree
{
    private const long MaxFileBytes = 64L * 1024 * 1024;
    private readonly string root;
    private readonly ISourceTree commit;
    private readonly Dictionary<string, SourceEntry> byPath;

    private WorkTree(string root, ISourceTree commit, List<SourceEntry> entries)
    {
        (this.root, this.commit, Entries) = (root, commit, entries);
        byPath = entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
    }

    public SourceIdentity Identity => commit.Identity;

    public IReadOnlyList<SourceEntry> Entries { get; }

    /// <summary>The root of the work tree that holds <paramref name="path"/>, or null when it is in none.</summary>
    public static string? RootOf(string path)
    {
        for (var folder = Directory.Exists(path) ? new DirectoryInfo(path) : null; folder is not null; folder = folder.Parent)
            if (Path.Exists(Path.Combine(folder.FullName, ".git"))) return folder.FullName;
        return null;
    }

    public static async Task<WorkTree> ReadAsync(string root, ISourceTree commit, CancellationToken cancel)
    {
        var listing = await ChildProcess.RunAsync(new ChildCommand("git", ["-c", "core.fsmonitor=false", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"]) { WorkingDirectory = root, TimeoutSeconds = 60 }, cancel: cancel);
        var names = listing.OrRefuse("preview.unreadable", "Git could not list the files of the work tree.").OutputText.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var entries = new List<SourceEntry>(names.Length);
        foreach (var name in names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            if (EntryOf(root, name) is { } entry) entries.Add(entry);
        return new WorkTree(root, commit, entries);
    }

    public SourceEntry? Find(string path) => byPath.GetValueOrDefault(path);

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(SourceEntry entry, CancellationToken cancel = default)
    {
        var file = new FileInfo(Path.Combine(root, entry.Path));
        try
        {
            if (file.LinkTarget is { } target) return Encoding.UTF8.GetBytes(target);
            if (file.Length > MaxFileBytes) throw new Refusal("repository.file_too_large", $"{entry.Path} is too large to be read.");
            return await File.ReadAllBytesAsync(file.FullName, cancel);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new Refusal("repository.object_missing", $"{entry.Path} cannot be read; it may have been moved while the preview read it.");
        }
    }

    public ValueTask<IReadOnlyList<SourceCommit>> LogAsync(int limit, CancellationToken cancel = default) => commit.LogAsync(limit, cancel);

    public ValueTask<IReadOnlyList<SourceTag>> TagsAsync(CancellationToken cancel = default) => commit.TagsAsync(cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static SourceEntry? EntryOf(string root, string name)
    {
        var file = new FileInfo(Path.Combine(root, name));
        if (file.LinkTarget is { } target) return new SourceEntry(name, SourceEntryKind.Symlink, Id(name, target), Encoding.UTF8.GetByteCount(target));
        return file.Exists ? new SourceEntry(name, SourceEntryKind.File, Id(name, $"{file.Length}:{file.LastWriteTimeUtc.Ticks}"), file.Length) : null;
    }

    /// <summary>Changes whenever the file does, without reading it; no object of Git's.</summary>
    private static string Id(string name, string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\0{state}")))[..40];
}
