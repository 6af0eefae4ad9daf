using System.Text;
using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Cli;

/// <summary>What is about to be committed: the staged files that differ from HEAD, read from the index and not from the work tree.</summary>
internal sealed class StagedTree : ISourceTree
{
    private readonly Dictionary<string, SourceEntry> byPath;
    private readonly Dictionary<string, byte[]> byId = [];

    private StagedTree(IEnumerable<SourceEntry> entries)
    {
        byPath = new(StringComparer.Ordinal);
        // Names that are not UTF-8 can become equal; each is looked into all the same.
        foreach (var entry in entries)
            for (var name = entry.Path; !byPath.TryAdd(name, entry with { Path = name }); name += "?") { }
        Entries = [.. byPath.Values];
    }

    public SourceIdentity Identity { get; } = new() { Source = ".", Name = "staged", Commit = new string('0', 40), CommittedAt = DateTimeOffset.UnixEpoch };

    public IReadOnlyList<SourceEntry> Entries { get; }

    /// <summary>Two runs of git in the user's own repository, as the hook's git runs it.</summary>
    public static async Task<StagedTree> ReadAsync(CancellationToken cancel)
    {
        var listing = (await ChildProcess.RunAsync(Git("diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--diff-filter=ACMT"), cancel: cancel))
            .OrRefuse("hook.not_a_repository", "This folder is not in a Git repository; go to one and try again.");
        var parts = listing.OutputText.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var tree = new StagedTree(parts.Chunk(2).Where(pair => pair.Length == 2).Select(pair => Entry(pair[0].Split(' '), pair[1])).Where(entry => entry.Kind is not SourceEntryKind.Submodule));
        if (tree.byPath.Count == 0) return tree;
        var ids = tree.Entries.Select(entry => entry.ObjectId).Distinct().ToArray();
        var contents = (await ChildProcess.RunAsync(Git("cat-file", "--batch"), Encoding.ASCII.GetBytes(string.Join('\n', ids) + "\n"), cancel)).OrThrow().Output.Span;
        foreach (var id in ids)
        {
            var end = contents.IndexOf((byte)'\n');
            var words = Encoding.ASCII.GetString(contents[..end]).Split(' ');
            if (words.Length < 3) throw new Refusal("repository.object_missing", "A staged file is missing from the repository's objects; run git fsck, and git add it again.");
            var size = int.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture);
            tree.byId[id] = contents.Slice(end + 1, size).ToArray();
            contents = contents[(end + size + 2)..];
        }
        return tree;
    }

    /// <summary>A git command in the user's repository; a hook's own index is passed on.</summary>
    public static ChildCommand Git(params string[] arguments) => new("git", ["--no-pager", "--literal-pathspecs", .. arguments])
    {
        Environment = new Dictionary<string, string?>
        {
            ["GIT_INDEX_FILE"] = Environment.GetEnvironmentVariable("GIT_INDEX_FILE"), ["GIT_DIR"] = Environment.GetEnvironmentVariable("GIT_DIR"), ["GIT_OPTIONAL_LOCKS"] = "0",
        },
        InstallHint = "apt-get install git",
    };

    public SourceEntry? Find(string path) => byPath.GetValueOrDefault(path);

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(SourceEntry entry, CancellationToken cancel = default) => ValueTask.FromResult<ReadOnlyMemory<byte>>(byId[entry.ObjectId]);

    public ValueTask<IReadOnlyList<SourceCommit>> LogAsync(int limit, CancellationToken cancel = default) => ValueTask.FromResult<IReadOnlyList<SourceCommit>>([]);

    public ValueTask<IReadOnlyList<SourceTag>> TagsAsync(CancellationToken cancel = default) => ValueTask.FromResult<IReadOnlyList<SourceTag>>([]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // ":100644 100644 <old> <new> M"
    private static SourceEntry Entry(string[] words, string path) =>
        new(path, words[1] == "160000" ? SourceEntryKind.Submodule : words[1] == "120000" ? SourceEntryKind.Symlink : SourceEntryKind.File, words[3], 0);
}
