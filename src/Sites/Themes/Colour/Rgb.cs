using System.Globalization;

namespace Rialto.Sites.Themes.Colour;

/// <summary>An sRGB colour, channels 0–1.</summary>
internal readonly record struct Rgb(double Red, double Green, double Blue)
{
    public static Rgb White { get; } = new(1, 1, 1);

    /// <summary>Reads <c>#rgb</c> or <c>#rrggbb</c>; null for anything else.</summary>
    public static Rgb? Parse(string? text)
    {
        var hex = text?.Trim().TrimStart('#') ?? "";
        if (hex.Length == 3) hex = string.Concat(hex.Select(c => $"{c}{c}"));
        if (hex.Length != 6 || !int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var v)) return null;
        return new Rgb((v >> 16) / 255.0, (v >> 8 & 255) / 255.0, (v & 255) / 255.0);
    }

    /// <summary>Relative luminance as WCAG 2.2 defines it.</summary>
    public double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    /// <summary>Contrast ratio as WCAG 2.2 defines it: 1 to 21.</summary>
    public double Contrast(Rgb other)
    {
        var (a, b) = (Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>This colour laid over <paramref name="under"/> with the given opacity.</summary>
    public Rgb Over(Rgb under, double opacity) => new(
        Red * opacity + under.Red * (1 - opacity), Green * opacity + under.Green * (1 - opacity), Blue * opacity + under.Blue * (1 - opacity));

    public override string ToString() => $"#{Byte(Red):x2}{Byte(Green):x2}{Byte(Blue):x2}";

    internal static double Linear(double c) => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);

    internal static double Gamma(double c) => c <= 0.0031308 ? c * 12.92 : 1.055 * Math.Pow(c, 1 / 2.4) - 0.055;

    private static int Byte(double c) => (int)Math.Round(Math.Clamp(c, 0, 1) * 255);
}
