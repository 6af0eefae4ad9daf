using Rialto.Kernel;

namespace Rialto.Media;

/// <summary>Decides whether a file can stand as a logo, and makes it harmless.</summary>
internal static class LogoPicture
{
    private const int LargestBytes = 8 * 1024 * 1024;

    /// <summary>The picture to rasterise (an SVG is sanitised first); null when it is no picture, too large, or much wider than high.</summary>
    public static ReadOnlyMemory<byte>? Usable(ReadOnlyMemory<byte> file)
    {
        if (file.Length > LargestBytes || ImageHeader.Read(file.Span) is not { } header) return null;
        if (header.Width > 0 && (header.Width > header.Height * 2 || header.Height > header.Width * 2)) return null;
        if (header.Kind != ImageKind.Svg) return file;
        try { return Svg.Sanitise(file.Span).Bytes; }
        catch (Refusal) { return null; }
    }
}
