namespace Rialto.Repositories;

/// <summary>
/// The files of one commit, read from Git's object database. Nothing is ever checked out or executed;
/// symbolic links and submodules are entries, never followed. Safe for concurrent use.
/// </summary>
public interface ISourceTree : IAsyncDisposable
{
    /// <summary>Where the commit came from.</summary>
    SourceIdentity Identity { get; }

    /// <summary>All entries of the commit, ordered by path (ordinal).</summary>
    IReadOnlyList<SourceEntry> Entries { get; }

    /// <summary>The entry at <paramref name="path"/>, or null. Paths are relative, use <c>/</c>, and are compared exactly.</summary>
    SourceEntry? Find(string path);

    /// <summary>The bytes of a file (or the target text of a symbolic link).</summary>
    /// <exception cref="Kernel.Refusal"><c>repository.object_missing</c> when the object is absent or damaged.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(SourceEntry entry, CancellationToken cancel = default);

    /// <summary>
    /// Reads many files, far cheaper than one after the other. <paramref name="act"/> is called once for each, from several threads at
    /// once and in about the order given; what cannot be read (absent, damaged, too large, a submodule) is left out.
    /// </summary>
    async Task ReadEachAsync(IReadOnlyList<SourceEntry> entries, Action<SourceEntry, ReadOnlyMemory<byte>> act, CancellationToken cancel = default)
    {
        foreach (var entry in entries)
        {
            if (entry.Kind is SourceEntryKind.Submodule) continue;
            ReadOnlyMemory<byte> bytes;
            try
            {
                bytes = await ReadAsync(entry, cancel);
            }
            catch (Kernel.Refusal unreadable) when (unreadable.Code is "repository.file_too_large" or "repository.object_missing")
            {
                continue;
            }
            act(entry, bytes);
        }
    }

    /// <summary>Commits reachable from the commit, newest first, at most <paramref name="limit"/>; fewer when the clone is shallow.</summary>
    ValueTask<IReadOnlyList<SourceCommit>> LogAsync(int limit, CancellationToken cancel = default);

    /// <summary>All tags that are known, with the commit each points at (annotated tags are peeled) and its date where known.</summary>
    ValueTask<IReadOnlyList<SourceTag>> TagsAsync(CancellationToken cancel = default);
}

/// <summary>What a tree is a tree of.</summary>
public sealed record SourceIdentity
{
    /// <summary>What the user named, with any credential removed: a path, a URL or <c>owner/name</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The last segment of the origin, without <c>.git</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Owner or group on the host, where there is one.</summary>
    public string? Owner { get; init; }

    /// <summary>Host in lower case (<c>github.com</c>), where the origin is a known URL.</summary>
    public string? Host { get; init; }

    /// <summary>Browsable address without credentials, such as <c>https://github.com/owner/name</c>, where the origin is known.</summary>
    public Uri? WebUrl { get; init; }

    /// <summary>Full object name of the commit, lower-case hex.</summary>
    public required string Commit { get; init; }

    /// <summary>The ref that was resolved (<c>main</c>, <c>v1.2.0</c>), or null for a bare commit.</summary>
    public string? Ref { get; init; }

    /// <summary>The repository's own default branch as its HEAD says; null when HEAD names none. Never guessed.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>Committer date of the commit.</summary>
    public required DateTimeOffset CommittedAt { get; init; }

    /// <summary>True when history is cut off (a shallow clone), so counts over history are lower bounds.</summary>
    public bool IsShallow { get; init; }
}

/// <summary>What an entry of a tree is.</summary>
public enum SourceEntryKind { File, ExecutableFile, Symlink, Submodule }

/// <summary>One entry of a commit's tree.</summary>
/// <param name="Path">Relative path with <c>/</c>, exactly as Git has it (valid UTF-8; other bytes are replaced).</param>
/// <param name="Kind">File, executable file, symbolic link or submodule.</param>
/// <param name="ObjectId">Git object name, lower-case hex.</param>
/// <param name="Bytes">Size of the object in bytes; 0 for submodules.</param>
public sealed record SourceEntry(string Path, SourceEntryKind Kind, string ObjectId, long Bytes)
{
    /// <summary>The last segment of the path.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>True for plain and executable files.</summary>
    public bool IsFile => Kind is SourceEntryKind.File or SourceEntryKind.ExecutableFile;
}

/// <summary>One commit of the history; names are mapped by the repository's own <c>.mailmap</c>.</summary>
/// <param name="Id">Full object name.</param>
/// <param name="AuthorName">Author after mailmap.</param>
/// <param name="AuthorEmail">Author's address after mailmap: personal data, used to group, never published.</param>
/// <param name="AuthoredAt">Author date.</param>
/// <param name="Message">Whole message.</param>
public sealed record SourceCommit(string Id, string AuthorName, string AuthorEmail, DateTimeOffset AuthoredAt, string Message);

/// <summary>A tag, peeled to its commit.</summary>
/// <param name="Name">Short name, for example <c>v1.2.0</c> or <c>create-app@3.1.0</c>.</param>
/// <param name="Commit">Object name of the commit it points at.</param>
/// <param name="At">Tagger or commit date, where the object is present.</param>
public sealed record SourceTag(string Name, string Commit, DateTimeOffset? At);
