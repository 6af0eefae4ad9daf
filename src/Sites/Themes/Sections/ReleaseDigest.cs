using System.Text.RegularExpressions;

namespace Rialto.Sites.Themes.Sections;

/// <summary>The first points of a changelog entry as plain text, with code kept in backticks.</summary>
internal static partial class ReleaseDigest
{
    private const int LongestPoint = 160;

    public static IReadOnlyList<string> Lines(string body, int most)
    {
        var points = new List<string>();
        var prose = new List<string>();
        var inFence = false;
        foreach (var raw in body.Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith("```", StringComparison.Ordinal)) inFence = !inFence;
            if (inFence || line.Length == 0 || line[0] is '#' or '<' or '=' or '|' or '`') continue;
            if (line[0] == '[' && line.Contains("]:", StringComparison.Ordinal)) continue;
            var indent = raw.Length - raw.TrimStart().Length;
            if (line.Length > 2 && line[0] is '*' or '-' or '+' && line[1] == ' ' && indent < 2) points.Add(Plain(line[2..]));
            else if (points.Count == 0 && indent < 2) prose.Add(Plain(line));
            if (points.Count >= most) break;
        }
        return points.Count > 0 ? points : [.. prose.Where(p => p.Length > 3).Take(Math.Min(most, 2))];
    }

    private static string Plain(string markdown)
    {
        var text = Link().Replace(markdown, "$1");
        text = Emphasis().Replace(text, "$1");
        text = Reference().Replace(text, "").Trim();
        if (text.Length <= LongestPoint) return text;
        var cut = text.LastIndexOf(' ', LongestPoint);
        return text[..(cut < 80 ? LongestPoint : cut)].TrimEnd(',', ';', ' ') + "…";
    }

    [GeneratedRegex(@"!?\[([^\]\n]*)\]\([^)\n]*\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"\*{1,3}([^*\n]+)\*{1,3}", RegexOptions.NonBacktracking)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\s*\(\[?(#\d+|[0-9a-f]{7,40})\]?\)|,? closes #\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
