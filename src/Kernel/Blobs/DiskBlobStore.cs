using System.Buffers;
using System.Security.Cryptography;

namespace Rialto.Kernel;

/// <summary>Blobs in a folder: <c>ab/cd/abcd…</c>. Written beside, flushed to the disk, then renamed into place, so a crash leaves whole blobs or none.</summary>
public sealed class DiskBlobStore : IBlobStore
{
    private const int BufferBytes = 128 * 1024;
    private readonly string folder, incoming;

    /// <param name="folder">Made when absent. Many nodes may share it when the file system renames atomically.</param>
    public DiskBlobStore(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        incoming = Path.Combine(this.folder, "incoming");
        Directory.CreateDirectory(incoming);
    }

    /// <inheritdoc/>
    /// <exception cref="Refusal"><c>blobs.disk_full</c>.</exception>
    public async Task<BlobInfo> PutAsync(Stream content, CancellationToken cancel = default)
    {
        var arriving = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var (id, size) = await WriteAsync(arriving, content, cancel);
            var place = PlaceOf(id);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            // Put into place even when it is there already: that makes it young, and the collector cannot take it from under us.
            File.Move(arriving, place, overwrite: true);
            return new BlobInfo(id, size);
        }
        catch (IOException full) when (IsDiskFull(full))
        {
            throw new Refusal("blobs.disk_full", "The disk of the blob store is full; make room or move the data folder.", 503);
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(BlobId id, CancellationToken cancel = default)
    {
        try
        {
            return Task.FromResult<Stream>(new FileStream(PlaceOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new Refusal("blobs.missing", $"The blob {id} is not in the store; publish again what it belongs to.", 503);
        }
    }

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(BlobId id, CancellationToken cancel = default) => Task.FromResult(File.Exists(PlaceOf(id)));

    /// <inheritdoc/>
    public async Task<int> CollectAsync(Func<IReadOnlyList<BlobId>, Task<IReadOnlySet<BlobId>>> isReferenced, TimeSpan minimumAge, CancellationToken cancel = default)
    {
        var before = DateTime.UtcNow - minimumAge;
        foreach (var left in Directory.EnumerateFiles(incoming))
            if (File.GetLastWriteTimeUtc(left) < before) File.Delete(left);
        var removed = 0;
        foreach (var shard in Directory.EnumerateDirectories(folder).Where(name => Path.GetFileName(name).Length == 2))
        {
            cancel.ThrowIfCancellationRequested();
            var old = Directory.EnumerateFiles(shard, "*", SearchOption.AllDirectories)
                .Where(file => File.GetLastWriteTimeUtc(file) < before).Select(file => BlobId.Parse(Path.GetFileName(file))).ToArray();
            if (old.Length == 0) continue;
            var wanted = await isReferenced(old);
            removed += old.Count(id => !wanted.Contains(id) && Remove(id, before));
        }
        return removed;
    }

    /// <summary>Takes content in without keeping it: its name, its size, and the file it is in, which the caller deletes.</summary>
    internal async Task<(BlobInfo Info, string File)> ReceiveAsync(Stream content, CancellationToken cancel)
    {
        var path = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var (id, size) = await WriteAsync(path, content, cancel);
            return (new BlobInfo(id, size), path);
        }
        catch (Exception failure)
        {
            File.Delete(path);
            if (failure is IOException full && IsDiskFull(full)) throw new Refusal("blobs.disk_full", "The disk of the blob store is full; make room or move the data folder.", 503);
            throw;
        }
    }

    // Taken away first and looked at then: what was kept anew in the meantime is young and goes back.
    private bool Remove(BlobId id, DateTime before)
    {
        var (place, taken) = (PlaceOf(id), Path.Combine(incoming, "removed-" + Guid.NewGuid().ToString("N")));
        try
        {
            File.Move(place, taken);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        var isOld = File.GetLastWriteTimeUtc(taken) < before;
        if (isOld) File.Delete(taken);
        else File.Move(taken, place, overwrite: true);
        return isOld;
    }

    private static async Task<(BlobId Id, long Size)> WriteAsync(string path, Stream content, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            while (await content.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
                await file.WriteAsync(buffer.AsMemory(0, count), cancel);
            }
            file.Flush(flushToDisk: true);
            return (BlobId.Of(hash.GetHashAndReset()), file.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private string PlaceOf(BlobId id) => Path.Combine(folder, id.Value[..2], id.Value[2..4], id.Value);

    // ENOSPC and EDQUOT on Linux, ERROR_DISK_FULL on Windows, by the low half of the code.
    private static bool IsDiskFull(IOException failure) => (failure.HResult & 0xFFFF) is 28 or 122 or 112;
}
