using Microsoft.Extensions.Primitives;

namespace Rialto.Publishing;

/// <summary>One file with the headers of its answers.</summary>
internal sealed class ServedFile
{
    private const string ForEver = "public, max-age=31536000, immutable", Ask = "no-cache", AskOften = "public, max-age=300";

    /// <param name="file">From the manifest.</param>
    /// <param name="policy">Content-Security-Policy of pages.</param>
    /// <param name="extra">Headers the site's own <c>_headers</c> adds.</param>
    public ServedFile(ManifestFile file, string policy, IReadOnlyList<KeyValuePair<string, StringValues>> extra)
    {
        Path = file.Path;
        IsPage = file.IsPage;
        Type = file.Type;
        Plain = new ServedCopy(file.Blob, file.Bytes, default);
        Brotli = file.Brotli is { } brotli ? new ServedCopy(brotli.Blob, brotli.Bytes, "br") : null;
        Gzip = file.Gzip is { } gzip ? new ServedCopy(gzip.Blob, gzip.Bytes, "gzip") : null;
        IsHashed = SitePaths.IsHashed(file.Path);
        CacheControl = IsHashed ? ForEver : IsPage || file.Path is "sw.js" || !IsPicture(file.Type) ? Ask : AskOften;
        // An SVG opened by itself is a document and could run what is in it.
        Policy = IsPage ? policy : file.Type == "image/svg+xml" ? "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox" : default(StringValues);
        Extra = extra;
    }

    public string Path { get; }

    public bool IsPage { get; }

    public bool IsHashed { get; }

    public StringValues Type { get; }

    public StringValues CacheControl { get; }

    public StringValues Policy { get; }

    public IReadOnlyList<KeyValuePair<string, StringValues>> Extra { get; }

    public ServedCopy Plain { get; }

    public ServedCopy? Brotli { get; }

    public ServedCopy? Gzip { get; }

    /// <summary>Whether the answer depends on what the client accepts.</summary>
    public bool Varies => Brotli is not null || Gzip is not null;

    /// <summary>The copy a client that sends <paramref name="acceptEncoding"/> gets.</summary>
    public ServedCopy Choose(StringValues acceptEncoding)
    {
        if (!Varies || acceptEncoding.Count == 0) return Plain;
        var (brotli, gzip) = AcceptedEncodings.Read(acceptEncoding.ToString());
        if (Brotli is not null && brotli > 0 && (brotli >= gzip || Gzip is null)) return Brotli;
        return Gzip is not null && gzip > 0 ? Gzip : Plain;
    }

    private static bool IsPicture(string type) =>
        type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("font/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal);
}

/// <summary>The bytes of a file in one encoding.</summary>
internal sealed class ServedCopy(string blob, long bytes, StringValues encoding)
{
    /// <summary>Name of the blob.</summary>
    public string Blob { get; } = blob;

    /// <summary>Size.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Content-Encoding; none for the plain bytes.</summary>
    public StringValues Encoding { get; } = encoding;

    /// <summary>Strong: each encoding has its own bytes and so its own tag.</summary>
    public StringValues Etag { get; } = $"\"{blob[..32]}\"";
}
