namespace Rialto.Sites;

/// <summary>Some authors begin with a heading of the second level because the host shows the name above it. On a page of its own that heading is the title.</summary>
internal static class HeadingLevels
{
    /// <summary>By how many levels the headings move up: only where the text begins with a heading above all others and no title stands elsewhere.</summary>
    public static int Promotion(Document document)
    {
        var html = document.RawHtml;
        if (document.Kind != PageKind.Document || document.FrontMatter.Title is not null || html.Contains("<h1", StringComparison.OrdinalIgnoreCase)) return 0;
        var (first, firstAt) = (0, -1);
        for (var at = html.IndexOf("<h", StringComparison.OrdinalIgnoreCase); at >= 0 && at + 2 < html.Length; at = html.IndexOf("<h", at + 2, StringComparison.OrdinalIgnoreCase))
        {
            if (html[at + 2] is not (>= '1' and <= '6')) continue;
            var level = html[at + 2] - '0';
            if (first == 0) (first, firstAt) = (level, at);
            else if (level <= first) return 0;
        }
        return first > 1 && HasNoText(html[..firstAt]) ? first - 1 : 0;
    }

    public static string Promoted(string heading, int promotion) => "h" + Math.Max(1, heading[1] - '0' - promotion);

    private static bool HasNoText(string html)
    {
        var scanner = new HtmlScanner(html);
        while (scanner.Next())
            if (scanner.Kind == HtmlTokenKind.Text && !scanner.Text.IsWhiteSpace()) return false;
        return true;
    }
}
