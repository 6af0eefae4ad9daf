namespace Rialto.Sites;

/// <summary>What single lines of reStructuredText are.</summary>
internal static class RstLines
{
    public static IReadOnlyList<string> Split(string text) => [.. text.Replace("\t", "        ", StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd())];

    public static int Indent(string line)
    {
        var count = 0;
        while (count < line.Length && line[count] == ' ') count++;
        return count;
    }

    public static string Unindent(string line, int width) => line.Length == 0 ? "" : line[Math.Min(width, Indent(line))..];

    /// <summary>The block that is indented from <paramref name="at"/> on, without its common indentation.</summary>
    public static (IReadOnlyList<string> Body, int End) Indented(IReadOnlyList<string> lines, int at)
    {
        var end = at;
        var indent = int.MaxValue;
        for (var look = at; look < lines.Count; look++)
        {
            if (lines[look].Length == 0) continue;
            var own = Indent(lines[look]);
            if (own == 0) break;
            indent = Math.Min(indent, own);
            end = look + 1;
        }
        return ([.. lines.Skip(at).Take(end - at).Select(line => Unindent(line, indent))], end);
    }

    /// <summary>A line of one repeated mark, as under a heading.</summary>
    public static bool IsRule(string line)
    {
        if (line.Length < 2 || char.IsLetterOrDigit(line[0]) || char.IsWhiteSpace(line[0]) || line[0] > 127) return false;
        foreach (var one in line)
            if (one != line[0]) return false;
        return line != "::" && line != ".." ;
    }

    /// <summary>Width of the marker of a bullet; 0 when the line is none.</summary>
    public static int Bullet(string line) => line.Length > 1 && line[0] is '*' or '-' or '+' or '•' && line[1] == ' ' ? 1 + Indent(line[1..]) : 0;

    /// <summary>Width of the marker of a numbered item; 0 when the line is none.</summary>
    public static int Number(string line)
    {
        var at = line.StartsWith('(') ? 1 : 0;
        var start = at;
        while (at < line.Length && at - start < 4 && (char.IsAsciiDigit(line[at]) || line[at] == '#')) at++;
        return at > start && at + 1 < line.Length && line[at] is '.' or ')' && line[at + 1] == ' ' ? at + 1 + Indent(line[(at + 1)..]) : 0;
    }

    /// <summary><c>:name: value</c>.</summary>
    public static (string Name, string Value)? Field(string line)
    {
        if (line.Length < 3 || line[0] != ':' || line[1] is ' ' or ':') return null;
        var close = line.IndexOf(':', 1);
        return close > 1 && (close + 1 == line.Length || line[close + 1] == ' ') ? (line[1..close], line[(close + 1)..].Trim()) : null;
    }
}
