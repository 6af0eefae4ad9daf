using System.Security.Cryptography;
using System.Text;
using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Testing;

/// <summary>A source tree made of the bytes a test gives it, for tests of what reads trees and not of Git itself.</summary>
public sealed class MemoryTree : ISourceTree
{
    /// <summary>Commit that every memory tree claims to be, unless its identity says otherwise.</summary>
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly SortedDictionary<string, (SourceEntry Entry, byte[] Bytes)> files = new(StringComparer.Ordinal);
    private IReadOnlyList<SourceEntry>? entries;

    /// <inheritdoc/>
    public SourceIdentity Identity { get; init; } = new()
    {
        Source = "acme/product", Name = "product", Owner = "acme", Commit = Commit, Ref = "main", DefaultBranch = "main",
        CommittedAt = new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero),
    };

    /// <summary>What <see cref="LogAsync"/> answers, newest first.</summary>
    public IReadOnlyList<SourceCommit> Commits { get; init; } = [];

    /// <summary>What <see cref="TagsAsync"/> answers.</summary>
    public IReadOnlyList<SourceTag> Tags { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<SourceEntry> Entries => entries ??= [.. files.Values.Select(file => file.Entry)];

    /// <summary>Adds a text file and returns this, for chaining.</summary>
    public MemoryTree Add(string path, string text, SourceEntryKind kind = SourceEntryKind.File) => Add(path, Encoding.UTF8.GetBytes(text), kind);

    /// <inheritdoc cref="Add(string,string,SourceEntryKind)"/>
    public MemoryTree Add(string path, byte[] bytes, SourceEntryKind kind = SourceEntryKind.File)
    {
        byte[] header = [.. Encoding.ASCII.GetBytes($"blob {bytes.Length}"), 0];
        files[path] = (new SourceEntry(path, kind, Convert.ToHexStringLower(SHA1.HashData([.. header, .. bytes])), bytes.Length), bytes);
        entries = null;
        return this;
    }

    /// <inheritdoc/>
    public SourceEntry? Find(string path) => files.TryGetValue(path, out var file) ? file.Entry : null;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(SourceEntry entry, CancellationToken cancel = default) =>
        files.TryGetValue(entry.Path, out var file)
            ? ValueTask.FromResult<ReadOnlyMemory<byte>>(file.Bytes)
            : throw new Refusal("repository.object_missing", $"The repository misses {entry.Path}; fetch it again.");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SourceCommit>> LogAsync(int limit, CancellationToken cancel = default) =>
        ValueTask.FromResult<IReadOnlyList<SourceCommit>>([.. Commits.Take(limit)]);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SourceTag>> TagsAsync(CancellationToken cancel = default) => ValueTask.FromResult(Tags);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
