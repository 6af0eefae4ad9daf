using System.Text;

namespace Rialto.Sites;

/// <summary>
/// AsciiDoc into raw HTML: sections, paragraphs, lists, delimited blocks, admonitions, tables, images, links and inline marks.
/// Attributes are replaced by what the document itself sets; includes and conditions on unknown attributes are left out.
/// </summary>
internal sealed class AsciiReader
{
    private const int MaxDepth = 16;
    private readonly Document document;
    private readonly StringBuilder output = new();
    private readonly AsciiInline inline = new();
    private string style = "";
    private string? title;

    private AsciiReader(Document document) => this.document = document;

    public static void Read(Document document, string text)
    {
        var reader = new AsciiReader(document);
        reader.Blocks([.. text.Split('\n').Select(line => line.TrimEnd())], 0);
        document.RawHtml = reader.output.ToString();
    }

    private void Blocks(IReadOnlyList<string> lines, int depth)
    {
        for (var at = 0; at < lines.Count;)
        {
            if (lines[at].Length == 0 || depth > MaxDepth) at++;
            else at = Math.Max(at + 1, Block(lines, at, depth));
        }
    }

    private int Block(IReadOnlyList<string> lines, int at, int depth)
    {
        var line = lines[at];
        if (line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("////", StringComparison.Ordinal)) return at + 1;
        if (Directive(line)) return at + 1;
        if (AsciiLines.Heading(line) is > 0 and var level && depth == 0)
        {
            output.Append($"<h{level}>").Append(inline.Html(line[(level + 1)..].Trim())).Append($"</h{level}>\n");
            return at + 1;
        }
        if (AsciiLines.IsDelimiter(line)) return Delimited(lines, at, depth);
        if (line.StartsWith("|===", StringComparison.Ordinal)) return Table(lines, at);
        if (line is "'''" or "---" or "***" or "<<<")
        {
            output.Append("<hr>\n");
            return at + 1;
        }
        if (line.StartsWith("image::", StringComparison.Ordinal) || line.StartsWith("video::", StringComparison.Ordinal))
        {
            output.Append("<p>").Append(inline.Html(line)).Append("</p>\n");
            return at + 1;
        }
        if (AsciiLines.Item(line) is { Width: > 0 } item) return List(lines, at, depth, item);
        if (line.IndexOf(":: ", StringComparison.Ordinal) is > 0 || line.EndsWith("::", StringComparison.Ordinal) && !line.Contains(' ')) return Terms(lines, at);
        if (line[0] == ' ') return Literal(lines, at);
        return Paragraph(lines, at);
    }

    /// <summary>Lines that say something about the document or the next block.</summary>
    private bool Directive(string line)
    {
        if (AsciiLines.Attribute(line) is { } attribute)
        {
            inline.Set(attribute.Name, attribute.Value);
            return true;
        }
        if (line.StartsWith("[[", StringComparison.Ordinal) && line.EndsWith("]]", StringComparison.Ordinal))
        {
            output.Append("<a id=\"").AppendEscaped(line.AsSpan(2, line.Length - 4)).Append("\"></a>\n");
            return true;
        }
        if (line.StartsWith('[') && line.EndsWith(']') && line.Length > 2 && !line.Contains("](", StringComparison.Ordinal))
        {
            style = line[1..^1];
            return true;
        }
        if (line.Length > 1 && line[0] == '.' && line[1] is not ('.' or ' '))
        {
            title = line[1..];
            return true;
        }
        return line == "+" || line.StartsWith("include::", StringComparison.Ordinal) || line.StartsWith("ifdef::", StringComparison.Ordinal) || line.StartsWith("ifndef::", StringComparison.Ordinal) || line.StartsWith("endif::", StringComparison.Ordinal) || line.StartsWith("ifeval::", StringComparison.Ordinal) || line.StartsWith("toc::", StringComparison.Ordinal);
    }

    private int Delimited(IReadOnlyList<string> lines, int at, int depth)
    {
        var mark = lines[at];
        var end = at + 1;
        while (end < lines.Count && lines[end] != (mark.StartsWith("```", StringComparison.Ordinal) ? "```" : mark)) end++;
        List<string> body = [.. lines.Skip(at + 1).Take(end - at - 1)];
        var (kind, caption) = Take();
        var first = kind.Split(',')[0].Split('%')[0].TrimStart('.');
        if (mark.StartsWith("////", StringComparison.Ordinal)) return end + 1;
        if (mark.StartsWith("```", StringComparison.Ordinal)) Code(body, mark[3..].Trim(), caption);
        else if (mark[0] is '-' && mark.Length >= 4 || mark[0] == '.' ) Code(body, kind.Split(',') is ["source" or "listing" or "", var language, ..] ? language.Trim() : first is "source" ? "" : "", caption);
        else if (mark.StartsWith("++++", StringComparison.Ordinal))
        {
            if (first is "stem" or "latexmath" or "asciimath") output.Append(document.Slots.Add(SlotKind.DisplayFormula, string.Join('\n', body))).Append('\n');
            else output.Append(string.Join('\n', body)).Append('\n');
        }
        else Nested(body, depth, mark[0], first, caption);
        return end + 1;
    }

    private void Nested(List<string> body, int depth, char mark, string kind, string? caption)
    {
        var admonition = Admonitions.Kind(kind);
        if (admonition is not null) output.Append(Admonitions.Open(kind.Equals("CAUTION", StringComparison.OrdinalIgnoreCase) ? "caution" : admonition, caption ?? Titles.FromSegment(kind.ToLowerInvariant())));
        else
        {
            if (caption is not null) output.Append("<p><strong>").Append(inline.Html(caption)).Append("</strong></p>\n");
            if (mark == '_') output.Append("<blockquote>\n");
        }
        if (kind == "verse") output.Append("<p>").Append(string.Join("<br>\n", body.Select(inline.Html))).Append("</p>\n");
        else Blocks(body, depth + 1);
        if (admonition is not null) output.Append(Admonitions.Close);
        else if (mark == '_') output.Append("</blockquote>\n");
    }

    private void Code(IReadOnlyList<string> body, string language, string? caption) =>
        output.Append(document.Slots.Add(language == "mermaid" ? SlotKind.Diagram : SlotKind.Code, string.Join('\n', body), new CodeInfo(language.Length > 0 ? language.ToLowerInvariant() : null, caption, null))).Append('\n');

    private (string Style, string? Title) Take()
    {
        var taken = (style, title);
        (style, title) = ("", null);
        return taken;
    }

    private int Literal(IReadOnlyList<string> lines, int at)
    {
        var end = at;
        while (end < lines.Count && lines[end].Length > 0 && lines[end][0] == ' ') end++;
        Code([.. lines.Skip(at).Take(end - at).Select(line => line.TrimStart())], "", Take().Title);
        return end;
    }

    private int Paragraph(IReadOnlyList<string> lines, int at)
    {
        var end = at;
        while (end < lines.Count && lines[end].Length > 0 && (end == at || !AsciiLines.IsDelimiter(lines[end]) && lines[end] != "+" && !lines[end].StartsWith("|===", StringComparison.Ordinal) && AsciiLines.Item(lines[end]).Width == 0)) end++;
        var text = string.Join('\n', lines.Skip(at).Take(end - at).Where(line => !line.StartsWith("//", StringComparison.Ordinal) && !Directive(line)));
        var (kind, caption) = Take();
        if (text.Length == 0) return end;
        if (kind.StartsWith("source", StringComparison.Ordinal) || kind is "listing" or "literal") Code(text.Split('\n'), kind.Split(',') is [_, var language, ..] ? language.Trim() : "", caption);
        else if (text.IndexOf(": ", StringComparison.Ordinal) is > 0 and < 12 and var colon && text[..colon].All(char.IsAsciiLetterUpper) && Admonitions.Kind(text[..colon]) is { } name)
            output.Append(Admonitions.Open(name, Titles.FromSegment(text[..colon].ToLowerInvariant()))).Append("<p>").Append(inline.Html(text[(colon + 2)..])).Append("</p>").Append(Admonitions.Close);
        else
        {
            if (caption is not null) output.Append("<p><strong>").Append(inline.Html(caption)).Append("</strong></p>\n");
            output.Append(kind.StartsWith("quote", StringComparison.Ordinal) ? "<blockquote><p>" : "<p>").Append(inline.Html(text)).Append(kind.StartsWith("quote", StringComparison.Ordinal) ? "</p></blockquote>\n" : "</p>\n");
        }
        return end;
    }

    private int List(IReadOnlyList<string> lines, int at, int depth, (int Width, char Mark, int Level) first)
    {
        var element = first.Mark == '*' || first.Mark == '-' ? "ul" : "ol";
        Take();
        output.Append('<').Append(element).Append(">\n");
        while (at < lines.Count && AsciiLines.Item(lines[at]) is { Width: > 0 } item && item.Mark == first.Mark && item.Level == first.Level)
        {
            output.Append("<li>").Append(inline.Html(AsciiLines.WithoutBox(lines[at][item.Width..])));
            at++;
            while (at < lines.Count && lines[at].Length > 0 && lines[at] != "+" && AsciiLines.Item(lines[at]).Width == 0 && !AsciiLines.IsDelimiter(lines[at])) output.Append('\n').Append(inline.Html(lines[at++].Trim()));
            while (at < lines.Count)
            {
                var next = at;
                while (next < lines.Count && lines[next].Length == 0) next++;
                if (next < lines.Count && AsciiLines.Item(lines[next]) is { Width: > 0 } inner && (inner.Mark != first.Mark || inner.Level > first.Level) && depth < MaxDepth && inner.Level >= first.Level && !(inner.Level < first.Level)) at = List(lines, next, depth + 1, inner);
                else if (next < lines.Count && lines[next] == "+" && next + 1 < lines.Count)
                {
                    at = next + 1;
                    while (at < lines.Count && lines[at].Length > 0 && Directive(lines[at])) at++;
                    if (at < lines.Count) at = Math.Max(at + 1, Block(lines, at, depth + 1));
                }
                else
                {
                    if (next < lines.Count && AsciiLines.Item(lines[next]) is { Width: > 0 } same && same.Mark == first.Mark && same.Level == first.Level) at = next;
                    break;
                }
            }
            output.Append("</li>\n");
        }
        output.Append("</").Append(element).Append(">\n");
        return at;
    }

    private int Terms(IReadOnlyList<string> lines, int at)
    {
        var split = lines[at].IndexOf("::", StringComparison.Ordinal);
        output.Append("<dl><dt>").Append(inline.Html(lines[at][..split])).Append("</dt><dd>").Append(inline.Html(lines[at][(split + 2)..].Trim(':', ' ')));
        at++;
        while (at < lines.Count && lines[at].Length > 0 && AsciiLines.Item(lines[at]).Width == 0 && !lines[at].Contains("::", StringComparison.Ordinal) && !AsciiLines.IsDelimiter(lines[at])) output.Append('\n').Append(inline.Html(lines[at++].Trim()));
        output.Append("</dd></dl>\n");
        return at;
    }

    private int Table(IReadOnlyList<string> lines, int at)
    {
        var end = at + 1;
        while (end < lines.Count && !lines[end].StartsWith("|===", StringComparison.Ordinal)) end++;
        var (kind, caption) = Take();
        var table = AsciiTable.Read([.. lines.Skip(at + 1).Take(end - at - 1)], kind);
        output.Append("<table>").Append(caption is null ? "" : $"<caption>{inline.Html(caption)}</caption>");
        for (var row = 0; row < table.Rows.Count; row++)
            output.Append("<tr>").AppendJoin("", table.Rows[row].Select(cell => row < table.HeaderRows ? $"<th>{inline.Html(cell)}</th>" : $"<td>{inline.Html(cell)}</td>")).Append("</tr>\n");
        output.Append("</table>\n");
        return end + 1;
    }
}
