using Rialto.Kernel;
using Rialto.Repositories.Local;
using Rialto.Repositories.Sources;

namespace Rialto.Repositories.Uploads;

/// <summary>
/// Repositories that were uploaded. What is kept is one bundle, a blob; a node that opens it unpacks it once into a folder of its own.
/// </summary>
internal sealed class UploadedRepositories(IBlobStore blobs, RepositoriesOptions options, TimeProvider time)
{
    private readonly SemaphoreSlim unpacking = new(1);

    private string? Folder => options.Folder is { } folder ? Path.Combine(folder, "uploads") : null;

    /// <summary>Takes what <paramref name="content"/> holds, and returns it as a bundle with its branches.</summary>
    /// <param name="content">A ZIP archive or a bundle; read to its end, within the limits.</param>
    /// <param name="before">Bundle of the upload before, on which an archive's commit goes; null for none.</param>
    /// <param name="cancel">Cancels.</param>
    /// <exception cref="Refusal">Codes beginning <c>upload.</c>.</exception>
    public async Task<Upload> TakeAsync(Stream content, BlobId? before, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var file = Path.Combine(Directory.CreateTempSubdirectory("rialto-upload-").FullName, "upload");
        try
        {
            var kind = await SaveAsync(content, file, cancel);
            limit.CancelAfter(TimeSpan.FromSeconds(UploadLimits.TimeoutSeconds));
            await using var folder = await UploadFolder.CreateAsync(Folder, limit.Token);
            if (kind == UploadKind.Bundle) await folder.FetchAsync(file, limit.Token);
            else
            {
                if (before is { } older) await FetchAsync(folder, older, limit.Token);
                using var contents = ZipContents.Open(file);
                await folder.CommitAsync(contents, time.GetUtcNow(), limit.Token);
                File.Delete(file);
                await folder.BundleAsync(file, limit.Token);
            }
            var branches = await folder.BranchesAsync(limit.Token);
            if (branches.Count == 0) throw new Refusal("upload.empty", "The bundle holds no branch; make it with git bundle create FILE --all.", 422);
            await using var bundle = File.OpenRead(file);
            return new Upload((await blobs.PutAsync(bundle, cancel)).Id, branches, Usual(branches));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new Refusal("upload.too_slow", $"The upload could not be taken in within {UploadLimits.TimeoutSeconds:0} seconds; leave large files out of it.", 413);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    /// <summary>Opens one commit of an upload.</summary>
    /// <param name="bundle">The blob.</param>
    /// <param name="name">Name of the repository.</param>
    /// <param name="branch">Its default branch.</param>
    /// <param name="reference">Branch, tag or commit; null for the default branch.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<ISourceTree> OpenAsync(BlobId bundle, string name, string branch, string? reference, CancellationToken cancel)
    {
        var place = Path.Combine(Folder ?? Path.Combine(Path.GetTempPath(), "rialto-uploads"), bundle.Value, name + ".git");
        // One at a time: unpacking is rare, and two of the same would be in each other's way.
        await unpacking.WaitAsync(cancel);
        try
        {
            if (!Directory.Exists(place)) await UnpackAsync(bundle, branch, place, cancel);
        }
        finally
        {
            unpacking.Release();
        }
        return await LocalReading.OpenAsync(new LocalSource(place, reference), options.Limits(), cancel);
    }

    private async Task UnpackAsync(BlobId bundle, string branch, string place, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        await using var folder = await UploadFolder.CreateAsync(Path.GetDirectoryName(Path.GetDirectoryName(place))!, cancel);
        await FetchAsync(folder, bundle, cancel);
        folder.Point(branch);
        // Whole or not at all; another process may have been first.
        try
        {
            Directory.Move(folder.Path, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            // Then it is there.
        }
    }

    private async Task FetchAsync(UploadFolder folder, BlobId bundle, CancellationToken cancel)
    {
        var file = Path.Combine(folder.Path, "upload.bundle");
        await using (var kept = await blobs.OpenAsync(bundle, cancel))
        await using (var copy = File.Create(file))
            await kept.CopyToAsync(copy, cancel);
        await folder.FetchAsync(file, cancel);
        File.Delete(file);
    }

    private static async Task<UploadKind> SaveAsync(Stream content, string path, CancellationToken cancel)
    {
        await using var file = File.Create(path);
        var buffer = new byte[64 * 1024];
        var (head, total) = (new byte[16], 0L);
        while (await content.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            if (total < head.Length) buffer.AsSpan(0, (int)Math.Min(count, head.Length - total)).CopyTo(head.AsSpan((int)total));
            total += count;
            if (total > UploadLimits.MostBytes) throw new Refusal("upload.too_large", $"An upload may have {UploadLimits.MostBytes} bytes at most; leave out what is made from others.", 413);
            await file.WriteAsync(buffer.AsMemory(0, count), cancel);
        }
        return UploadSniffer.Of(head.AsSpan(0, (int)Math.Min(total, head.Length)));
    }

    // A bundle seldom names its HEAD; the usual names first, then whatever is there.
    private static string Usual(IReadOnlyList<(string Name, string Commit)> branches) =>
        new[] { "main", "master", "trunk", "develop" }.FirstOrDefault(name => branches.Any(branch => branch.Name == name)) ?? branches[0].Name;
}

/// <param name="Bundle">The blob.</param>
/// <param name="Branches">Branches and their commits.</param>
/// <param name="DefaultBranch">Which of them is shown.</param>
internal sealed record Upload(BlobId Bundle, IReadOnlyList<(string Name, string Commit)> Branches, string DefaultBranch)
{
    /// <summary>Commit of the default branch.</summary>
    public string Head => Branches.First(branch => branch.Name == DefaultBranch).Commit;
}
