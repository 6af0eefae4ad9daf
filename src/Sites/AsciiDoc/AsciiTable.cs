namespace Rialto.Sites;

/// <summary>Reads the body of a table.</summary>
internal static class AsciiTable
{
    public static RstTable Read(IReadOnlyList<string> lines, string style)
    {
        var first = lines.FirstOrDefault(line => line.Length > 0) ?? "";
        var columns = Columns(style, first);
        var cells = new List<string>();
        foreach (var line in lines)
        {
            if (line.Length == 0) continue;
            var parts = line.Split('|');
            if (parts[0].Trim().Length > 0 && cells.Count > 0 && !line.StartsWith('|') && parts[0].Trim().Length > 3) cells[^1] += "\n" + parts[0];
            cells.AddRange(parts.Skip(1).Select(cell => cell.Trim()));
        }
        var rows = cells.Chunk(Math.Max(1, columns)).Select(row => (IReadOnlyList<string>)row).ToList();
        var firstIndex = lines.ToList().IndexOf(first);
        var hasHeader = style.Contains("header", StringComparison.Ordinal) || firstIndex >= 0 && firstIndex + 1 < lines.Count && lines[firstIndex + 1].Length == 0 && first.Count(one => one == '|') == columns;
        return new RstTable(rows, hasHeader ? 1 : 0);
    }

    private static int Columns(string style, string first)
    {
        var at = style.IndexOf("cols=", StringComparison.Ordinal);
        if (at < 0) return first.Count(one => one == '|');
        var value = style[(at + 5)..].TrimStart('"');
        var list = value.IndexOf('"') is >= 0 and var quote ? value[..quote] : value.Split(',')[0];
        return list.IndexOf('*') is > 0 and var star && int.TryParse(list[..star], out var count) ? Math.Clamp(count, 1, 50) : list.Split(',', ';').Length;
    }
}
