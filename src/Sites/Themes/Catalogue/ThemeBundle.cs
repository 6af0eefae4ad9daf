using System.Security.Cryptography;
using System.Text;
using Rialto.Sites.Themes.Colour;

namespace Rialto.Sites.Themes.Catalogue;

/// <summary>The files a site of one theme needs beside its pages: one style sheet, one script, its fonts. Made once for each site.</summary>
public sealed class ThemeBundle
{
    private static readonly string[] SharedStyles = ["reset", "base", "chrome", "controls", "sections", "prose", "docs", "syntax", "print"];

    private ThemeBundle(ThemeDescription theme, IReadOnlyList<ThemeFile> files, string style, string script)
    {
        Theme = theme;
        Files = files;
        Style = style;
        Script = script;
    }

    public ThemeDescription Theme { get; }

    /// <summary>All files to write, paths relative to the site's root; names carry their content's hash and may be cached for ever.</summary>
    public IReadOnlyList<ThemeFile> Files { get; }

    /// <summary>Path of the style sheet.</summary>
    public string Style { get; }

    /// <summary>The style sheet itself, without its fonts, whose addresses are relative to it.</summary>
    public string StyleText => field ??= WithoutFonts(Encoding.UTF8.GetString(Files.First(file => file.Path == Style).Content));

    /// <summary>Path of the script that makes copying, the drawer and the colour scheme comfortable.</summary>
    public string Script { get; }

    // On a slow line a larger font would delay the style sheet, and with it the first paint; its fallback has the same measures.
    private const int LargestPreloadBytes = 45_000;

    /// <summary>Path of the font worth preloading; null when it is so large that the first paint would wait for it.</summary>
    public string? PreloadFont => Files.First(file => file.Path == "assets/fonts/" + Theme.Fonts[0]) is { Content.Length: <= LargestPreloadBytes } font ? font.Path : null;

    /// <param name="theme">The theme.</param>
    /// <param name="accent">CSS hex colour of the project, made readable on both backgrounds; null or unreadable text keeps the theme's own.</param>
    public static ThemeBundle Create(ThemeDescription theme, string? accent)
    {
        var tokens = ThemeResources.Text($"{theme.Folder}/tokens.css");
        var css = new StringBuilder();
        css.Append(FontFaces.For(theme.Fonts)).Append(tokens);
        css.Append(AccentPalette.Css(accent, ThemeTokens.Parse(tokens)));
        foreach (var name in SharedStyles) css.Append(ThemeResources.Text($"Styles/{name}.css"));
        css.Append(ThemeResources.Text($"{theme.Folder}/theme.css"));
        var style = Named("site", "css", Encoding.UTF8.GetBytes(CssMinifier.Minify(css.ToString())));
        var script = Named("site", "js", ThemeResources.Bytes("Scripts/site.js"));
        var fonts = theme.Fonts.Select(f => new ThemeFile("assets/fonts/" + f, ThemeResources.Bytes("Fonts/" + f)));
        var licences = FontFaces.Families(theme.Fonts).Select(f => new ThemeFile($"assets/fonts/{f}-licence.txt", ThemeResources.Bytes($"Fonts/licences/{f}.txt")));
        return new ThemeBundle(theme, [style, script, .. fonts, .. licences], style.Path, script.Path);
    }

    private static string WithoutFonts(string css)
    {
        var kept = new StringBuilder(css.Length);
        for (var at = 0; at < css.Length;)
        {
            var face = css.IndexOf("@font-face", at, StringComparison.Ordinal);
            var end = face < 0 ? -1 : css.IndexOf('}', face);
            if (end < 0) return kept.Append(css, at, css.Length - at).ToString();
            kept.Append(css, at, face - at);
            at = end + 1;
        }
        return kept.ToString();
    }

    private static ThemeFile Named(string name, string extension, byte[] content) =>
        new($"assets/{name}.{Convert.ToHexStringLower(SHA256.HashData(content))[..10]}.{extension}", content);
}

/// <param name="Path">Relative to the site's root.</param>
public sealed record ThemeFile(string Path, byte[] Content);
