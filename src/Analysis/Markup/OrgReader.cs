using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>Reads Emacs Org: headings with task states, paragraphs, lists, source blocks, links.</summary>
internal sealed partial class OrgReader(string[] lines)
{
    private readonly BlockWriter writer = new();

    public IReadOnlyList<Block> Read()
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("#+title:", StringComparison.OrdinalIgnoreCase)) { Add(line[8..].Trim(), i + 1, made => made with { Kind = BlockKind.Heading, Level = 1 }); continue; }
            if (line.StartsWith("#+begin_src", StringComparison.OrdinalIgnoreCase) || line.StartsWith("#+begin_example", StringComparison.OrdinalIgnoreCase)) { i = Code(i, line); continue; }
            if (line.Length == 0 || line.StartsWith("#+", StringComparison.Ordinal) || line.StartsWith("# ", StringComparison.Ordinal)) { writer.Flush(writer.Line, made => made); continue; }
            if (Heading.Match(lines[i]) is { Success: true } heading)
            {
                writer.Flush(writer.Line, made => made);
                bool? done = heading.Groups[2].Value switch { "DONE" => true, "TODO" or "NEXT" => false, _ => null };
                Add(heading.Groups[3].Value, i + 1, made => made with { Kind = BlockKind.Heading, Level = Math.Min(6, heading.Groups[1].Length), Done = done });
                continue;
            }
            if (Item.Match(lines[i]) is { Success: true } item)
            {
                writer.Flush(writer.Line, made => made);
                bool? done = item.Groups[2].Value switch { "" => null, "[X]" or "[x]" => true, _ => false };
                Add(item.Groups[3].Value, i + 1, made => made with { Kind = BlockKind.Item, Level = 1 + item.Groups[1].Length / 2, Done = done });
                continue;
            }
            if (writer.IsEmpty) writer.Line = i + 1;
            else writer.Space();
            Inline(line);
        }
        writer.Flush(writer.Line, made => made);
        return writer.Blocks;
    }

    private void Add(string text, int line, Func<Block, Block> shape)
    {
        writer.Line = line;
        Inline(text);
        writer.Flush(line, shape);
    }

    private int Code(int open, string head)
    {
        writer.Flush(writer.Line, made => made);
        var end = open + 1;
        while (end < lines.Length && !lines[end].TrimStart().StartsWith("#+end_", StringComparison.OrdinalIgnoreCase)) end++;
        writer.Blocks.Add(new Block(BlockKind.Code, open + 1, string.Join('\n', lines[(open + 1)..end])) { Language = head.Split(' ').Skip(1).FirstOrDefault()?.ToLowerInvariant() });
        return end;
    }

    private void Inline(string text)
    {
        var at = 0;
        foreach (Match match in Marks().Matches(text))
        {
            writer.Text(text.AsSpan(at, match.Index - at));
            at = match.Index + match.Length;
            if (match.Groups["code"].Success) { writer.Code(match.Groups["code"].Value); continue; }
            if (match.Groups["bold"].Success) { writer.BoldOpen(); writer.Text(match.Groups["bold"].Value); writer.BoldClose(); continue; }
            var url = match.Groups["url"].Value;
            if (match.Groups["label"].Success) { writer.LinkOpen(url); writer.Text(match.Groups["label"].Value); writer.LinkClose(); }
            else if (Path.GetExtension(url).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg" or ".gif" or ".svg" or ".webp") writer.Image(url.Replace("file:", "", StringComparison.Ordinal), "");
            else { writer.LinkOpen(url); writer.Text(url); writer.LinkClose(); }
        }
        writer.Text(text.AsSpan(at));
    }

    private static readonly LinearPattern Heading = new(@"^(\*+)\s+(?:(TODO|NEXT|DONE)\s+)?(.+)$");
    private static readonly LinearPattern Item = new(@"^(\s*)(?:[-+]|\d+[.)])\s+(\[[ Xx-]\])?\s*(.+)$");
    [GeneratedRegex(@"\[\[(?<url>[^\]]+)\](?:\[(?<label>[^\]]+)\])?\]|[=~](?<code>[^=~\s][^=~]*)[=~]|\*(?<bold>[^*\s][^*]*)\*", RegexOptions.None, 500)] private static partial Regex Marks();
}
