namespace Rialto.Media;

/// <summary>
/// Turns a repository's picture into what a browser loads quickly: AVIF and WebP in several widths beside a fallback everyone can read.
/// Metadata (position, camera, thumbnails) is removed. Results are cached by the SHA-256 of the input and the request. Safe for concurrent use.
/// </summary>
public interface IPictures
{
    /// <summary>Converts one picture. An SVG is sanitised and kept as SVG; an animation stays an animation (WebP beside the original GIF).</summary>
    /// <exception cref="Rialto.Kernel.Refusal">
    /// <c>picture.unreadable</c> (not a picture, or damaged), <c>picture.too_large</c> (more than 64 megapixels or 32 MB),
    /// <c>workshop.unavailable</c> (only for pictures that need decoding: SVG works without).
    /// </exception>
    Task<ConvertedPicture> ConvertAsync(ReadOnlyMemory<byte> original, PictureRequest? request = null, CancellationToken cancel = default);
}

/// <summary>How to convert.</summary>
public sealed record PictureRequest
{
    /// <summary>Widths wanted, in pixels. Those above the original's are left out; the original's own width (up to the largest wanted) is always there.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [480, 960, 1440];

    /// <summary>Whether AVIF is made as well: a third smaller than WebP, several times slower to make.</summary>
    public bool Avif { get; init; } = true;
}

/// <summary>A picture and its encodings.</summary>
public sealed record ConvertedPicture
{
    /// <summary>Size of the original in pixels, turned upright; null for an SVG without one.</summary>
    public int? Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public int? Height { get; init; }

    /// <summary>Whether it moves.</summary>
    public bool Animated { get; init; }

    /// <summary>What every browser reads: for <c>src</c>.</summary>
    public required PictureFile Fallback { get; init; }

    /// <summary>Other encodings, grouped by type, best type first, widths ascending: for <c>srcset</c>.</summary>
    public required IReadOnlyList<PictureFile> Sources { get; init; }
}

/// <summary>One encoded file.</summary>
/// <param name="MediaType"><c>image/avif</c>, <c>image/webp</c>, <c>image/png</c>, <c>image/jpeg</c>, <c>image/gif</c> or <c>image/svg+xml</c>.</param>
/// <param name="Extension">With its dot: <c>.webp</c>.</param>
/// <param name="Width">Pixels; 0 for an SVG without a size.</param>
/// <param name="Height">Pixels; 0 for an SVG without a size.</param>
/// <param name="Bytes">The file.</param>
public sealed record PictureFile(string MediaType, string Extension, int Width, int Height, ReadOnlyMemory<byte> Bytes);
