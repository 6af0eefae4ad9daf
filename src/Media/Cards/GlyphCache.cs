using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Rialto.Media;

/// <summary>Bitmaps of the glyphs of one drawing, made when first used: a thousand Latin cards share some two hundred.</summary>
internal sealed class GlyphCache
{
    /// <summary>Glyphs stand on quarters of a pixel: finer steps cannot be seen.</summary>
    private const int Steps = 4;

    private readonly ConcurrentDictionary<(string Key, int Id, int Size, int Step), GlyphBitmap> bitmaps = new();

    /// <param name="glyph">Which glyph.</param>
    /// <param name="outlines">The answer's attached bytes, where its outline is.</param>
    /// <param name="size">Pixels per em.</param>
    /// <param name="x64">Where it stands, in 1/64 pixel.</param>
    public GlyphBitmap Get(GlyphReference glyph, ReadOnlyMemory<byte> outlines, int size, int x64)
    {
        var key = (glyph.Key, glyph.Id, size, Step: (x64 & 63) * Steps / 64);
        if (bitmaps.TryGetValue(key, out var bitmap)) return bitmap;
        var outline = MemoryMarshal.Cast<byte, short>(outlines.Span).Slice(glyph.At, glyph.Length);
        return bitmaps[key] = GlyphOutline.Draw(outline, size / (float)glyph.Upem, key.Step / (float)Steps);
    }
}
