namespace Rialto.Sites.Themes.Colour;

/// <summary>Makes a project's colour readable: as text on a theme's light and dark grounds, and under text on a button.</summary>
internal static class AccentPalette
{
    /// <summary>WCAG 2.2 AA for body text, with a little in hand for rounding.</summary>
    public const double MinimumContrast = 4.55;

    private const double LeastChromaOfAColour = 0.04;
    private const double LivelyChroma = 0.14;

    /// <summary>
    /// The colour nearest to <paramref name="wish"/> in lightness, its hue kept, that has the required contrast on every
    /// one of <paramref name="grounds"/>. Lightness moves away from the grounds in steps of a half percent.
    /// </summary>
    public static Rgb Readable(Rgb wish, IReadOnlyList<Rgb> grounds, double contrast = MinimumContrast)
    {
        if (grounds.All(g => wish.Contrast(g) >= contrast)) return wish;
        var start = Oklch.From(wish);
        // A pale colour that is darkened turns to mud unless it gains colour on the way; greys stay grey.
        if (start.Chroma >= LeastChromaOfAColour) start = start with { Chroma = Math.Max(start.Chroma, LivelyChroma) };
        var step = grounds.Average(g => g.Luminance) > 0.18 ? -0.005 : 0.005;
        for (var lightness = start.Lightness; lightness is >= 0 and <= 1; lightness += step)
        {
            var colour = Rgb.Parse((start with { Lightness = lightness }).ToRgb().ToString())!.Value;
            if (grounds.All(g => colour.Contrast(g) >= contrast)) return colour;
        }
        return step < 0 ? new Rgb(0, 0, 0) : Rgb.White;
    }

    /// <summary>A rule that sets the accent tokens; empty when <paramref name="accent"/> is not a colour.</summary>
    public static string Css(string? accent, ThemeTokens tokens)
    {
        if (Rgb.Parse(accent) is not { } wish) return "";
        var light = Readable(wish, Grounds(tokens, dark: false));
        var dark = Readable(wish, Grounds(tokens, dark: true));
        var (onLight, onDark) = (TextOn(light), TextOn(dark));
        return $":root{{--accent:light-dark({light},{dark});--on-accent:light-dark({onLight},{onDark})}}";
    }

    /// <summary>White or near black, whichever reads better on a ground.</summary>
    public static Rgb TextOn(Rgb ground)
    {
        var ink = new Rgb(0.05, 0.05, 0.06);
        return ground.Contrast(Rgb.White) >= ground.Contrast(ink) ? Rgb.White : ink;
    }

    /// <summary>Every ground on which the accent stands as text, the tinted one included.</summary>
    private static Rgb[] Grounds(ThemeTokens tokens, bool dark) =>
        [.. new[] { "--bg", "--bg-2", "--card" }.Select(name => tokens.Colour(name, dark))];
}
