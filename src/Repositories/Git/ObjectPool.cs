using System.Collections.Concurrent;
using Rialto.Kernel;

namespace Rialto.Repositories.Git;

/// <summary>A few object readers shared by everyone who reads the same repository. A reader that fails is replaced.</summary>
internal sealed class ObjectPool(string gitDirectory, long maxFileBytes) : IAsyncDisposable
{
    // Commits and tags are read whatever the limit for files says.
    private readonly long maxBytes = Math.Max(maxFileBytes, 4L * 1024 * 1024);
    private static readonly int MaxReaders = Math.Clamp(Environment.ProcessorCount, 2, 8);
    private const int RunLength = 256;
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

    /// <summary>
    /// Reads many objects: the names go to a few readers in long runs, so nobody waits for a single answer. <paramref name="act"/> gets the
    /// position and the object, from several threads; null for what is absent, damaged or too large.
    /// </summary>
    public Task ReadEachAsync(IReadOnlyList<string> names, Action<int, GitObject?> act, CancellationToken cancel = default)
    {
        var runs = (names.Count + RunLength - 1) / RunLength;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaxReaders, CancellationToken = cancel };
        return Parallel.ForAsync(0, runs, parallel, async (run, token) =>
        {
            var first = run * RunLength;
            var part = new string[Math.Min(RunLength, names.Count - first)];
            for (var index = 0; index < part.Length; index++) part[index] = names[first + index];
            await ReadRunAsync(part, (index, found) => act(first + index, found), token);
        });
    }

    private async ValueTask ReadRunAsync(string[] names, Action<int, GitObject?> act, CancellationToken cancel)
    {
        await free.WaitAsync(cancel);
        ObjectReader? reader = null;
        try
        {
            ObjectDisposedException.ThrowIf(closed, this);
            for (var answered = 0; answered < names.Length;)
            {
                if (!idle.TryTake(out reader)) reader = new ObjectReader(gitDirectory);
                using var stop = cancel.Register(reader.Kill);
                try
                {
                    reader.ReadEach(names, maxBytes, ref answered, act);
                    (var healthy, reader) = (reader, null);
                    idle.Add(healthy);
                }
                catch (Exception broken) when (broken is IOException or EndOfStreamException)
                {
                    // Git dies of a damaged object; the next reader goes on behind it.
                    cancel.ThrowIfCancellationRequested();
                    act(answered++, null);
                    var dead = reader;
                    reader = null;
                    if (dead is not null) await dead.DisposeAsync();
                }
            }
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
        while (idle.TryTake(out var reader)) await reader.FinishAsync();
    }

    private static Refusal Missing(string what) => new("repository.object_missing",
        $"The repository is damaged or incomplete: {what} cannot be read; run git fsck there, or fetch it again.");
}
