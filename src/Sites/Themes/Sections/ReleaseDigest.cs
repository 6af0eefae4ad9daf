using System.Text;
using System.Text.RegularExpressions;

namespace Rialto.Sites.Themes.Sections;

/// <summary>
/// The first points of a release as plain text, with code kept in backticks. They are read from the page that is already written,
/// so wrapped lines, roles and reference links are resolved; a point ends where a sentence ends.
/// </summary>
internal static partial class ReleaseDigest
{
    private const int LongestPoint = 170;

    /// <summary>The outermost list items of a release, or its first paragraphs where it has no list.</summary>
    public static IReadOnlyList<string> Lines(string html, int most)
    {
        var points = new List<string>();
        var prose = new List<string>();
        var text = new StringBuilder();
        var (lists, skipped) = (0, 0);
        var scanner = new HtmlScanner(html);
        while (points.Count < most && scanner.Next())
        {
            var isOpen = scanner.Kind == HtmlTokenKind.Open;
            if (scanner.Kind == HtmlTokenKind.Text)
            {
                if (skipped == 0) text.Append(Entities.Decode(scanner.Text));
                continue;
            }
            switch (scanner.Name)
            {
                case "ul" or "ol":
                    // What stands below a point explains it; the point itself ends here.
                    Take(lists == 0 ? prose : lists == 1 ? points : null, text);
                    lists = Math.Max(0, lists + (isOpen ? 1 : -1));
                    break;
                case "li":
                    Take(lists == 1 && !isOpen ? points : null, text);
                    break;
                case "p" when lists == 1:
                    if (!isOpen) Take(points, text);
                    break;
                case "p":
                    Take(isOpen ? null : prose, text);
                    break;
                case "pre" or "table" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "summary":
                    skipped = Math.Max(0, skipped + (isOpen ? 1 : -1));
                    break;
                case "code" when skipped == 0:
                    text.Append('`');
                    break;
            }
        }
        return points.Count > 0 ? points : [.. prose.Where(one => one.Length > 3 && one[^1] != ':').Take(Math.Min(most, 2))];
    }

    private static void Take(List<string>? into, StringBuilder text)
    {
        var point = Plain(text.ToString());
        text.Clear();
        if (into is not null && point.Length > 1) into.Add(point);
    }

    private static string Plain(string text)
    {
        text = Titles.Flatten(text);
        text = Attribution().Replace(text, "");
        text = Reference().Replace(text, "").Trim();
        return text.Length <= LongestPoint ? text : WholeSentences(text) ?? Cut(text);
    }

    /// <summary>As many whole sentences as fit; null when not even the first does.</summary>
    private static string? WholeSentences(string text)
    {
        var end = -1;
        for (var at = 0; at < LongestPoint; at++)
        {
            var isEnd = text[at] is '。' or '！' or '？' || text[at] is '.' or '!' or '?' && at + 2 < text.Length && text[at + 1] == ' ' && !char.IsLower(text[at + 2]) && at > 24;
            if (isEnd && text.AsSpan(0, at).Count('`') % 2 == 0) end = at;
        }
        return end < 0 ? null : text[..(end + 1)];
    }

    private static string Cut(string text)
    {
        var cut = text.LastIndexOf(' ', LongestPoint);
        text = text[..(cut < LongestPoint / 2 ? LongestPoint : cut)].TrimEnd(',', ';', ':', ' ', '(');
        return text + (text.Count(one => one == '`') % 2 == 1 ? "`…" : "…");
    }

    /// <summary>Who sent it and as which commit, which some tools write before what it is.</summary>
    [GeneratedRegex(@"\A(?:(?:#\d+|`[0-9a-f]{7,40}`|[0-9a-f]{7,40}|and|,)[ ,]*)+Thanks (?:@[\w-]+(?:, | and )?)+! - ", RegexOptions.NonBacktracking)]
    private static partial Regex Attribution();

    [GeneratedRegex(@"\s*\((?:\[?(?:#\d+|`?[0-9a-f]{7,40}`?)\]?(?:, )?)+\)|,? closes #\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
