namespace Rialto.Media;

/// <summary>A card's pixels: palette indexes in PNG rows (one filter byte, always 0, before each row).</summary>
internal static class CardCanvas
{
    public const int Width = 1200, Height = 630, Stride = Width + 1;

    /// <summary>Draws a line of text.</summary>
    /// <param name="pixels">Whole rows, the first of which is row <paramref name="firstRow"/> of the card.</param>
    public static void Text(Span<byte> pixels, int firstRow, SetLine line, ShapedCards shaped, int size, int x, int baseline, Ink ink)
    {
        var rows = pixels.Length / Stride;
        for (var i = 0; i + 2 < line.Glyphs.Length; i += 3)
        {
            var x64 = line.Glyphs[i + 1];
            var bitmap = shaped.Glyphs.Get(shaped.References[line.Glyphs[i]], shaped.Outlines, size, x64);
            int left = x + (x64 >> 6) + bitmap.Left, top = baseline - (line.Glyphs[i + 2] + 32 >> 6) + bitmap.Top - firstRow;
            int from = Math.Max(0, -left), to = Math.Min(bitmap.Width, Width - left);
            if (from >= to) continue;
            for (var row = Math.Max(0, -top); row < bitmap.Height && top + row < rows; row++)
            {
                var source = bitmap.Coverage.AsSpan(row * bitmap.Width, bitmap.Width)[from..to];
                var target = pixels.Slice((top + row) * Stride + 1 + left + from, source.Length);
                for (var column = 0; column < source.Length; column++)
                {
                    if (source[column] == 0) continue;
                    var index = ink.At(source[column]);
                    // Neighbours that overlap: the stronger of the two, never a seam.
                    ref var pixel = ref target[column];
                    if (pixel < ink.First || pixel > ink.Full || index > pixel) pixel = index;
                }
            }
        }
    }

    /// <summary>Fills a rectangle with rounded corners; its edge is smooth.</summary>
    public static void Round(Span<byte> pixels, int x, int y, int width, int height, double radius, Ink ink)
    {
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
            {
                double dx = Math.Max(Math.Max(radius - column - 0.5, column + 0.5 - (width - radius)), 0), dy = Math.Max(Math.Max(radius - row - 0.5, row + 0.5 - (height - radius)), 0);
                var inside = Math.Clamp(radius - Math.Sqrt(dx * dx + dy * dy) + 0.5, 0, 1);
                if (inside > 0) pixels[(y + row) * Stride + 1 + x + column] = ink.At((int)(inside * 255));
            }
    }
}

/// <summary>An answer of the workshop, ready to draw from.</summary>
internal sealed record ShapedCards(IReadOnlyList<SetParagraph> Paragraphs, IReadOnlyList<GlyphReference> References, ReadOnlyMemory<byte> Outlines, GlyphCache Glyphs);
