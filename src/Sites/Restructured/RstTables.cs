namespace Rialto.Sites;

/// <param name="Rows">Cells by row.</param>
/// <param name="HeaderRows">How many of the first rows are headings.</param>
internal sealed record RstTable(IReadOnlyList<IReadOnlyList<string>> Rows, int HeaderRows);

/// <summary>Reads grid tables and simple tables.</summary>
internal static class RstTables
{
    public static bool TryRead(IReadOnlyList<string> lines, int at, out RstTable table, out int end)
    {
        (table, end) = (new RstTable([], 0), at);
        if (lines[at].StartsWith("+-", StringComparison.Ordinal) && lines[at].EndsWith('+')) return Grid(lines, at, out table, out end);
        return lines[at].StartsWith("==", StringComparison.Ordinal) && lines[at].Contains(" =", StringComparison.Ordinal) && lines[at].All(one => one is '=' or ' ') && Simple(lines, at, out table, out end);
    }

    private static bool Grid(IReadOnlyList<string> lines, int at, out RstTable table, out int end)
    {
        var columns = Enumerable.Range(0, lines[at].Length).Where(index => lines[at][index] == '+').ToList();
        var rows = new List<IReadOnlyList<string>>();
        var header = 0;
        string[]? cells = null;
        for (end = at; end < lines.Count && lines[end] is ['+' or '|', ..]; end++)
        {
            var line = lines[end];
            if (line[0] == '+')
            {
                if (cells is not null) rows.Add(cells);
                cells = null;
                if (line.Contains('=')) header = rows.Count;
                continue;
            }
            cells ??= [.. Enumerable.Repeat("", Math.Max(1, columns.Count - 1))];
            for (var column = 0; column + 1 < columns.Count && columns[column] + 1 < line.Length; column++)
                cells[column] = (cells[column] + "\n" + line[(columns[column] + 1)..Math.Min(line.Length, columns[column + 1])].Trim()).Trim();
        }
        table = new RstTable(rows, header);
        return rows.Count > 0;
    }

    private static bool Simple(IReadOnlyList<string> lines, int at, out RstTable table, out int end)
    {
        var starts = Enumerable.Range(0, lines[at].Length).Where(index => lines[at][index] == '=' && (index == 0 || lines[at][index - 1] == ' ')).ToList();
        var rows = new List<IReadOnlyList<string>>();
        var (header, rules) = (0, 1);
        for (end = at + 1; end < lines.Count; end++)
        {
            var line = lines[end];
            if (line.Length > 0 && line.All(one => one is '=' or ' ') && line.Contains('='))
            {
                rules++;
                var isLast = end + 1 >= lines.Count || lines[end + 1].Length == 0;
                if (rules == 2 && !isLast) header = rows.Count;
                else break;
                continue;
            }
            if (line.Length == 0 || line.All(one => one is '-' or ' ')) continue;
            var cells = starts.Select((start, index) => start >= line.Length ? "" : line[start..(index + 1 < starts.Count ? Math.Min(line.Length, starts[index + 1]) : line.Length)].Trim()).ToArray();
            if (cells[0].Length == 0 && rows.Count > 0) rows[^1] = [.. rows[^1].Zip(cells, (old, more) => more.Length > 0 ? old + "\n" + more : old)];
            else rows.Add(cells);
        }
        end = Math.Min(lines.Count, end + 1);
        table = new RstTable(rows, header);
        return rows.Count > 0;
    }
}
