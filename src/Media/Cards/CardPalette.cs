using System.Globalization;

namespace Rialto.Media;

/// <summary>
/// The 256 colours of a site's cards. A byte per pixel instead of four makes a card quick to draw and to compress; every kind of ink has
/// its own ramp from the ground to full, so that edges stay smooth.
/// </summary>
internal sealed class CardPalette
{
    /// <summary>Ground to accent: shapes, lines, the tile.</summary>
    public static readonly Ink Accent = new(0, 16);
    /// <summary>Ground to the strong text colour.</summary>
    public static readonly Ink Strong = new(16, 48);
    /// <summary>Ground to the quiet text colour.</summary>
    public static readonly Ink Quiet = new(64, 32);
    /// <summary>Accent to the colour of letters on it.</summary>
    public static readonly Ink OnAccent = new(96, 32);
    /// <summary>First of the colours for the logo, and how many.</summary>
    public const int LogoFirst = 128, LogoCount = 128;

    private readonly byte[] colours = new byte[256 * 3];

    public CardPalette(string accent, bool dark)
    {
        var tint = Parse(accent) ?? (0x3b, 0x5b, 0xdb);
        Ground = dark ? Mix((13, 15, 22), tint, 0.06) : Mix((255, 255, 255), tint, 0.025);
        var strong = dark ? (244, 245, 250) : (17, 20, 31);
        var quiet = dark ? (166, 173, 190) : (82, 90, 107);
        Ramp(Accent, Ground, tint);
        Ramp(Strong, Ground, strong);
        Ramp(Quiet, Ground, quiet);
        Ramp(OnAccent, tint, Luminance(tint) > 0.4 ? (17, 20, 31) : (255, 255, 255));
    }

    public (int R, int G, int B) Ground { get; }

    /// <summary>Red, green, blue of each, as a PNG's <c>PLTE</c> wants them.</summary>
    public ReadOnlySpan<byte> Colours => colours;

    public void Set(int index, (int R, int G, int B) colour) =>
        (colours[index * 3], colours[index * 3 + 1], colours[index * 3 + 2]) = ((byte)colour.R, (byte)colour.G, (byte)colour.B);

    public static (int R, int G, int B)? Parse(string colour) =>
        colour.Length == 7 && colour[0] == '#' && int.TryParse(colour.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb)
            ? (rgb >> 16, rgb >> 8 & 255, rgb & 255) : null;

    public static (int R, int G, int B) Mix((int R, int G, int B) a, (int R, int G, int B) b, double share) =>
        ((int)Math.Round(a.R + (b.R - a.R) * share), (int)Math.Round(a.G + (b.G - a.G) * share), (int)Math.Round(a.B + (b.B - a.B) * share));

    /// <summary>Relative luminance, WCAG 2.1.</summary>
    public static double Luminance((int R, int G, int B) colour)
    {
        return 0.2126 * Linear(colour.R) + 0.7152 * Linear(colour.G) + 0.0722 * Linear(colour.B);
        static double Linear(int value) => value / 255.0 is <= 0.04045 and var low ? low / 12.92 : Math.Pow((value / 255.0 + 0.055) / 1.055, 2.4);
    }

    private void Ramp(Ink ink, (int, int, int) from, (int, int, int) to)
    {
        for (var level = 0; level < ink.Levels; level++) Set(ink.First + level, Mix(from, to, level / (double)(ink.Levels - 1)));
    }
}

/// <param name="First">Palette index of no ink at all.</param>
/// <param name="Levels">Steps from none to full.</param>
internal readonly record struct Ink(int First, int Levels)
{
    public byte Full => (byte)(First + Levels - 1);
    public byte At(int coverage) => (byte)(First + (coverage * (Levels - 1) + 127) / 255);
}
