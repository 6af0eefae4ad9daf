using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Rialto.Kernel;
using Rialto.Sites;

namespace Rialto.Publishing;

/// <summary>
/// Takes a site's files while they are made: hashes, compresses and keeps them in parallel. What an earlier release has already
/// is only hashed. Nothing is visible to anyone until the release's row is committed.
/// </summary>
internal sealed class ReleaseOutput : ISiteOutput, IAsyncDisposable
{
    private const int QueueLength = 64;
    private readonly IBlobStore blobs;
    private readonly Dictionary<string, ManifestFile> known;
    private readonly ConcurrentDictionary<string, (long Turn, ManifestFile File)> files = new(StringComparer.Ordinal);
    private readonly Channel<(string Path, byte[] Content, long Turn)> queue = Channel.CreateBounded<(string, byte[], long)>(QueueLength);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] workers;
    private byte[]? frame;
    private long turns;

    /// <param name="blobs">Where the bytes go.</param>
    /// <param name="known">An earlier release whose copies are taken over. Whoever commits the new one must make sure that it still exists.</param>
    public ReleaseOutput(IBlobStore blobs, ReleaseManifest? known = null)
    {
        this.blobs = blobs;
        this.known = (known?.Files ?? []).DistinctBy(file => (file.Blob, ContentTypes.IsCompressible(file.Path))).ToDictionary(file => Key(file.Blob, file.Path));
        workers = [.. Enumerable.Range(0, Math.Max(2, Environment.ProcessorCount)).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Files of the release that had to be kept anew.</summary>
    public int NewFiles => files.Values.Count(file => !known.ContainsKey(Key(file.File.Blob, file.File.Path)));

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel = default)
    {
        SitePaths.Require(path);
        var copy = content.ToArray();
        if (path == "404.html") frame = copy;
        try
        {
            await queue.Writer.WriteAsync((path, copy, Interlocked.Increment(ref turns)), cancel);
        }
        catch (ChannelClosedException closed) when (closed.InnerException is { } cause)
        {
            throw cause is Refusal refusal ? new Refusal(refusal.Code, refusal.Message, refusal.Status) : new IOException("A file of the release could not be kept.", cause);
        }
    }

    /// <summary>Waits until everything is kept and returns the whole release.</summary>
    public async Task<ReleaseManifest> FinishAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAll(workers);
        return new ReleaseManifest
        {
            Policy = PagePolicy.For(frame), Files = [.. files.Values.Select(file => file.File).OrderBy(file => file.Path, StringComparer.Ordinal)],
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopping.CancelAsync();
        await Task.WhenAll(workers).ContinueWith(_ => { }, TaskScheduler.Default);
        stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var (path, content, turn) in queue.Reader.ReadAllAsync(stopping.Token))
            {
                var file = await KeepAsync(path, content, stopping.Token);
                files.AddOrUpdate(path, (turn, file), (_, earlier) => earlier.Turn > turn ? earlier : (turn, file));
            }
        }
        catch (Exception failure)
        {
            // Whoever writes next is told, and nobody waits for a queue that is not emptied any more.
            queue.Writer.TryComplete(failure);
            throw;
        }
    }

    private async Task<ManifestFile> KeepAsync(string path, byte[] content, CancellationToken cancel)
    {
        var blob = Convert.ToHexStringLower(SHA256.HashData(content));
        var type = ContentTypes.Of(path);
        if (known.TryGetValue(Key(blob, path), out var before)) return before with { Path = path, Type = type };
        await PutAsync(content, cancel);
        if (!ContentTypes.IsCompressible(path)) return new ManifestFile(path, blob, content.Length, type);
        return new ManifestFile(path, blob, content.Length, type, await CopyAsync(Compression.Brotli(content), cancel), await CopyAsync(Compression.Gzip(content), cancel));
    }

    private async Task<StoredCopy?> CopyAsync(byte[]? packed, CancellationToken cancel) =>
        packed is null ? null : new StoredCopy((await PutAsync(packed, cancel)).Id.Value, packed.Length);

    private async Task<BlobInfo> PutAsync(byte[] content, CancellationToken cancel)
    {
        using var stream = new MemoryStream(content, writable: false);
        return await blobs.PutAsync(stream, cancel);
    }

    private static string Key(string blob, string path) => ContentTypes.IsCompressible(path) ? blob + "+" : blob;
}
