using System.Text;

namespace Rialto.Sites.Themes.Catalogue;

/// <summary>
/// The fonts' <c>@font-face</c> rules. Each family has a fallback of the same width and height made from a font that is
/// on every machine, so that text does not move when the real one arrives.
/// </summary>
internal static class FontFaces
{
    private const string Latin = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD";

    private static readonly Face[] Faces =
    [
        new("geist.woff2", "geist", "Geist", "100 900"),
        new("jetbrains-mono.woff2", "jetbrains-mono", "JetBrains Mono", "100 800"),
        new("ibm-plex-sans-400.woff2", "ibm-plex-sans", "IBM Plex Sans", "400"),
        new("ibm-plex-sans-600.woff2", "ibm-plex-sans", "IBM Plex Sans", "600"),
        new("ibm-plex-mono-400.woff2", "ibm-plex-mono", "IBM Plex Mono", "400"),
        new("ibm-plex-mono-600.woff2", "ibm-plex-mono", "IBM Plex Mono", "600"),
        new("fraunces.woff2", "fraunces", "Fraunces", "100 900"),
        new("instrument-sans.woff2", "instrument-sans", "Instrument Sans", "400 700"),
        new("bricolage-grotesque.woff2", "bricolage-grotesque", "Bricolage Grotesque", "200 800"),
        new("figtree.woff2", "figtree", "Figtree", "300 900"),
        new("newsreader.woff2", "newsreader", "Newsreader", "200 800"),
        new("newsreader-italic.woff2", "newsreader", "Newsreader", "200 800", "italic"),
    ];

    /// <summary>Adjusted fallbacks: local font, size, ascent and descent, from the horizontal metrics of both fonts over English letter frequencies.</summary>
    private static readonly Dictionary<string, Fallback> Fallbacks = new()
    {
        ["Geist"] = new("local(\"Arial\"),local(\"Liberation Sans\")", "105.5", "95.3", "28.0"),
        ["JetBrains Mono"] = new("local(\"Courier New\"),local(\"Liberation Mono\")", "100.0", "102.0", "30.0"),
        ["IBM Plex Sans"] = new("local(\"Arial\"),local(\"Liberation Sans\")", "101.2", "101.3", "27.2"),
        ["IBM Plex Mono"] = new("local(\"Courier New\"),local(\"Liberation Mono\")", "100.0", "102.5", "27.5"),
        ["Fraunces"] = new("local(\"Times New Roman\"),local(\"Liberation Serif\")", "127.7", "76.6", "20.0"),
        ["Instrument Sans"] = new("local(\"Arial\"),local(\"Liberation Sans\")", "102.6", "94.6", "24.4"),
        ["Bricolage Grotesque"] = new("local(\"Arial\"),local(\"Liberation Sans\")", "112.0", "83.0", "24.1"),
        ["Figtree"] = new("local(\"Arial\"),local(\"Liberation Sans\")", "100.1", "94.9", "25.0"),
        ["Newsreader"] = new("local(\"Times New Roman\"),local(\"Liberation Serif\")", "105.5", "69.7", "25.1"),
    };

    public static string For(IReadOnlyList<string> files)
    {
        var css = new StringBuilder();
        foreach (var face in Faces.Where(f => files.Contains(f.File)))
            css.Append($"@font-face{{font-family:\"{face.Family}\";src:url(fonts/{face.File}) format(\"woff2\");font-weight:{face.Weight};font-style:{face.Style};font-display:swap;unicode-range:{Latin}}}");
        foreach (var family in Faces.Where(f => files.Contains(f.File)).Select(f => f.Family).Distinct())
            if (Fallbacks.TryGetValue(family, out var f))
                css.Append($"@font-face{{font-family:\"{family} Fallback\";src:{f.Local};size-adjust:{f.Size}%;ascent-override:{f.Ascent}%;descent-override:{f.Descent}%;line-gap-override:0%}}");
        return css.ToString();
    }

    /// <summary>Names of the licence files that go with these fonts.</summary>
    public static IEnumerable<string> Families(IReadOnlyList<string> files) => Faces.Where(f => files.Contains(f.File)).Select(f => f.Licence).Distinct();

    private sealed record Face(string File, string Licence, string Family, string Weight, string Style = "normal");

    private sealed record Fallback(string Local, string Size, string Ascent, string Descent);
}
