using System.Buffers;
using Rialto.Kernel;

namespace Rialto.Media;

/// <inheritdoc/>
internal sealed class Cards(IWorkshop workshop) : ICards
{
    /// <summary>Cards per call of the workshop: it shapes the next batch while this one is drawn.</summary>
    private const int BatchSize = 100;
    private const int TextWidth = CardCanvas.Width - 2 * CardGround.Margin;
    private const int Gap = 26;

    private static readonly TextSize[] TitleSizes = [new(76, 1), new(68, 2), new(60, 3), new(50, 4), new(42, 4), new(36, 5)];
    private static readonly TextSize[] DescriptionSizes = [new(30, 2), new(26, 3)];

    public async Task<IReadOnlyList<CardNote>> DrawAsync(CardStyle style, IReadOnlyList<CardText> texts, Func<int, DrawnCard, ValueTask> ready, CancellationToken cancel = default)
    {
        if (texts.Count == 0) return [];
        var notes = new List<CardNote>();
        var glyphs = new GlyphCache();
        var first = ShapeAsync(texts, 0, glyphs, cancel);
        var frame = await FrameAsync(style, glyphs, cancel);
        for (var begin = 0; begin < texts.Count; begin += BatchSize)
        {
            var shaped = await first;
            var here = begin;
            if (begin + BatchSize < texts.Count) first = ShapeAsync(texts, begin + BatchSize, glyphs, cancel);
            await Parallel.ForAsync(here, Math.Min(here + BatchSize, texts.Count), cancel, async (index, _) =>
            {
                var (card, note) = Draw(frame, shaped, style, texts[index], index, (index - here) * 2);
                if (note is not null) lock (notes) notes.Add(note);
                await ready(index, card);
            });
        }
        return [.. notes.OrderBy(note => note.Index)];
    }

    private async Task<ShapedCards> ShapeAsync(IReadOnlyList<CardText> texts, int begin, GlyphCache glyphs, CancellationToken cancel)
    {
        var paragraphs = texts.Skip(begin).Take(BatchSize).SelectMany(text => new[]
        {
            new TextParagraph(text.Title, text.Language, true, TextWidth, TitleSizes),
            new TextParagraph(text.Description ?? "", text.Language, false, TextWidth, DescriptionSizes),
        });
        return await ShapeAsync([.. paragraphs], glyphs, cancel);
    }

    private async Task<ShapedCards> ShapeAsync(IReadOnlyList<TextParagraph> paragraphs, GlyphCache glyphs, CancellationToken cancel)
    {
        var answer = await workshop.CallAsync("text", new TextRequest(paragraphs), WorkshopJson.Default.TextRequest, WorkshopJson.Default.TextAnswer, cancel: cancel);
        return new(answer.Value.Paragraphs, answer.Value.Glyphs, answer.Bytes, glyphs);
    }

    /// <summary>Draws what the cards share, for both directions.</summary>
    private async Task<Frame> FrameAsync(CardStyle style, GlyphCache glyphs, CancellationToken cancel)
    {
        var shaped = await ShapeAsync(
        [
            new(style.SiteName, null, true, TextWidth - 120, [new(34, 1), new(28, 1)]),
            new(Initials.Of(style.SiteName), null, true, 64, [new(34, 1), new(26, 1)]),
            new(style.Footer ?? "", null, false, TextWidth, [new(24, 1)]),
            new(style.SiteName, null, true, TextWidth, TitleSizes),
        ], glyphs, cancel);
        var logo = await LogoAsync(style, cancel);
        var palette = new CardPalette(style.Accent, style.Dark);
        var sides = new Side[2];
        for (var rtl = 0; rtl < 2; rtl++)
        {
            var pixels = CardGround.Draw(style, palette, shaped, shaped.Paragraphs[0], shaped.Paragraphs[1], shaped.Paragraphs[2], logo, rtl == 1);
            var middle = pixels[(CardGround.FirstRow * CardCanvas.Stride)..(CardGround.EndRow * CardCanvas.Stride)];
            sides[rtl] = new(middle, new CardPng(palette, pixels, CardGround.FirstRow, CardGround.EndRow));
        }
        return new(sides[0], sides[1], shaped);
    }

    private async Task<byte[]?> LogoAsync(CardStyle style, CancellationToken cancel)
    {
        if (style.Logo is not { } logo || LogoPicture.Usable(logo) is not { } usable) return null;
        try
        {
            var answer = await workshop.CallAsync("raster", new RasterRequest([new(72, 0, null)], Raw: true), WorkshopJson.Default.RasterRequest, WorkshopJson.Default.RasterAnswer, usable, cancel);
            return answer.Bytes.Length == 72 * 72 * 4 ? answer.Bytes.ToArray() : null;
        }
        catch (Refusal unreadable) when (unreadable.Code is "picture.unreadable" or "workshop.failed") { return null; }
    }

    private static (DrawnCard Card, CardNote? Note) Draw(Frame frame, ShapedCards shaped, CardStyle style, CardText text, int index, int paragraph)
    {
        SetParagraph title = shaped.Paragraphs[paragraph], description = shaped.Paragraphs[paragraph + 1];
        var note = title.Missing ? new CardNote(index, "card.script_missing", $"No font covers the title of card {index}; the name of the site stands on it instead.")
            : title.Shortened ? new CardNote(index, "card.shortened", $"The title of card {index} is too long for five lines and ends in an ellipsis.") : null;
        var titleFrom = shaped;
        if (title.Size == 0) (title, titleFrom) = (frame.Shaped.Paragraphs[3], frame.Shaped);
        var side = title.Rtl ? frame.Rtl : frame.Ltr;
        var middle = ArrayPool<byte>.Shared.Rent(side.Middle.Length);
        try
        {
            var pixels = middle.AsSpan(0, side.Middle.Length);
            side.Middle.CopyTo(pixels);
            int titleStep = LineHeight(title, titleFrom, 1.16, 1.32), descriptionStep = LineHeight(description, shaped, 1.4, 1.5);
            int titleHeight = title.Lines.Count * titleStep, descriptionHeight = description.Lines.Count * descriptionStep;
            if (titleHeight + Gap + descriptionHeight > CardGround.EndRow - CardGround.FirstRow - 8) descriptionHeight = 0;
            var height = titleHeight + (descriptionHeight > 0 ? Gap + descriptionHeight : 0);
            var y = CardGround.FirstRow + (CardGround.EndRow - CardGround.FirstRow - height) / 2;
            Lines(pixels, title, titleFrom, y, titleStep, title.Rtl, CardPalette.Strong);
            if (descriptionHeight > 0) Lines(pixels, description, shaped, y + titleHeight + Gap, descriptionStep, title.Rtl, CardPalette.Quiet);
            var png = side.Png.Make(pixels);
            return (new(png, title.Size > 0 && titleFrom == shaped ? $"{text.Title} – {style.SiteName}" : style.SiteName), note);
        }
        finally { ArrayPool<byte>.Shared.Return(middle); }
    }

    private static void Lines(Span<byte> pixels, SetParagraph paragraph, ShapedCards shaped, int top, int step, bool rtl, Ink ink)
    {
        for (var i = 0; i < paragraph.Lines.Count; i++)
        {
            var line = paragraph.Lines[i];
            var baseline = top + i * step + (step - paragraph.Size) / 2 + (int)(paragraph.Size * 0.84);
            CardCanvas.Text(pixels, CardGround.FirstRow, line, shaped, paragraph.Size, rtl ? CardCanvas.Width - CardGround.Margin - line.Width : CardGround.Margin, baseline, ink);
        }
    }

    /// <summary>Scripts with marks above and below their letters need more room between lines than Latin.</summary>
    private static int LineHeight(SetParagraph paragraph, ShapedCards shaped, double latin, double other)
    {
        foreach (var line in paragraph.Lines)
            for (var i = 0; i < line.Glyphs.Length; i += 3)
                if (!shaped.References[line.Glyphs[i]].Key.StartsWith("latin", StringComparison.Ordinal)) return (int)(paragraph.Size * other);
        return (int)(paragraph.Size * latin);
    }

    private sealed record Side(byte[] Middle, CardPng Png);
    private sealed record Frame(Side Ltr, Side Rtl, ShapedCards Shaped);
}
