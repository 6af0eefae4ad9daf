namespace Rialto.Kernel;

/// <summary>Whether bytes that somebody sent are a picture that may be kept and shown. The content decides, never a name or a declared type.</summary>
public static class UploadedPicture
{
    /// <summary>Most pixels: what a small file unfolds to when it is shown.</summary>
    public const long MostPixels = 40_000_000;

    /// <summary>Kinds that carry no scripts.</summary>
    public static IReadOnlyList<ImageKind> Plain { get; } = [ImageKind.Png, ImageKind.Jpeg, ImageKind.Gif, ImageKind.WebP, ImageKind.Avif];

    /// <summary>The media type to serve it with, always beside <c>nosniff</c>.</summary>
    public static string TypeOf(ImageKind kind) => kind switch
    {
        ImageKind.Png => "image/png", ImageKind.Jpeg => "image/jpeg", ImageKind.Gif => "image/gif", ImageKind.WebP => "image/webp", ImageKind.Avif => "image/avif", _ => "image/svg+xml",
    };

    /// <summary>Lets a picture pass and tells what it is.</summary>
    /// <param name="bytes">The whole upload.</param>
    /// <param name="declaredType">What the sender calls it; null when they say nothing.</param>
    /// <param name="mostBytes">Most bytes.</param>
    /// <param name="kinds">Kinds taken; <see cref="Plain"/> when null.</param>
    /// <exception cref="Refusal"><c>upload.too_large</c>, <c>upload.not_a_picture</c>, <c>upload.kind_closed</c>, <c>upload.type_differs</c>, <c>upload.too_many_pixels</c>.</exception>
    public static ImageHeader Require(ReadOnlySpan<byte> bytes, string? declaredType, int mostBytes, IReadOnlyList<ImageKind>? kinds = null)
    {
        if (bytes.Length > mostBytes) throw new Refusal("upload.too_large", FormattableString.Invariant($"The picture has {bytes.Length} bytes; {mostBytes} is the most."), 413);
        var header = ImageHeader.Read(bytes) ?? throw new Refusal("upload.not_a_picture", "The content is not a picture that browsers show; send PNG, JPEG, GIF, WebP or AVIF.", 415);
        if (!(kinds ?? Plain).Contains(header.Kind))
            throw new Refusal("upload.kind_closed", $"{header.Kind} is not taken here; send {string.Join(", ", (kinds ?? Plain).Select(kind => kind.ToString()))}.", 415);
        var declared = declaredType?.Split(';')[0].Trim();
        if (declared is { Length: > 0 } and not "application/octet-stream" && !string.Equals(declared, TypeOf(header.Kind), StringComparison.OrdinalIgnoreCase))
            throw new Refusal("upload.type_differs", $"It is sent as {declared} and is {TypeOf(header.Kind)}.", 415);
        if ((long)header.Width * header.Height > MostPixels) throw new Refusal("upload.too_many_pixels", FormattableString.Invariant($"The picture has {header.Width} by {header.Height} pixels; {MostPixels} in all is the most."), 422);
        return header;
    }
}
