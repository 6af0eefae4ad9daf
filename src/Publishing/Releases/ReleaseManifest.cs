using System.Text.Json;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Every file of one release. Kept as a blob; the same site gives the same bytes, so its name says what the site is.</summary>
internal sealed record ReleaseManifest
{
    /// <summary>Content-Security-Policy of the pages.</summary>
    public required string Policy { get; init; }

    /// <summary>Ordered by path (ordinal).</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }

    /// <summary>Keeps <paramref name="manifest"/> and returns its name.</summary>
    public static async Task<BlobId> PutAsync(IBlobStore blobs, ReleaseManifest manifest, CancellationToken cancel)
    {
        using var bytes = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, PublishingJson.Default.ReleaseManifest));
        return (await blobs.PutAsync(bytes, cancel)).Id;
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="Refusal"><c>blobs.missing</c>.</exception>
    public static async Task<ReleaseManifest> OpenAsync(IBlobStore blobs, string id, CancellationToken cancel)
    {
        await using var stream = await blobs.OpenAsync(BlobId.Parse(id), cancel);
        return (await JsonSerializer.DeserializeAsync(stream, PublishingJson.Default.ReleaseManifest, cancel))!;
    }
}

/// <summary>One file.</summary>
/// <param name="Path">Relative, with <c>/</c>.</param>
/// <param name="Blob">SHA-256 of its bytes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Type">Content-Type.</param>
/// <param name="Brotli">The same compressed; null when that gains nothing.</param>
/// <param name="Gzip">The same compressed; null when that gains nothing.</param>
internal sealed record ManifestFile(string Path, string Blob, long Bytes, string Type, StoredCopy? Brotli = null, StoredCopy? Gzip = null)
{
    /// <summary>True for a page.</summary>
    public bool IsPage => Path.EndsWith(".html", StringComparison.Ordinal);
}

/// <summary>A compressed copy.</summary>
/// <param name="Blob">SHA-256 of the compressed bytes.</param>
/// <param name="Bytes">Their number.</param>
internal sealed record StoredCopy(string Blob, long Bytes);
