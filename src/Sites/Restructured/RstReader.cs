using System.Text;

namespace Rialto.Sites;

/// <summary>
/// reStructuredText into raw HTML: headings, paragraphs, lists, definition lists, literal and code blocks, tables, admonitions, images,
/// links and inline marks. Enough to read documentation well; directives that compute (automodule and the like) are named, not run.
/// </summary>
internal sealed class RstReader
{
    private const int MaxDepth = 24;
    private readonly Document document;
    private readonly RstTargets targets;
    private readonly List<string> headingMarks = [];
    private readonly List<string> children = [];
    private readonly StringBuilder output = new();
    private readonly RstInline inline;
    private string highlight = "";

    private RstReader(Document document, string text)
    {
        this.document = document;
        targets = RstTargets.Collect(text);
        inline = new RstInline(targets);
    }

    public static void Read(Document document, string text)
    {
        var reader = new RstReader(document, text);
        reader.Blocks(RstLines.Split(text), 0);
        document.RawHtml = reader.output.ToString();
        document.Children = reader.children;
    }

    private void Blocks(IReadOnlyList<string> lines, int depth)
    {
        for (var at = 0; at < lines.Count;)
        {
            if (lines[at].Length == 0) at++;
            else if (depth > MaxDepth) at = Literal(lines, at);
            else at = Block(lines, at, depth);
        }
    }

    private int Block(IReadOnlyList<string> lines, int at, int depth)
    {
        var line = lines[at];
        if (RstLines.Indent(line) > 0) return Quote(lines, at, depth);
        if (depth == 0 && Heading(lines, at) is > 0 and var after) return after;
        if (line.StartsWith(".. ", StringComparison.Ordinal) || line == "..") return Explicit(lines, at, depth);
        if (RstLines.IsRule(line) && (at + 1 >= lines.Count || lines[at + 1].Length == 0) && line.Length >= 4)
        {
            output.Append("<hr>\n");
            return at + 1;
        }
        if (RstTables.TryRead(lines, at, out var table, out var end))
        {
            Table(table);
            return end;
        }
        if (RstLines.Bullet(line) > 0) return List(lines, at, depth, RstLines.Bullet, "ul");
        if (RstLines.Number(line) > 0) return List(lines, at, depth, RstLines.Number, "ol");
        if (RstLines.Field(line) is { } field) return Field(lines, at, field);
        if (line.StartsWith(">>> ", StringComparison.Ordinal)) return Doctest(lines, at);
        if (at + 1 < lines.Count && lines[at + 1].Length > 0 && RstLines.Indent(lines[at + 1]) > 0 && !line.EndsWith("::", StringComparison.Ordinal)) return Definition(lines, at, depth);
        return Paragraph(lines, at);
    }

    private int Heading(IReadOnlyList<string> lines, int at)
    {
        var over = RstLines.IsRule(lines[at]) && at + 2 < lines.Count && RstLines.IsRule(lines[at + 2]) && lines[at + 2][0] == lines[at][0] && lines[at + 1].Length > 0;
        var title = over ? lines[at + 1].Trim() : lines[at];
        var rule = over ? lines[at] : at + 1 < lines.Count ? lines[at + 1] : "";
        if (!RstLines.IsRule(rule) || title.Length == 0 || RstLines.IsRule(title) && !over || !over && rule.Length < Math.Min(title.Length, 4)) return 0;
        var mark = (over ? "^" : "") + rule[0];
        if (!headingMarks.Contains(mark)) headingMarks.Add(mark);
        var level = Math.Min(6, headingMarks.IndexOf(mark) + 1);
        output.Append($"<h{level}>").Append(inline.Html(title)).Append($"</h{level}>\n");
        return at + (over ? 3 : 2);
    }

    private int Paragraph(IReadOnlyList<string> lines, int at)
    {
        var end = at;
        while (end < lines.Count && lines[end].Length > 0 && (end == at || !lines[end].StartsWith(".. ", StringComparison.Ordinal))) end++;
        var text = string.Join('\n', lines.Skip(at).Take(end - at));
        var hasLiteral = text.EndsWith("::", StringComparison.Ordinal);
        if (hasLiteral) text = text == "::" ? "" : text[..^1].EndsWith(" :", StringComparison.Ordinal) ? text[..^3].TrimEnd() : text[..^1];
        if (text.StartsWith("| ", StringComparison.Ordinal)) text = string.Join("\u0001", text.Split('\n').Select(one => one.TrimStart('|', ' ')));
        if (text.Length > 0) output.Append("<p>").Append(inline.Html(text).Replace("\u0001", "<br>\n", StringComparison.Ordinal)).Append("</p>\n");
        return hasLiteral ? LiteralAfter(lines, end) : end;
    }

    private int LiteralAfter(IReadOnlyList<string> lines, int at)
    {
        while (at < lines.Count && lines[at].Length == 0) at++;
        return at < lines.Count && RstLines.Indent(lines[at]) > 0 ? Literal(lines, at) : at;
    }

    private int Literal(IReadOnlyList<string> lines, int at)
    {
        var (body, end) = RstLines.Indented(lines, at);
        Code(body, new CodeInfo(highlight.Length > 0 ? highlight : null, null, null));
        return Math.Max(end, at + 1);
    }

    private int Doctest(IReadOnlyList<string> lines, int at)
    {
        var end = at;
        while (end < lines.Count && lines[end].Length > 0) end++;
        Code([.. lines.Skip(at).Take(end - at)], new CodeInfo("pycon", null, null));
        return end;
    }

    private void Code(IReadOnlyList<string> body, CodeInfo info) => output.Append(document.Slots.Add(SlotKind.Code, string.Join('\n', body), info)).Append('\n');

    private int Quote(IReadOnlyList<string> lines, int at, int depth)
    {
        var (body, end) = RstLines.Indented(lines, at);
        output.Append("<blockquote>\n");
        Blocks(body, depth + 1);
        output.Append("</blockquote>\n");
        return Math.Max(end, at + 1);
    }

    private int List(IReadOnlyList<string> lines, int at, int depth, Func<string, int> marker, string element)
    {
        output.Append('<').Append(element).Append(">\n");
        while (at < lines.Count && marker(lines[at]) is > 0 and var width)
        {
            List<string> body = [lines[at][Math.Min(width, lines[at].Length)..]];
            at++;
            while (at < lines.Count && (lines[at].Length == 0 || RstLines.Indent(lines[at]) >= Math.Min(width, 2))) body.Add(RstLines.Unindent(lines[at++], width));
            output.Append("<li>");
            Blocks(body, depth + 1);
            output.Append("</li>\n");
        }
        output.Append("</").Append(element).Append(">\n");
        return at;
    }

    private int Definition(IReadOnlyList<string> lines, int at, int depth)
    {
        output.Append("<dl>\n");
        while (at + 1 < lines.Count && lines[at].Length > 0 && RstLines.Indent(lines[at]) == 0 && lines[at + 1].Length > 0 && RstLines.Indent(lines[at + 1]) > 0 && !lines[at].StartsWith("..", StringComparison.Ordinal))
        {
            output.Append("<dt>").Append(inline.Html(lines[at])).Append("</dt>\n<dd>");
            var (body, end) = RstLines.Indented(lines, at + 1);
            Blocks(body, depth + 1);
            output.Append("</dd>\n");
            at = Math.Max(end, at + 2);
        }
        output.Append("</dl>\n");
        return at;
    }

    private int Field(IReadOnlyList<string> lines, int at, (string Name, string Value) field)
    {
        var (body, end) = RstLines.Indented(lines, at + 1);
        // Fields on top of a file are for Sphinx, not for readers.
        if (output.Length > 0) output.Append("<p><strong>").Append(Entities.Escape(field.Name)).Append("</strong> ").Append(inline.Html(string.Join('\n', body.Prepend(field.Value)))).Append("</p>\n");
        return Math.Max(end, at + 1);
    }

    private int Explicit(IReadOnlyList<string> lines, int at, int depth)
    {
        var head = lines[at].Length > 3 ? lines[at][3..].TrimStart() : "";
        var (body, end) = RstLines.Indented(lines, at + 1);
        end = Math.Max(end, at + 1);
        if (head.StartsWith('_') && RstTargets.Definition(head) is { } target)
        {
            if (target.Address.Length == 0) output.Append("<a id=\"").AppendEscaped(RstTargets.Anchor(target.Name)).Append("\"></a>\n");
        }
        else if (head.IndexOf("::", StringComparison.Ordinal) is > 0 and var colons && head[..colons].All(one => char.IsLetterOrDigit(one) || one is '-' or '_' or ':' or '.' or '|' or ' ' or '+'))
            new RstDirective(head[..colons].Trim(), head[(colons + 2)..].Trim(), body).Write(this, depth);
        else if (head.StartsWith('[') && head.IndexOf(']') is > 0 and var close)
        {
            output.Append("<p><strong>[").AppendEscaped(head.AsSpan(1, close - 1).TrimStart('#')).Append("]</strong> ").Append(inline.Html(string.Join('\n', body.Prepend(head[(close + 1)..].Trim())))).Append("</p>\n");
        }
        return end;
    }

    private void Table(RstTable table)
    {
        output.Append("<table>\n");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            output.Append("<tr>");
            foreach (var cell in table.Rows[row]) output.Append(row < table.HeaderRows ? "<th>" : "<td>").Append(inline.Html(cell)).Append(row < table.HeaderRows ? "</th>" : "</td>");
            output.Append("</tr>\n");
        }
        output.Append("</table>\n");
    }

    // What directives may do.
    internal void Nested(IReadOnlyList<string> body, int depth) => Blocks(body, depth + 1);
    internal void Markup(string html) => output.Append(html);
    internal string Inline(string text) => inline.Html(text);
    internal void CodeBlock(IReadOnlyList<string> body, CodeInfo info) => Code(body, info);
    internal void Formula(string tex) => output.Append(document.Slots.Add(SlotKind.DisplayFormula, tex)).Append('\n');
    internal void Diagram(string text) => output.Append(document.Slots.Add(SlotKind.Diagram, text)).Append('\n');
    internal void Child(string path) => children.Add(path);
    internal void SetHighlight(string language) => highlight = language;
    internal void TableOf(RstTable table) => Table(table);
}
