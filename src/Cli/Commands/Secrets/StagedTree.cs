using System.Text;
using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Cli;

/// <summary>What is about to be committed: the staged files that differ from HEAD, read from the index and not from the work tree. Contents come as a stream, one in memory at a time.</summary>
internal sealed class StagedTree : ISourceTree
{
    /// <summary>A larger file holds no text that anybody wrote.</summary>
    private const int LargestFileBytes = 64 * 1024 * 1024;

    private readonly Dictionary<string, SourceEntry> byPath;
    private readonly List<string> passedOver = [];

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

    /// <summary>Files that were not looked into, because they are too large.</summary>
    public IReadOnlyList<string> PassedOver => passedOver;

    /// <summary>Lists the staged files with git in the user's own repository, as the hook's git runs it.</summary>
    public static async Task<StagedTree> ReadAsync(CancellationToken cancel)
    {
        var listing = (await ChildProcess.RunAsync(Git("diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--diff-filter=ACMT"), cancel: cancel))
            .OrRefuse("hook.not_a_repository", "This folder is not in a Git repository; go to one and try again.");
        var parts = listing.OutputText.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return new StagedTree(parts.Chunk(2).Where(pair => pair.Length == 2).Select(pair => Entry(pair[0].Split(' '), pair[1])).Where(entry => entry.Kind is not SourceEntryKind.Submodule));
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

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(SourceEntry entry, CancellationToken cancel = default)
    {
        ReadOnlyMemory<byte> content = default;
        await ReadEachAsync([entry], (_, bytes) => content = bytes, cancel);
        return content;
    }

    public async Task ReadEachAsync(IReadOnlyList<SourceEntry> entries, Action<SourceEntry, ReadOnlyMemory<byte>> act, CancellationToken cancel = default)
    {
        if (entries.Count == 0) return;
        var input = Encoding.ASCII.GetBytes(string.Join('\n', entries.Select(entry => entry.ObjectId)) + "\n");
        var (exitCode, errorText) = await ChildProcess.RunAsync(Git("cat-file", "--batch"), input, async (output, token) =>
        {
            var reader = new BufferedStream(output, 64 * 1024);
            foreach (var entry in entries)
            {
                var words = (await LineAsync(reader, token)).Split(' ');
                if (words.Length < 3) throw new Refusal("repository.object_missing", "A staged file is missing from the repository's objects; run git fsck, and git add it again.");
                var size = long.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture);
                var content = new byte[Math.Min(size, LargestFileBytes)];
                await reader.ReadExactlyAsync(content, token);
                await SkipAsync(reader, size - content.Length + 1, token);
                if (size <= LargestFileBytes) act(entry, content);
                else if (!passedOver.Contains(entry.Path)) passedOver.Add(entry.Path);
            }
        }, cancel);
        if (exitCode != 0) throw new InvalidOperationException($"git cat-file ended with {exitCode}: {errorText}");
    }

    private static async Task<string> LineAsync(Stream reader, CancellationToken cancel)
    {
        var line = new StringBuilder();
        var letter = new byte[1];
        while (await reader.ReadAsync(letter, cancel) == 1 && letter[0] != '\n') line.Append((char)letter[0]);
        return line.ToString();
    }

    private static async Task SkipAsync(Stream reader, long bytes, CancellationToken cancel)
    {
        var nothing = new byte[64 * 1024];
        while (bytes > 0)
        {
            var read = await reader.ReadAsync(nothing.AsMemory(0, (int)Math.Min(bytes, nothing.Length)), cancel);
            if (read == 0) throw new EndOfStreamException();
            bytes -= read;
        }
    }

    public ValueTask<IReadOnlyList<SourceCommit>> LogAsync(int limit, CancellationToken cancel = default) => ValueTask.FromResult<IReadOnlyList<SourceCommit>>([]);

    public ValueTask<IReadOnlyList<SourceTag>> TagsAsync(CancellationToken cancel = default) => ValueTask.FromResult<IReadOnlyList<SourceTag>>([]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // ":100644 100644 <old> <new> M"
    private static SourceEntry Entry(string[] words, string path) =>
        new(path, words[1] == "160000" ? SourceEntryKind.Submodule : words[1] == "120000" ? SourceEntryKind.Symlink : SourceEntryKind.File, words[3], 0);
}
