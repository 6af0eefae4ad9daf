using System.Text.RegularExpressions;

namespace Rialto.Sites;

/// <summary>What is left where a picture of another host was: links around nothing, and paragraphs that only break lines.</summary>
internal static partial class EmptyParts
{
    public static string Remove(string html)
    {
        if (html.Contains("></a>", StringComparison.Ordinal) || html.Contains("\n</a>", StringComparison.Ordinal)) html = Link().Replace(html, "");
        if (!html.Contains("<br>", StringComparison.Ordinal) && !html.Contains("></p>", StringComparison.Ordinal) && !html.Contains("\n</p>", StringComparison.Ordinal)) return html;
        html = Opening().Replace(html, "$1");
        html = Closing().Replace(html, "$1");
        html = Between().Replace(html, "$1");
        return Paragraph().Replace(html, "");
    }

    [GeneratedRegex(@"<a href=""[^""]*""(?: rel=""[^""]*"")?>\s*</a>", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"(<(?:p|div)(?: class=""[^""]*"")?>)(?:\s*<br>)+", RegexOptions.NonBacktracking)]
    private static partial Regex Opening();

    [GeneratedRegex(@"(?:<br>\s*)+(</(?:p|div)>)", RegexOptions.NonBacktracking)]
    private static partial Regex Closing();

    [GeneratedRegex(@"(</(?:p|div|h[1-6])>)(?:\s*<br>)+", RegexOptions.NonBacktracking)]
    private static partial Regex Between();

    [GeneratedRegex(@"<p(?: class=""[^""]*"")?>\s*</p>\n?", RegexOptions.NonBacktracking)]
    private static partial Regex Paragraph();
}
