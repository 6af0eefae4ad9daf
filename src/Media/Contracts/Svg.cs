using Rialto.Kernel;

namespace Rialto.Media;

/// <summary>Makes SVG files harmless.</summary>
public static class Svg
{
    /// <summary>Largest file taken, in bytes.</summary>
    public const int LargestBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Keeps drawing and drops everything else: scripts, event handlers, foreign objects, links, entities, and every reference that leaves the file
    /// (pictures embedded as PNG, JPEG, GIF or WebP data stay). The result is safe inline, as a file, and to rasterise.
    /// </summary>
    /// <exception cref="Refusal"><c>picture.unreadable</c>: not well-formed or not SVG. <c>picture.too_large</c>: too many bytes, elements or copies (<c>use</c> of <c>use</c> …).</exception>
    public static SanitisedSvg Sanitise(ReadOnlySpan<byte> file) => SvgSanitiser.Sanitise(file);
}

/// <param name="Bytes">UTF-8, without declaration or DOCTYPE.</param>
/// <param name="Width">Pixels; 0 when the file names no size.</param>
/// <param name="Height">Pixels; 0 when the file names no size.</param>
public sealed record SanitisedSvg(ReadOnlyMemory<byte> Bytes, int Width, int Height);
