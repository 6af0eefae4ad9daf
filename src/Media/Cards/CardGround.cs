namespace Rialto.Media;

/// <summary>What all cards of a site have in common, for one direction of writing: ground, logo or initials, name, footer.</summary>
internal static class CardGround
{
    public const int Margin = 80, FirstRow = 160, EndRow = 560;
    private const int TileSize = 72, TileTop = 64;

    /// <summary>Draws it.</summary>
    /// <param name="logo">72×72 pixels RGBA, or null.</param>
    /// <param name="name">The site's name, set at 34 px.</param>
    public static byte[] Draw(CardStyle style, CardPalette palette, ShapedCards shaped, SetParagraph name, SetParagraph? initials, SetParagraph? footer, byte[]? logo, bool rtl)
    {
        var pixels = new byte[CardCanvas.Stride * CardCanvas.Height];
        Pattern(pixels, style.Character, rtl);
        var tileX = rtl ? CardCanvas.Width - Margin - TileSize : Margin;
        if (logo is not null) Logo(pixels, palette, logo, tileX);
        else
        {
            CardCanvas.Round(pixels, tileX, TileTop, TileSize, TileSize, 18, CardPalette.Accent);
            if (initials is { Lines: [var letters] })
                CardCanvas.Text(pixels, 0, letters, shaped, initials.Size, tileX + (TileSize - letters.Width) / 2, TileTop + TileSize / 2 + (int)(initials.Size * 0.36), CardPalette.OnAccent);
        }
        if (name.Lines is [var line, ..])
            CardCanvas.Text(pixels, 0, line, shaped, name.Size, rtl ? tileX - 24 - line.Width : tileX + TileSize + 24, TileTop + TileSize / 2 + (int)(name.Size * 0.36), CardPalette.Strong);
        if (footer is { Lines: [var words, ..] })
            CardCanvas.Text(pixels, 0, words, shaped, footer.Size, rtl ? CardCanvas.Width - Margin - words.Width : Margin, 592, CardPalette.Quiet);
        return pixels;
    }

    private static void Pattern(Span<byte> pixels, CardCharacter character, bool rtl)
    {
        switch (character)
        {
            case CardCharacter.Plain:
                for (var y = 0; y < CardCanvas.Height; y++)
                {
                    var edge = y * CardCanvas.Stride + 1 + (rtl ? CardCanvas.Width - 16 : 0);
                    pixels.Slice(edge, 16).Fill(CardPalette.Accent.Full);
                }
                break;
            case CardCharacter.Technical:
                for (var y = 0; y < CardCanvas.Height; y++)
                    for (var x = 0; x < CardCanvas.Width; x++)
                        if (x % 40 == 0 || y % 40 == 30) pixels[y * CardCanvas.Stride + 1 + x] = (byte)(CardPalette.Accent.First + 1);
                for (var y = CardCanvas.Height - 10; y < CardCanvas.Height; y++) pixels.Slice(y * CardCanvas.Stride + 1, CardCanvas.Width).Fill(CardPalette.Accent.Full);
                break;
            default:
                Discs(pixels, rtl);
                break;
        }
    }

    /// <summary>Three large soft discs behind the text, on the side where lines end.</summary>
    private static void Discs(Span<byte> pixels, bool rtl)
    {
        ReadOnlySpan<(int X, int Y, int R, int Level)> discs = [(1130, 60, 330, 1), (1190, 20, 210, 2), (1000, 660, 190, 1)];
        foreach (var (cx, cy, radius, level) in discs)
            for (var y = Math.Max(0, cy - radius); y < Math.Min(CardCanvas.Height, cy + radius); y++)
            {
                var half = (int)Math.Sqrt(radius * radius - (y - cy) * (y - cy));
                var centre = rtl ? CardCanvas.Width - cx : cx;
                int from = Math.Max(0, centre - half), to = Math.Min(CardCanvas.Width, centre + half);
                if (from < to) pixels.Slice(y * CardCanvas.Stride + 1 + from, to - from).Fill((byte)(CardPalette.Accent.First + level));
            }
    }

    /// <summary>Puts the logo's colours into the palette: the most frequent of its colours at 5 bits per channel, the others to their nearest.</summary>
    private static void Logo(Span<byte> pixels, CardPalette palette, byte[] rgba, int x)
    {
        var count = new Dictionary<int, int>();
        var colours = new int[TileSize * TileSize];
        for (var i = 0; i < colours.Length; i++)
        {
            var p = rgba.AsSpan(i * 4, 4);
            var (r, g, b) = CardPalette.Mix(palette.Ground, (p[0], p[1], p[2]), p[3] / 255.0);
            colours[i] = p[3] < 4 ? -1 : (r >> 2 << 12) | (g >> 2 << 6) | b >> 2;
            if (colours[i] >= 0) count[colours[i]] = count.GetValueOrDefault(colours[i]) + 1;
        }
        var chosen = count.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(CardPalette.LogoCount).Select(c => c.Key).ToArray();
        for (var i = 0; i < chosen.Length; i++) palette.Set(CardPalette.LogoFirst + i, Rgb(chosen[i]));
        var nearest = count.Keys.ToDictionary(colour => colour, colour => (byte)(CardPalette.LogoFirst + Array.IndexOf(chosen, chosen.MinBy(one => Distance(one, colour)))));
        for (var i = 0; i < colours.Length; i++)
            if (colours[i] >= 0) pixels[(TileTop + i / TileSize) * CardCanvas.Stride + 1 + x + i % TileSize] = nearest[colours[i]];
    }

    private static (int R, int G, int B) Rgb(int colour) => (Eight(colour >> 12), Eight(colour >> 6 & 63), Eight(colour & 63));

    private static int Eight(int six) => six << 2 | six >> 4;

    private static int Distance(int a, int b)
    {
        var ((r1, g1, b1), (r2, g2, b2)) = (Rgb(a), Rgb(b));
        return (r1 - r2) * (r1 - r2) * 3 + (g1 - g2) * (g1 - g2) * 6 + (b1 - b2) * (b1 - b2);
    }
}
