using Markdig;
using Markdig.Extensions.TaskLists;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdigBlock = Markdig.Syntax.Block;

namespace Rialto.Analysis;

/// <summary>Reads Markdown as GitHub does, with embedded HTML, into blocks.</summary>
internal sealed class MarkdownReader
{
    /// <summary>Longest text that is parsed, in characters; a longer one is cut at a line.</summary>
    private const int MaxLength = 1024 * 1024;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseTaskLists().UseEmojiAndSmiley(enableSmileys: false).UseAutoLinks().UseYamlFrontMatter().UseEmphasisExtras().Build();

    private readonly BlockWriter writer = new();
    private readonly HtmlFlow html;
    private readonly string text;

    private MarkdownReader(string text)
    {
        this.text = text;
        html = new HtmlFlow(writer);
    }

    /// <summary>Never throws: a text nested too deeply for the parser is read as plain text.</summary>
    public static IReadOnlyList<Block> Read(string markdown)
    {
        if (markdown.Length > MaxLength) markdown = markdown[..Math.Max(1, markdown.LastIndexOf('\n', MaxLength))];
        try
        {
            var reader = new MarkdownReader(markdown);
            reader.Walk(Markdown.Parse(markdown, Pipeline), new Place());
            reader.html.Cut();
            return reader.writer.Blocks;
        }
        catch (ArgumentException) // Markdig's answer to excessive nesting
        {
            return PlainReader.Read(markdown.Split('\n'));
        }
    }

    private readonly record struct Place(int Depth = 0, bool Quote = false, bool Notice = false, bool Item = false, bool Ordered = false);

    private void Walk(ContainerBlock container, Place place)
    {
        foreach (var child in container) Read(child, place);
    }

    private void Read(MarkdigBlock block, Place place)
    {
        switch (block)
        {
            case YamlFrontMatterBlock or ThematicBreakBlock or LinkReferenceDefinitionGroup: break;
            case HeadingBlock heading:
                html.Cut();
                Inlines(heading.Inline, heading.Line + 1);
                writer.Flush(heading.Line + 1, made => made with { Kind = BlockKind.Heading, Level = heading.Level });
                break;
            case CodeBlock code: Code(code); break;
            case HtmlBlock raw: html.Block(text[raw.Span.Start..Math.Min(text.Length, raw.Span.End + 1)], raw.Line + 1); break;
            case Table table: foreach (var row in table.OfType<TableRow>()) Row(row); break;
            case ListBlock list: List(list, place); break;
            case QuoteBlock quote: Walk(quote, place with { Quote = true, Notice = IsNotice(quote) }); break;
            case ParagraphBlock paragraph: Paragraph(paragraph, place); break;
            case ContainerBlock other: Walk(other, place); break;
        }
    }

    private void Paragraph(ParagraphBlock paragraph, Place place)
    {
        bool? done = (paragraph.Inline?.FirstChild as TaskList)?.Checked;
        Inlines(paragraph.Inline, paragraph.Line + 1);
        if (html.OpenHeading > 0) { writer.Break(); return; }
        writer.Flush(paragraph.Line + 1, made => html.Shape(made) with
        {
            Kind = place.Item ? BlockKind.Item : BlockKind.Paragraph, Level = place.Item ? place.Depth : 0,
            Done = done, IsQuote = place.Quote, IsNotice = place.Notice, IsOrdered = place.Ordered,
            Text = place.Notice ? made.Text[(made.Text.IndexOf(']') + 1)..].Trim() : made.Text,
        });
    }

    private void List(ListBlock list, Place place)
    {
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var first = true;
            foreach (var child in item)
            {
                Read(child, place with { Depth = place.Depth + 1, Item = first, Ordered = list.IsOrdered });
                first = false;
            }
        }
    }

    private void Code(CodeBlock code)
    {
        html.Cut();
        var language = (code as FencedCodeBlock)?.Info?.Split([' ', ',', '{'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()?.ToLowerInvariant();
        writer.Blocks.Add(new Block(BlockKind.Code, code.Line + 1, code.Lines.ToString().TrimEnd()) { Language = language });
    }

    private void Row(TableRow row)
    {
        html.Cut();
        var start = writer.Blocks.Count;
        foreach (var cell in row.OfType<TableCell>())
        {
            foreach (var paragraph in cell.OfType<ParagraphBlock>()) Inlines(paragraph.Inline, row.Line + 1);
            writer.Flush(row.Line + 1, made => made);
            if (writer.Blocks.Count == start) writer.Blocks.Add(new Block(BlockKind.Paragraph, row.Line + 1, ""));
        }
        var cells = writer.Blocks[start..];
        writer.Blocks.RemoveRange(start, cells.Count);
        if (cells.Count == 0) return;
        writer.Blocks.Add(new Block(BlockKind.Row, row.Line + 1, string.Join(" ", cells.Select(cell => cell.Text)))
        {
            Cells = [.. cells.Select(cell => cell.Plain)], IsHeaderRow = row.IsHeader,
            Images = [.. cells.SelectMany(cell => cell.Images)], Links = [.. cells.SelectMany(cell => cell.Links)],
        });
    }

    /// <summary>GitHub's alerts: a quote whose first words are <c>[!NOTE]</c> or the like.</summary>
    private bool IsNotice(QuoteBlock quote) =>
        text.AsSpan(quote.Span.Start, Math.Min(16, text.Length - quote.Span.Start)).TrimStart("> ").StartsWith("[!");

    private void Inlines(ContainerInline? inlines, int line)
    {
        if (inlines is null) return;
        if (writer.IsEmpty) writer.Line = line;
        foreach (var inline in inlines) Inline(inline);
    }

    private void Inline(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal: writer.Text(literal.Content.AsSpan()); break;
            case CodeInline code: writer.Code(code.Content); break;
            case LineBreakInline lineBreak: if (lineBreak.IsHard) writer.Break(); else writer.Space(); writer.Line = lineBreak.Line + 2; break;
            case HtmlInline tag: html.Inline(tag.Tag); break;
            case HtmlEntityInline entity: writer.Text(entity.Transcoded.AsSpan()); break;
            case LinkInline { IsImage: true } image: writer.Image(image.Url ?? "", PlainText(image), null, image.Title); break;
            case LinkInline link: writer.LinkOpen(link.Url); Inlines(link, link.Line + 1); writer.LinkClose(); break;
            case AutolinkInline auto: writer.LinkOpen(auto.Url); writer.Text(auto.Url); writer.LinkClose(); break;
            case EmphasisInline { DelimiterCount: 2, DelimiterChar: '*' or '_' } bold: writer.BoldOpen(); Inlines(bold, bold.Line + 1); writer.BoldClose(); break;
            case ContainerInline other: Inlines(other, other.Line + 1); break;
        }
    }

    private static string PlainText(ContainerInline inlines) =>
        string.Concat(inlines.Descendants().Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            LineBreakInline => " ",
            _ => "",
        }));
}
