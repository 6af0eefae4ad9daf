using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>Reads the part of AsciiDoc that READMEs and changelogs use.</summary>
internal sealed partial class AsciiDocReader(string[] lines)
{
    private readonly BlockWriter writer = new();
    private readonly Dictionary<string, string> attributes = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> paragraph = [];
    private int paragraphLine;
    private string? language;
    private bool notice;

    public IReadOnlyList<Block> Read()
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            if (line is "////" or "----" or "...." or "```" || line.StartsWith("```", StringComparison.Ordinal)) { i = Delimited(i, line); continue; }
            if (line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith("ifdef::", StringComparison.Ordinal) || line.StartsWith("ifndef::", StringComparison.Ordinal) || line.StartsWith("endif::", StringComparison.Ordinal) || line.StartsWith("ifeval::", StringComparison.Ordinal) || line.StartsWith("include::", StringComparison.Ordinal)) continue;
            if (line.Length == 0 || line is "====" or "****" or "____" or "|===" or "--" or "+" or "'''" or "<<<") { End(); continue; }
            if (Attribute.Match(line) is { Success: true } attribute) { attributes[attribute.Groups[1].Value] = attribute.Groups[2].Value.Trim(); continue; }
            if (Heading().Match(line) is { Success: true } heading && paragraph.Count == 0) { Title(heading, i + 1); continue; }
            if (line[0] == '[' && line[^1] == ']' && paragraph.Count == 0) { Style(line[1..^1]); continue; }
            if (line.StartsWith("image::", StringComparison.Ordinal)) { End(); Add(line, i + 1); End(); continue; }
            if (line[0] == ' ' && paragraph.Count == 0 && !Item.IsMatch(line)) { i = Literal(i); continue; }
            if (Item.Match(line) is { Success: true } item) { End(); Entry(item, i + 1); continue; }
            if (line[0] == '.' && line.Length > 1 && line[1] != ' ' && line[1] != '.' && paragraph.Count == 0) continue; // a block's title
            if (line[0] == '|') { End(); Add(line.TrimStart('|').Trim(), i + 1); End(); continue; }
            Add(line, i + 1);
        }
        End();
        return writer.Blocks;
    }

    private void Title(Match heading, int line)
    {
        Inline(heading.Groups[2].Value);
        writer.Flush(line, made => made with { Kind = BlockKind.Heading, Level = Math.Min(6, heading.Groups[1].Length) });
        if (heading.Groups[1].Length > 1 || line >= lines.Length) return;
        // Author and revision stand right below the document's title and are no paragraph.
        var next = lines[line];
        if (next.Length > 0 && next[0] is not (':' or '=' or '[' or '/') && (next.Contains('<', StringComparison.Ordinal) || next.Contains('@', StringComparison.Ordinal))) lines[line] = "//";
        if (line + 1 < lines.Length && lines[line] == "//" && lines[line + 1].StartsWith('v')) lines[line + 1] = "//";
    }

    private void Style(string style)
    {
        var parts = style.Split(',', '%');
        if (parts[0].Trim() is "source" or "") language = parts.Length > 1 ? parts[1].Trim().ToLowerInvariant() : null;
        notice = parts[0].Trim() is "NOTE" or "WARNING" or "IMPORTANT" or "CAUTION" or "TIP";
    }

    private int Delimited(int open, string mark)
    {
        End();
        var end = open + 1;
        var close = mark.StartsWith("```", StringComparison.Ordinal) ? "```" : mark;
        while (end < lines.Length && lines[end].TrimEnd() != close) end++;
        if (mark != "////")
            writer.Blocks.Add(new Block(BlockKind.Code, open + 1, Resolve(string.Join('\n', lines[(open + 1)..Math.Min(end, lines.Length)]))) { Language = mark.Length > 3 && mark[0] == '`' ? mark[3..].Trim() : language });
        language = null;
        return end;
    }

    /// <summary>An indented paragraph is printed as it is: usually a command.</summary>
    private int Literal(int open)
    {
        var end = open;
        while (end < lines.Length && lines[end].Length > 0 && lines[end][0] == ' ') end++;
        writer.Blocks.Add(new Block(BlockKind.Code, open + 1, Resolve(string.Join('\n', lines[open..end].Select(text => text.Trim())))) { Language = language });
        language = null;
        return end - 1;
    }

    private void Entry(Match item, int line)
    {
        var mark = item.Groups[1].Value;
        var text = item.Groups[2].Value;
        bool? done = text.StartsWith("[x] ", StringComparison.OrdinalIgnoreCase) || text.StartsWith("[*] ", StringComparison.Ordinal) ? true : text.StartsWith("[ ] ", StringComparison.Ordinal) ? false : null;
        Inline(done is null ? text : text[4..]);
        writer.Flush(line, made => made with { Kind = BlockKind.Item, Level = mark.Length, IsOrdered = mark[0] == '.', Done = done });
    }

    private void Add(string line, int number)
    {
        if (paragraph.Count == 0) paragraphLine = number;
        paragraph.Add(line.EndsWith(" +", StringComparison.Ordinal) ? line[..^2] : line);
    }

    private void End()
    {
        if (paragraph.Count == 0) return;
        var text = string.Join(' ', paragraph);
        paragraph.Clear();
        var admonition = Admonition.Match(text);
        var isNotice = notice || admonition.Success;
        notice = false;
        writer.Line = paragraphLine;
        Inline(admonition.Success ? text[admonition.Length..] : text);
        writer.Flush(paragraphLine, made => made with { IsNotice = isNotice, IsQuote = isNotice });
    }

    private void Inline(string text)
    {
        text = Resolve(text);
        var at = 0;
        foreach (Match match in Marks().Matches(text))
        {
            writer.Text(text.AsSpan(at, match.Index - at));
            at = match.Index + match.Length;
            if (match.Groups["image"].Success)
            {
                var options = match.Groups["alt"].Value.Split(',');
                writer.LinkOpen(options.Select(option => option.Trim()).FirstOrDefault(option => option.StartsWith("link=", StringComparison.Ordinal))?[5..].Trim('"'));
                writer.Image(match.Groups["image"].Value, options[0].Contains('=', StringComparison.Ordinal) ? "" : options[0].Trim('"'));
                writer.LinkClose();
            }
            else if (match.Groups["url"].Success)
            {
                writer.LinkOpen(match.Groups["url"].Value);
                writer.Text(match.Groups["label"].Value.Split(",window=")[0].TrimEnd('^'));
                writer.LinkClose();
            }
            else if (match.Groups["code"].Success) writer.Code(match.Groups["code"].Value.Trim('+'));
            else if (match.Groups["bold"].Success) { writer.BoldOpen(); writer.Text(match.Groups["bold"].Value); writer.BoldClose(); }
            else if (match.Groups["em"].Success) writer.Text(match.Groups["em"].Value);
        }
        writer.Text(text.AsSpan(at));
    }

    /// <summary>Attribute references replaced by their values; attributes may name others, a few deep.</summary>
    private string Resolve(string text)
    {
        for (var round = 0; round < 4 && text.Contains('{', StringComparison.Ordinal) && text.Length < 100_000; round++)
        {
            var next = Reference.Replace(text, match => attributes.TryGetValue(match.Groups[1].Value, out var value) ? value : match.Value);
            if (next == text) break;
            text = next;
        }
        return text;
    }

    private static readonly LinearPattern Attribute = new(@"^:!?([\w-]+)!?:(.*)$");
    [GeneratedRegex(@"^(={1,6}|#{1,6})\s+(\S.*?)(?:\s+=+)?$", RegexOptions.None, 500)] private static partial Regex Heading();
    private static readonly LinearPattern Item = new(@"^\s*(\*{1,5}|-|\.{1,5}|\d+\.)\s+(\S.*)$");
    private static readonly LinearPattern Admonition = new(@"^(?:NOTE|TIP|WARNING|IMPORTANT|CAUTION):\s+");
    private static readonly LinearPattern Reference = new(@"\{([\w-]+)\}");
    [GeneratedRegex(@"image::?(?<image>[^\s\[]+)\[(?<alt>[^\]]*)\]|(?:link:|xref:)?(?<url>(?:https?://|(?<=link:)|(?<=xref:))[^\s\[\]]+)\[(?<label>[^\]]*)\]|`(?<code>[^`]+)`|(?<![\w*])\*(?<bold>[^*\s][^*]*)\*(?!\w)|(?<![\w_])_(?<em>[^_\s][^_]*)_(?!\w)", RegexOptions.None, 500)]
    private static partial Regex Marks();
}
