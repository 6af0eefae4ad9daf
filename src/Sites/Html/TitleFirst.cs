namespace Rialto.Sites;

/// <summary>A README often begins with a row of badges. On a page of its own the title comes first and the row below it.</summary>
internal static class TitleFirst
{
    /// <summary>Only whole paragraphs of badges and line breaks are moved; anything else before the title stays.</summary>
    public static string Arrange(string html)
    {
        var start = html.IndexOf("<h1", StringComparison.Ordinal);
        if (start <= 0 || !html.AsSpan(0, start).Contains("class=\"chip\"", StringComparison.Ordinal) || !HoldsOnlyChips(html[..start])) return html;
        var end = html.IndexOf("</h1>", start, StringComparison.Ordinal);
        return end < 0 ? html : $"{html[start..(end + 5)]}\n{html[..start]}{html[(end + 5)..].TrimStart()}";
    }

    private static bool HoldsOnlyChips(string html)
    {
        var (chips, blocks) = (0, 0);
        var scanner = new HtmlScanner(html);
        while (scanner.Next())
        {
            var step = scanner.Kind == HtmlTokenKind.Open ? 1 : -1;
            if (scanner.Kind == HtmlTokenKind.Text)
            {
                if (chips == 0 && !scanner.Text.IsWhiteSpace()) return false;
            }
            else if (scanner.Name == "span") chips += step;
            else if (scanner.Name is "p" or "div") blocks += step;
            else if (scanner.Name is not ("a" or "br" or "strong" or "em")) return false;
        }
        return blocks == 0;
    }
}
