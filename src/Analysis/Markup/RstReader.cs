namespace Rialto.Analysis;

/// <summary>Reads the part of reStructuredText that READMEs and changelogs use: titles, paragraphs, lists, literal blocks, images, substitutions, admonitions.</summary>
internal sealed class RstReader(string[] lines)
{
    private readonly BlockWriter writer = new();
    private readonly List<(char Mark, bool Over)> levels = [];
    private readonly Dictionary<string, MarkupImage> substitutions = new(StringComparer.Ordinal);
    private int at;

    public IReadOnlyList<Block> Read()
    {
        Substitutions();
        while (at < lines.Length)
        {
            var line = lines[at];
            if (string.IsNullOrWhiteSpace(line)) { at++; continue; }
            if (Title()) continue;
            if (line.StartsWith("..", StringComparison.Ordinal)) { Directive(); continue; }
            if (Item(line.TrimStart()) is { } mark) { ListItem(mark); continue; }
            Paragraph();
        }
        return writer.Blocks;
    }

    private bool Title()
    {
        var over = IsRule(lines[at]) && at + 2 < lines.Length && IsRule(lines[at + 2]) && lines[at + 1].Trim().Length > 0;
        var title = over ? at + 1 : at;
        if (title + 1 >= lines.Length || (!over && (char.IsWhiteSpace(lines[title][0]) || !IsRule(lines[title + 1]) || IsRule(lines[title]))))
        {
            if (!IsRule(lines[at])) return false;
            at++;
            return true;
        }
        var style = (lines[title + 1][0], over);
        var level = levels.IndexOf(style);
        if (level < 0) { levels.Add(style); level = levels.Count - 1; }
        RstInline.Write(writer, lines[title].Trim(), substitutions);
        writer.Flush(title + 1, made => made with { Kind = BlockKind.Heading, Level = Math.Min(6, level + 1) });
        at = title + 2;
        return true;
    }

    private void Directive()
    {
        var start = at;
        var head = lines[at][2..].Trim();
        var body = Indented(++at);
        var colons = head.IndexOf("::", StringComparison.Ordinal);
        if (colons <= 0 || head.StartsWith('|') || head.StartsWith('_')) return;
        var name = head[..colons].Trim();
        var argument = head[(colons + 2)..].Trim();
        switch (name)
        {
            case "image" or "figure":
                writer.Line = start + 1;
                writer.LinkOpen(Option(body, "target"));
                writer.Image(argument, Option(body, "alt") ?? "");
                writer.LinkClose();
                writer.Flush(start + 1, made => made);
                break;
            case "code-block" or "code" or "sourcecode" or "prompt":
                writer.Blocks.Add(new Block(BlockKind.Code, start + 1, Dedent(body.SkipWhile(line => line.TrimStart().StartsWith(':')))) { Language = argument.Split(' ')[0].ToLowerInvariant() });
                break;
            case "note" or "warning" or "attention" or "important" or "tip" or "caution" or "danger" or "admonition" or "hint":
                RstInline.Write(writer, string.Join(' ', body.Prepend(argument).Select(line => line.Trim())).Trim(), substitutions);
                writer.Flush(start + 1, made => made with { IsQuote = true, IsNotice = true });
                break;
        }
    }

    private void Paragraph()
    {
        var start = at;
        if (char.IsWhiteSpace(lines[at][0])) // a block quote
        {
            var quote = string.Join(' ', Indented(at).Select(line => line.Trim())).Trim();
            if (quote.Length == 0) { at++; return; }
            RstInline.Write(writer, quote, substitutions);
            writer.Flush(start + 1, made => made with { IsQuote = true });
            return;
        }
        var words = new List<string>();
        while (at < lines.Length && lines[at].Trim().Length > 0) words.Add(lines[at++].Trim());
        var text = string.Join(' ', words);
        if (words.All(word => word.StartsWith(':') && word.IndexOf(':', 1) > 0)) return; // a field list
        var literal = text.EndsWith("::", StringComparison.Ordinal);
        if (literal) text = text.Length == 2 ? "" : text[..^1];
        writer.Line = start + 1;
        RstInline.Write(writer, text, substitutions);
        writer.Flush(start + 1, made => made);
        if (!literal) return;
        while (at < lines.Length && lines[at].Trim().Length == 0) at++;
        var code = at;
        var body = Dedent(Indented(at));
        if (body.Length > 0) writer.Blocks.Add(new Block(BlockKind.Code, code + 1, body));
    }

    private void ListItem(string mark)
    {
        var start = at;
        var indent = lines[at].Length - lines[at].TrimStart().Length;
        var words = new List<string> { lines[at].TrimStart()[mark.Length..].Trim() };
        at++;
        while (at < lines.Length && lines[at].Trim().Length > 0 && lines[at].Length - lines[at].TrimStart().Length > indent && Item(lines[at].TrimStart()) is null)
            words.Add(lines[at++].Trim());
        writer.Line = start + 1;
        RstInline.Write(writer, string.Join(' ', words), substitutions);
        writer.Flush(start + 1, made => made with { Kind = BlockKind.Item, Level = 1 + indent / 2, IsOrdered = char.IsAsciiDigit(mark[0]) });
    }

    /// <summary>The mark that a list item begins with, or null.</summary>
    private static string? Item(string line)
    {
        if (line is ['*' or '-' or '+' or '•', ' ', ..]) return line[..2];
        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is > 0 and < 4 && line.Length > digits + 1 && line[digits] is '.' or ')' && line[digits + 1] == ' ') return line[..(digits + 2)];
        return line.StartsWith("#. ", StringComparison.Ordinal) ? "#. " : null;
    }

    private void Substitutions()
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(".. |", StringComparison.Ordinal)) continue;
            var end = lines[i].IndexOf('|', 4);
            var image = lines[i].IndexOf("image::", StringComparison.Ordinal);
            if (end < 0 || image < end) continue;
            var options = lines.Skip(i + 1).TakeWhile(line => line.Length > 0 && char.IsWhiteSpace(line[0])).ToList();
            substitutions[lines[i][4..end]] = new MarkupImage(lines[i][(image + 7)..].Trim(), Option(options, "alt") ?? "", null, Option(options, "target"), i + 1);
        }
    }

    private List<string> Indented(int from)
    {
        var body = new List<string>();
        for (at = from; at < lines.Length && (lines[at].Trim().Length == 0 || char.IsWhiteSpace(lines[at][0])); at++) body.Add(lines[at]);
        while (body.Count > 0 && body[^1].Trim().Length == 0) body.RemoveAt(body.Count - 1);
        return body;
    }

    private static string? Option(IEnumerable<string> body, string name) =>
        body.Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith($":{name}:", StringComparison.Ordinal))?[(name.Length + 2)..].Trim();

    private static string Dedent(IEnumerable<string> body)
    {
        var text = body.ToList();
        var indent = text.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', text.Select(line => line.Length >= indent ? line[indent..] : "")).Trim('\n');
    }

    private static bool IsRule(string line)
    {
        line = line.TrimEnd();
        return line.Length >= 2 && "=-~^\"'`#*+.:_<>".Contains(line[0], StringComparison.Ordinal) && line.AsSpan().Trim(line[0]).IsEmpty && (line.Length > 2 || line[0] is not ('.' or ':'));
    }
}
