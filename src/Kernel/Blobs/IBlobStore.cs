namespace Rialto.Kernel;

/// <summary>
/// Bytes under the name of their SHA-256: the same content is kept once, and what a name holds never changes. A name is only ever
/// visible with its whole content. Safe for concurrent use, also by many nodes.
/// </summary>
public interface IBlobStore
{
    /// <summary>Keeps what <paramref name="content"/> holds, to its end, and returns its name and size. Keeping it again costs no space.</summary>
    Task<BlobInfo> PutAsync(Stream content, CancellationToken cancel = default);

    /// <summary>Opens a blob for reading, seekable. Dispose it.</summary>
    /// <exception cref="Refusal"><c>blobs.missing</c>.</exception>
    Task<Stream> OpenAsync(BlobId id, CancellationToken cancel = default);

    /// <summary>True when it is there.</summary>
    Task<bool> ExistsAsync(BlobId id, CancellationToken cancel = default);

    /// <summary>
    /// Removes what <paramref name="isReferenced"/> does not want and what is older than <paramref name="minimumAge"/>; the age protects blobs
    /// whose reference is about to be committed, so it must exceed the longest transaction. Returns how many were removed.
    /// </summary>
    Task<int> CollectAsync(Func<IReadOnlyList<BlobId>, Task<IReadOnlySet<BlobId>>> isReferenced, TimeSpan minimumAge, CancellationToken cancel = default);
}

/// <summary>A blob, after it was kept.</summary>
/// <param name="Id">Its name.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record BlobInfo(BlobId Id, long SizeBytes);
