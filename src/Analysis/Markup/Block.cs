using Rialto.Kernel;

namespace Rialto.Analysis;

internal enum BlockKind { Heading, Paragraph, Item, Row, Code }

/// <summary>A piece of a document in any markup, reduced to what facts are drawn from.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">1-based line of the file where it begins.</param>
/// <param name="Text">Plain text; inline code keeps its backticks, forced line breaks are <c>\n</c>. Of code: the code.</param>
internal sealed record Block(BlockKind Kind, int Line, string Text)
{
    /// <summary>Of a heading 1–6; of an item its depth from 1.</summary>
    public int Level { get; init; }

    /// <summary>The bold words that the text begins with, where it does.</summary>
    public string? Lead { get; init; }

    /// <summary>Of code: the language as written, lower case.</summary>
    public string? Language { get; init; }

    /// <summary>Of an item with a box: checked or not.</summary>
    public bool? Done { get; init; }

    public bool IsQuote { get; init; }

    /// <summary>An admonition: note, warning, important.</summary>
    public bool IsNotice { get; init; }

    public bool IsOrdered { get; init; }

    /// <summary>Of a table's row: its cells.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];

    public bool IsHeaderRow { get; init; }

    public IReadOnlyList<MarkupImage> Images { get; init; } = [];

    public IReadOnlyList<MarkupLink> Links { get; init; } = [];

    /// <summary>On one line.</summary>
    public string Plain => Spaces.Replace(Text, " ").Trim();

    /// <summary>0–1: how much of the text stands inside links. A navigation line is close to 1.</summary>
    public double LinkShare => Text.Length == 0 ? 0 : Math.Min(1, Links.Sum(link => link.Text.Length) / (double)Math.Max(1, Text.Count(char.IsLetterOrDigit)));

    private static readonly LinearPattern Spaces = new(@"\s+");
}

/// <param name="Url">As written.</param>
/// <param name="Dark">Variant for dark backgrounds.</param>
/// <param name="Target">What it links to.</param>
internal sealed record MarkupImage(string Url, string Alt, string? Dark, string? Target, int Line)
{
    public string? Title { get; init; }
}

internal sealed record MarkupLink(string Url, string Text, int Line);

/// <summary>A document in one of the formats of <see cref="ReadmeFacts.Format"/>.</summary>
internal sealed record Document(TextFile File, string Format, IReadOnlyList<Block> Blocks)
{
    public IEnumerable<Block> Headings => Blocks.Where(block => block.Kind == BlockKind.Heading);

    public IEnumerable<MarkupImage> Images => Blocks.SelectMany(block => block.Images);

    /// <summary>The blocks below the heading at <paramref name="index"/>, up to the next one of its level or above.</summary>
    public IEnumerable<Block> Section(int index)
    {
        var level = Blocks[index].Level;
        return Blocks.Skip(index + 1).TakeWhile(block => block.Kind != BlockKind.Heading || block.Level > level);
    }
}
