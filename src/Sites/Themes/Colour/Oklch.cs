namespace Rialto.Sites.Themes.Colour;

/// <summary>A colour by perceived lightness (0–1), chroma and hue (radians). Matrices: Björn Ottosson, "A perceptual color space for image processing" (2020).</summary>
internal readonly record struct Oklch(double Lightness, double Chroma, double Hue)
{
    public static Oklch From(Rgb colour)
    {
        var (r, g, b) = (Rgb.Linear(colour.Red), Rgb.Linear(colour.Green), Rgb.Linear(colour.Blue));
        var l = Math.Cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        var m = Math.Cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        var s = Math.Cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        var lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
        var a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
        var c = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
        return new Oklch(lightness, Math.Sqrt(a * a + c * c), Math.Atan2(c, a));
    }

    /// <summary>The nearest colour a screen can show: chroma is reduced until every channel fits.</summary>
    public Rgb ToRgb()
    {
        var chroma = Chroma;
        for (var i = 0; i < 40; i++, chroma *= 0.93)
            if (TryConvert(chroma, out var colour)) return colour;
        TryConvert(0, out var grey);
        return grey;
    }

    private bool TryConvert(double chroma, out Rgb colour)
    {
        var (a, b) = (chroma * Math.Cos(Hue), chroma * Math.Sin(Hue));
        var l = Math.Pow(Lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
        var m = Math.Pow(Lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
        var s = Math.Pow(Lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
        var red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
        var green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
        var blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
        colour = new Rgb(Clamped(red), Clamped(green), Clamped(blue));
        return Fits(red) && Fits(green) && Fits(blue);
    }

    private static bool Fits(double c) => c is >= -0.0005 and <= 1.0005;

    private static double Clamped(double linear) => Math.Clamp(Rgb.Gamma(Math.Clamp(linear, 0, 1)), 0, 1);
}
