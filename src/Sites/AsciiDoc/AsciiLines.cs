namespace Rialto.Sites;

/// <summary>What single lines of AsciiDoc are.</summary>
internal static class AsciiLines
{
    /// <summary>Level of a section title (<c>= Title</c> is 1); 0 for other lines.</summary>
    public static int Heading(string line)
    {
        var mark = line[0];
        var level = 0;
        while (level < line.Length && line[level] == mark) level++;
        return mark is '=' or '#' && level is >= 1 and <= 6 && level < line.Length - 1 && line[level] == ' ' ? level : 0;
    }

    public static bool IsDelimiter(string line) =>
        line.StartsWith("```", StringComparison.Ordinal) || line == "--" || line.Length >= 4 && line[0] is '-' or '.' or '=' or '*' or '_' or '+' or '/' && line.Length >= 4 && line.AsSpan().IndexOfAnyExcept(line[0]) < 0;

    /// <summary>Marker of a list item: its width, sign and depth; width 0 for other lines.</summary>
    public static (int Width, char Mark, int Level) Item(string line)
    {
        var start = 0;
        while (start < line.Length && line[start] == ' ') start++;
        var at = start;
        if (at >= line.Length) return default;
        if (line[at] is '*' or '-' or '.')
        {
            while (at < line.Length && line[at] == line[start]) at++;
            return at < line.Length && line[at] == ' ' && at - start <= 5 ? (at + 1, line[start], at - start) : default;
        }
        while (at < line.Length && char.IsAsciiDigit(line[at])) at++;
        return at > start && at - start <= 3 && at + 1 < line.Length && line[at] == '.' && line[at + 1] == ' ' ? (at + 2, '1', 1) : default;
    }

    public static string WithoutBox(string text) =>
        text.StartsWith("[x] ", StringComparison.Ordinal) || text.StartsWith("[*] ", StringComparison.Ordinal) ? "☑ " + text[4..] : text.StartsWith("[ ] ", StringComparison.Ordinal) ? "☐ " + text[4..] : text;

    /// <summary><c>:name: value</c>.</summary>
    public static (string Name, string Value)? Attribute(string line)
    {
        if (line.Length < 3 || line[0] != ':' || line[1] is ' ' or ':') return null;
        var close = line.IndexOf(':', 1);
        return close > 1 && line.AsSpan(1, close - 1).IndexOf(' ') < 0 && (close + 1 == line.Length || line[close + 1] == ' ') ? (line[1..close].Trim('!'), line[(close + 1)..].Trim()) : null;
    }
}
