using System.Text.Json.Serialization;

namespace Rialto.Media;

/// <summary>What the workshop's method <c>text</c> is asked: paragraphs to break and shape.</summary>
internal sealed record TextRequest(IReadOnlyList<TextParagraph> Paragraphs);

/// <param name="Sizes">Sizes to try, first to last, with the lines allowed at each; at the last, the text is shortened.</param>
internal sealed record TextParagraph(string Text, string? Lang, bool Bold, int Width, IReadOnlyList<TextSize> Sizes);

internal sealed record TextSize(int Px, int Lines);

/// <param name="Glyphs">The glyphs that the lines use; their outlines are 16-bit numbers in the attached bytes.</param>
internal sealed record TextAnswer(IReadOnlyList<SetParagraph> Paragraphs, IReadOnlyList<GlyphReference> Glyphs);

/// <param name="Size">Pixels; 0 when nothing can be drawn.</param>
/// <param name="Missing">Some letter has no font.</param>
internal sealed record SetParagraph(int Size, bool Rtl, bool Missing, bool Shortened, IReadOnlyList<SetLine> Lines);

/// <param name="Glyphs">Triples: index of the glyph, x and y (upwards) in 1/64 pixel.</param>
internal sealed record SetLine(int Width, int[] Glyphs);

/// <param name="Key">Font and weight.</param>
/// <param name="At">Where its outline begins, in 16-bit numbers.</param>
internal sealed record GlyphReference(string Key, int Id, int Upem, int At, int Length);

internal sealed record RasterRequest(IReadOnlyList<RasterSize> Sizes, bool Raw);

/// <param name="Pad">Share of the edge left free on each side, 0–0.4.</param>
/// <param name="Ground">Colour behind it; null leaves it clear.</param>
internal sealed record RasterSize(int Px, double Pad, string? Ground);

internal sealed record RasterAnswer(IReadOnlyList<int> Lengths);

internal sealed record PictureCall(IReadOnlyList<int> Widths, bool Avif);

internal sealed record PictureAnswer(int Width, int Height, bool Animated, string Format, IReadOnlyList<PictureEntry> Files);

internal sealed record PictureEntry(string Type, int Width, int Height, int At, int Length);

internal sealed record HighlightCall(IReadOnlyList<HighlightBlock> Blocks);
internal sealed record HighlightBlock(string? Lang, string Code);
internal sealed record HighlightAnswer(IReadOnlyList<HighlightedBlock> Blocks);
internal sealed record HighlightedBlock(string Html, string? Lang);
internal sealed record MathCall(IReadOnlyList<MathFormula> Formulas);
internal sealed record MathFormula(string Tex, bool Display);
internal sealed record MathAnswer(IReadOnlyList<MathResult> Formulas);
internal sealed record MathResult(string Html, string? Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TextRequest))]
[JsonSerializable(typeof(TextAnswer))]
[JsonSerializable(typeof(RasterRequest))]
[JsonSerializable(typeof(RasterAnswer))]
[JsonSerializable(typeof(PictureCall))]
[JsonSerializable(typeof(PictureAnswer))]
[JsonSerializable(typeof(HighlightCall))]
[JsonSerializable(typeof(HighlightAnswer))]
[JsonSerializable(typeof(MathCall))]
[JsonSerializable(typeof(MathAnswer))]
internal sealed partial class WorkshopJson : JsonSerializerContext;
