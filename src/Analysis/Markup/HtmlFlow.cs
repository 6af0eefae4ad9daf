namespace Rialto.Analysis;

/// <summary>Feeds embedded HTML into a <see cref="BlockWriter"/>; headings and links may stay open from one piece to the next, as in <c>&lt;h1&gt;</c>, blank line, picture, <c>&lt;/h1&gt;</c>.</summary>
internal sealed class HtmlFlow(BlockWriter writer)
{
    private string? dark;
    private bool inPre;
    private int itemDepth;
    private bool inItem;
    private bool inRow;

    /// <summary>Level of the HTML heading that is open; 0 when none.</summary>
    public int OpenHeading { get; private set; }

    /// <summary>Reads a block of HTML that begins at <paramref name="line"/>.</summary>
    public void Block(string html, int line)
    {
        var counted = 0;
        foreach (var token in HtmlTokens.Read(html))
        {
            line += html.AsSpan(counted, token.Offset - counted).Count('\n');
            counted = token.Offset;
            if (writer.IsEmpty) writer.Line = line + LeadingLines(token.Text);
            if (token.Tag.Length > 0) Tag(token);
            else Words(token.Text);
        }
        if (OpenHeading == 0 && !inPre && !inRow) Cut();
    }

    /// <summary>One tag between the inlines of a Markdown paragraph.</summary>
    public void Inline(string html)
    {
        foreach (var token in HtmlTokens.Read(html))
            if (token.Tag.Length > 0) Tag(token);
    }

    /// <summary>Ends the block that is open.</summary>
    public void Cut() => writer.Flush(writer.Line, Shape);

    public Block Shape(Block block) =>
        OpenHeading > 0 ? block with { Kind = BlockKind.Heading, Level = OpenHeading }
        : inPre ? block with { Kind = BlockKind.Code }
        : inItem ? block with { Kind = BlockKind.Item, Level = Math.Max(1, itemDepth) }
        : block;

    private static int LeadingLines(string text) => text.AsSpan(0, text.Length - text.AsSpan().TrimStart().Length).Count('\n');

    private void Words(string text)
    {
        if (inPre) { writer.Text(text); return; }
        if (text.Length > 0 && char.IsWhiteSpace(text[0])) writer.Space();
        var rest = text.AsSpan().Trim();
        foreach (var part in rest.EnumerateLines())
        {
            writer.Text(part.Trim());
            writer.Space();
        }
        if (rest.Length > 0 && !char.IsWhiteSpace(text[^1])) writer.Unspace();
    }

    private void Tag(HtmlToken token)
    {
        switch (token.Tag)
        {
            case "img": writer.Image(token["src"] ?? token["data-src"] ?? "", token["alt"] ?? "", dark, token["title"]); break;
            case "source": Source(token); break;
            case "picture": dark = null; break;
            case "/picture": dark = null; break;
            case "video": writer.Image(token["src"] ?? token["poster"] ?? "", token["title"] ?? ""); break;
            case "a": writer.LinkOpen(token["href"]); break;
            case "/a": writer.LinkClose(); break;
            case "br": writer.Break(); break;
            case "b" or "strong": writer.BoldOpen(); break;
            case "/b" or "/strong": writer.BoldClose(); break;
            case "code" or "kbd" or "/code" or "/kbd": if (!inPre) writer.Text("`"); break;
            default: Structure(token); break;
        }
    }

    private void Source(HtmlToken token)
    {
        var url = (token["srcset"] ?? token["src"] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        if (url is not null && token["media"]?.Contains("dark", StringComparison.OrdinalIgnoreCase) == true) dark = url;
        else if (url is not null && (token["type"]?.StartsWith("video", StringComparison.Ordinal) ?? false)) writer.Image(url, "");
    }

    private void Structure(HtmlToken token)
    {
        switch (token.Tag)
        {
            case ['h', >= '1' and <= '6']: Cut(); OpenHeading = token.Tag[1] - '0'; break;
            case ['/', 'h', >= '1' and <= '6']: Cut(); OpenHeading = 0; break;
            case "ul" or "ol": Cut(); itemDepth++; break;
            case "/ul" or "/ol": Cut(); itemDepth = Math.Max(0, itemDepth - 1); inItem = false; break;
            case "li": Cut(); inItem = true; break;
            case "/li": Cut(); inItem = false; break;
            case "pre": Cut(); inPre = true; break;
            case "/pre": Cut(); inPre = false; break;
            case "tr": Cut(); inRow = true; break;
            case "/tr": Cut(); inRow = false; break;
            case "td" or "th" or "/td" or "/th": Cut(); break;
            case "p" or "/p" or "div" or "/div" or "/blockquote" or "blockquote" or "hr" or "details" or "/details" or "summary" or "/summary" or "table" or "/table" or "section" or "/section" or "center" or "/center":
                // A paragraph inside a heading does not end it; people nest them so for alignment.
                if (OpenHeading == 0 && !inRow) Cut();
                else writer.Break();
                break;
        }
    }
}
