using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Rialto.Media;

/// <summary>Initials on a tile in the accent colour, in a square of 64 units.</summary>
internal static class Monogram
{
    private const int Middle = 32;

    /// <summary>Half the height of a capital letter, in ems: what puts letters in the middle.</summary>
    private const double HalfCapital = 0.363;

    /// <param name="letters">From <see cref="Text"/> or <see cref="Outline"/>.</param>
    /// <param name="accent">Ground, <c>#rrggbb</c>.</param>
    /// <param name="round">With round corners; else the whole square is filled.</param>
    public static string Svg(string letters, string accent, bool round)
    {
        var ink = CardPalette.Luminance(CardPalette.Parse(accent)!.Value) > 0.4 ? "#11141f" : "#ffffff";
        return $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="{(round ? 14 : 0)}" fill="{accent}"/><g fill="{ink}">{letters}</g></svg>""";
    }

    public static int SizeOf(string initials) => initials.EnumerateRunes().Count() > 1 ? 28 : 36;

    /// <summary>Letters that the reader's machine draws.</summary>
    public static string Text(string initials) =>
        $"""<text x="32" y="32" dy=".36em" text-anchor="middle" font-family="Inter, system-ui, sans-serif" font-size="{SizeOf(initials)}" font-weight="700">{WebUtility.HtmlEncode(initials)}</text>""";

    /// <summary>Letters as a path.</summary>
    public static string Outline(SetLine line, int size, IReadOnlyList<GlyphReference> glyphs, ReadOnlySpan<byte> outlines)
    {
        var numbers = MemoryMarshal.Cast<byte, short>(outlines);
        var path = new StringBuilder();
        for (var i = 0; i + 2 < line.Glyphs.Length; i += 3)
        {
            var glyph = glyphs[line.Glyphs[i]];
            var (x, y) = (Middle - line.Width / 2.0 + line.Glyphs[i + 1] / 64.0, Middle + size * HalfCapital - line.Glyphs[i + 2] / 64.0);
            Append(path, numbers.Slice(glyph.At, glyph.Length), size / (double)glyph.Upem, x, y);
        }
        return $"""<path d="{path}"/>""";
    }

    private static void Append(StringBuilder path, ReadOnlySpan<short> outline, double scale, double x, double y)
    {
        for (var at = 0; at < outline.Length;)
        {
            var operation = outline[at++];
            // Contours of a font are closed by definition.
            if (operation == 0 && at > 1) path.Append('Z');
            path.Append("MLQC"[operation]);
            for (var end = at + operation switch { 2 => 4, 3 => 6, _ => 2 }; at < end; at += 2)
                path.Append(CultureInfo.InvariantCulture, $"{x + outline[at] * scale:0.##} {y - outline[at + 1] * scale:0.##} ");
        }
        path.Append('Z');
    }
}
