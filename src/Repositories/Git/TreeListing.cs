using System.Buffers.Text;
using System.Text;
using Rialto.Kernel;

namespace Rialto.Repositories.Git;

/// <summary>All entries of a commit, from one <c>git ls-tree</c>.</summary>
internal static class TreeListing
{
    private const int MaxBytesPerEntry = 4_400;

    /// <exception cref="Refusal"><c>repository.too_many_files</c>, <c>repository.too_large</c>, <c>repository.too_deep</c>, <c>repository.hostile_path</c>, <c>repository.object_missing</c>.</exception>
    public static async Task<SourceEntry[]> ReadAsync(string gitDirectory, string commit, SourceLimits limits, CancellationToken cancel)
    {
        var command = GitCommand.For(gitDirectory, "ls-tree", "-r", "-l", "-z", "--full-tree", commit) with
        {
            MaxOutputBytes = Math.Clamp((long)limits.MaxFiles * MaxBytesPerEntry, 1024 * 1024, 1024 * 1024 * 1024),
        };
        var listing = (await ChildProcess.RunAsync(command, cancel: cancel))
            .OrRefuse("repository.object_missing", "The repository is damaged or incomplete: its list of files cannot be read; run git fsck there, or fetch it again.");
        return Parse(listing.Output.Span, limits);
    }

    /// <summary>Parses the NUL-separated form: <c>mode type id size\tpath</c>.</summary>
    public static SourceEntry[] Parse(ReadOnlySpan<byte> listing, SourceLimits limits)
    {
        var count = listing.Count((byte)0);
        if (count > limits.MaxFiles)
            throw Over("repository.too_many_files", $"The commit has {count} files", limits.MaxFiles, nameof(SourceLimits.MaxFiles), "RIALTO_MAX_FILES");
        var entries = new SourceEntry[count];
        var totalBytes = 0L;
        for (var index = 0; index < count; index++)
        {
            var end = listing.IndexOf((byte)0);
            entries[index] = Entry(listing[..end], limits);
            totalBytes += entries[index].Bytes;
            listing = listing[(end + 1)..];
        }
        if (totalBytes > limits.MaxTotalBytes)
            throw Over("repository.too_large", $"The commit has {totalBytes} bytes", limits.MaxTotalBytes, nameof(SourceLimits.MaxTotalBytes), "RIALTO_MAX_TOTAL_BYTES");
        Array.Sort(entries, (left, right) => string.CompareOrdinal(left.Path, right.Path));
        return entries;
    }

    private static SourceEntry Entry(ReadOnlySpan<byte> line, SourceLimits limits)
    {
        var tab = line.IndexOf((byte)'\t');
        var head = line[..tab];
        var kind = head.StartsWith("160000"u8) ? SourceEntryKind.Submodule
            : head.StartsWith("120000"u8) ? SourceEntryKind.Symlink
            : head.StartsWith("100755"u8) ? SourceEntryKind.ExecutableFile
            : SourceEntryKind.File;
        var id = head[(head.IndexOf((byte)' ') + 1)..];
        id = id[(id.IndexOf((byte)' ') + 1)..];
        var size = id[(id.IndexOf((byte)' ') + 1)..].TrimStart((byte)' ');
        id = id[..id.IndexOf((byte)' ')];
        // "-" for a submodule and "BAD" for a missing object: both have no bytes to count; reading the latter refuses.
        if (!Utf8Parser.TryParse(size, out long bytes, out _)) bytes = 0;
        var path = Encoding.UTF8.GetString(line[(tab + 1)..]);
        Check(path, limits);
        return new SourceEntry(path, kind, Encoding.ASCII.GetString(id), bytes);
    }

    // Git itself never writes such names; a tree that has them was made to make a reader write outside its folder.
    private static void Check(ReadOnlySpan<char> path, SourceLimits limits)
    {
        var depth = 0;
        foreach (var range in path.Split('/'))
        {
            depth++;
            var segment = path[range];
            if (segment is "" or "." or ".." || segment.Equals(".git", StringComparison.OrdinalIgnoreCase))
                throw new Refusal("repository.hostile_path", $"The commit holds a file name that no honest repository has (\"{Shown(path)}\"), so nothing of it is read; remove that entry from the repository.");
        }
        if (depth > limits.MaxDepth)
            throw Over("repository.too_deep", $"\"{Shown(path)}\" lies {depth} folders deep", limits.MaxDepth, nameof(SourceLimits.MaxDepth), "RIALTO_MAX_DEPTH");
    }

    private static string Shown(ReadOnlySpan<char> path)
    {
        var shown = path.Length > 120 ? string.Concat(path[..120], "…") : path.ToString();
        return string.Concat(shown.Select(symbol => char.IsControl(symbol) ? '?' : symbol));
    }

    private static Refusal Over(string code, string fact, long limit, string name, string variable) =>
        new(code, $"{fact}, over the limit of {limit} ({name}); raise it with {variable}.", 413)
        {
            Details = new Dictionary<string, string> { ["limit"] = name, ["value"] = limit.ToString(System.Globalization.CultureInfo.InvariantCulture) },
        };
}
