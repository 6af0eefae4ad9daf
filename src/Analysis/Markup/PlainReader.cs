namespace Rialto.Analysis;

/// <summary>Reads text without markup: paragraphs, dashes as items, underlined or upper-case lines as headings.</summary>
internal static class PlainReader
{
    public static IReadOnlyList<Block> Read(string[] lines)
    {
        var writer = new BlockWriter();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0) { writer.Flush(writer.Line, made => made); continue; }
            if (i + 1 < lines.Length && writer.IsEmpty && IsUnderline(lines[i + 1], line.Length))
            {
                writer.Text(line);
                var level = lines[i + 1].TrimStart()[0] == '=' ? 1 : 2;
                writer.Flush(i + 1, made => made with { Kind = BlockKind.Heading, Level = level });
                i++;
                continue;
            }
            if (line is ['-' or '*' or '+' or '•', ' ', .. var item])
            {
                writer.Flush(writer.Line, made => made);
                writer.Text(item.Trim());
                writer.Line = i + 1;
                writer.Flush(i + 1, made => made with { Kind = BlockKind.Item, Level = 1 });
                continue;
            }
            if (writer.IsEmpty) writer.Line = i + 1;
            else writer.Space();
            writer.Text(line);
        }
        writer.Flush(writer.Line, made => made);
        return writer.Blocks;
    }

    private static bool IsUnderline(string line, int length)
    {
        line = line.Trim();
        return line.Length >= 3 && line.Length >= length / 2 && line[0] is '=' or '-' && line.AsSpan().Trim(line[0]).IsEmpty;
    }
}
