using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rialto.Kernel;

/// <summary>Recognises an SVG by its root element and reads its size from <c>width</c> and <c>height</c>, else from <c>viewBox</c>.</summary>
internal static partial class SvgHeader
{
    private const int LookChars = 64 * 1024;

    public static ImageHeader? Read(ReadOnlySpan<byte> file)
    {
        var start = file[..Math.Min(file.Length, 16)];
        if (start.IndexOf((byte)'<') < 0 && start.IndexOfAnyExcept(" \t\r\n\uFEFF"u8) >= 0) return null;
        if (file.IndexOf("<svg"u8) < 0) return null;
        var text = Encoding.UTF8.GetString(file[..Math.Min(file.Length, LookChars)]);
        var tag = Root().Match(text);
        if (!tag.Success) return null;
        double? width = null, height = null, boxWidth = null, boxHeight = null;
        foreach (Match attribute in Attribute().Matches(tag.Value))
        {
            var value = attribute.Groups[2].Value.Trim('"', '\'', ' ');
            switch (attribute.Groups[1].Value)
            {
                case "width": width = Length(value); break;
                case "height": height = Length(value); break;
                case "viewBox":
                    var parts = value.Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
                    if (parts.Length == 4) (boxWidth, boxHeight) = (Length(parts[2]), Length(parts[3]));
                    break;
            }
        }
        // One of the two may be missing: the box gives the proportion.
        if (width is null && height is { } h && boxWidth is { } bw && boxHeight is { } bh) width = h * bw / bh;
        if (height is null && width is { } w && boxWidth is { } cw && boxHeight is { } ch) height = w * ch / cw;
        return new(ImageKind.Svg, Pixels(width ?? boxWidth), Pixels(height ?? boxHeight), false);
    }

    private static int Pixels(double? length) => length is > 0 and < 1e6 ? Math.Max(1, (int)Math.Round(length.Value)) : 0;

    /// <summary>A length in CSS pixels; null for percentages, relative units and nonsense.</summary>
    private static double? Length(string value)
    {
        var digits = value.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz% ");
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number <= 0) return null;
        return value.AsSpan(digits.Length).Trim() switch
        {
            "" or "px" => number,
            "pt" => number * 96 / 72,
            "pc" => number * 16,
            "in" => number * 96,
            "cm" => number * 96 / 2.54,
            "mm" => number * 96 / 25.4,
            _ => null,
        };
    }

    [GeneratedRegex("""<svg(\s[^>]*)?>""", RegexOptions.NonBacktracking)]
    private static partial Regex Root();

    [GeneratedRegex("""\s(width|height|viewBox)\s*=\s*("[^"]*"|'[^']*')""", RegexOptions.NonBacktracking)]
    private static partial Regex Attribute();
}
