using System.Collections.Concurrent;
using Rialto.Kernel;

namespace Rialto.Repositories.Git;

/// <summary>A few object readers shared by everyone who reads the same repository. A reader that fails is replaced.</summary>
internal sealed class ObjectPool(string gitDirectory, long maxFileBytes) : IAsyncDisposable
{
    // Commits and tags are read whatever the limit for files says.
    private readonly long maxBytes = Math.Max(maxFileBytes, 4L * 1024 * 1024);
    private static readonly int MaxReaders = Math.Clamp(Environment.ProcessorCount, 2, 8);
    private readonly ConcurrentBag<ObjectReader> idle = [];
    private readonly SemaphoreSlim free = new(MaxReaders);
    private bool closed;

    /// <summary>The object that <paramref name="name"/> names.</summary>
    /// <param name="name">An object name, or one with a suffix such as <c>^{commit}</c>. Never text from outside: it may not hold a line end.</param>
    /// <param name="what">What it is to the reader, for the refusal: a path or "commit 1234".</param>
    /// <param name="cancel">Ends the read.</param>
    /// <exception cref="Refusal"><c>repository.object_missing</c>, <c>repository.file_too_large</c>.</exception>
    public async ValueTask<GitObject> ReadAsync(string name, string what, CancellationToken cancel = default) =>
        await FindAsync(name, what, cancel) ?? throw Missing(what);

    /// <summary>The object, or null when the database does not have it.</summary>
    /// <exception cref="Refusal"><c>repository.object_missing</c> when it is there but damaged, <c>repository.file_too_large</c>.</exception>
    public async ValueTask<GitObject?> FindAsync(string name, string what, CancellationToken cancel = default)
    {
        await free.WaitAsync(cancel);
        ObjectReader? reader = null;
        try
        {
            ObjectDisposedException.ThrowIf(closed, this);
            if (!idle.TryTake(out reader)) reader = new ObjectReader(gitDirectory);
            using var stop = cancel.Register(reader.Kill);
            var found = reader.Read(name, maxBytes);
            (var healthy, reader) = (reader, null);
            idle.Add(healthy);
            return found;
        }
        catch (ObjectTooLargeException large)
        {
            throw TooLarge(what, large.SizeBytes, maxBytes);
        }
        catch (Exception broken) when (broken is IOException or EndOfStreamException)
        {
            cancel.ThrowIfCancellationRequested();
            throw Missing(what);
        }
        finally
        {
            if (reader is not null) await reader.DisposeAsync();
            free.Release();
        }
    }

    public static Refusal TooLarge(string what, long sizeBytes, long maxBytes) => new("repository.file_too_large",
        $"{what} has {sizeBytes} bytes, over the limit of {maxBytes} (MaxFileBytes); raise it with RIALTO_MAX_FILE_BYTES.", 413);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        closed = true;
        while (idle.TryTake(out var reader)) await reader.DisposeAsync();
    }

    private static Refusal Missing(string what) => new("repository.object_missing",
        $"The repository is damaged or incomplete: {what} cannot be read; run git fsck there, or fetch it again.");
}
