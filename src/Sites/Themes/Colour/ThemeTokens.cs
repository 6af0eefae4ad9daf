using System.Text.RegularExpressions;

namespace Rialto.Sites.Themes.Colour;

/// <summary>The colour tokens of a theme, read from its one token file: <c>--name: light-dark(#…, #…)</c> or one colour for both.</summary>
internal sealed partial class ThemeTokens
{
    private readonly Dictionary<string, (Rgb Light, Rgb Dark)> colours = [];

    public IReadOnlyCollection<string> Names => colours.Keys;

    public static ThemeTokens Parse(string css)
    {
        var tokens = new ThemeTokens();
        foreach (Match m in Declaration().Matches(css))
        {
            var light = Rgb.Parse(m.Groups[2].Value)!.Value;
            tokens.colours[m.Groups[1].Value] = (light, m.Groups[3].Success ? Rgb.Parse(m.Groups[3].Value)!.Value : light);
        }
        return tokens;
    }

    public Rgb Colour(string name, bool dark) => dark ? colours[name].Dark : colours[name].Light;

    [GeneratedRegex(@"(--[a-z0-9-]+)\s*:\s*(?:light-dark\(\s*)?(#[0-9a-fA-F]{6})(?:\s*,\s*(#[0-9a-fA-F]{6})\s*\))?\s*;")]
    private static partial Regex Declaration();
}
