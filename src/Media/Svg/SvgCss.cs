using System.Text.RegularExpressions;

namespace Rialto.Media;

/// <summary>Makes style sheets and style values inside an SVG harmless.</summary>
internal static partial class SvgCss
{
    /// <summary>The style without anything that leaves the file; empty when it hides something (escapes) or fetches by rule.</summary>
    public static string Clean(string css)
    {
        css = Comment().Replace(css, " ");
        // Escapes can spell "url(" and "@import" in other letters; no drawing program writes them.
        if (css.Contains('\\') || css.Contains('<')) return "";
        if (Fetching().IsMatch(css)) return "";
        return Reference().Replace(css, found => IsLocal(found.Groups[1].Value) ? found.Value : "none");
    }

    /// <summary>Whether a reference stays in the file.</summary>
    public static bool IsLocal(string reference) => reference.Trim(' ', '"', '\'', '\t', '\n', '\r') is ['#', ..];

    [GeneratedRegex(@"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|/\*.*$", RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"@import|@font-face|@namespace|@document|expression\s*\(|javascript:|behavior\s*:|-moz-binding|image-set\s*\(|src\s*\(", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Fetching();

    // An unclosed url( reaches to the end: browsers close it there.
    [GeneratedRegex(@"url\s*\(([^)]*)(?:\)|$)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
