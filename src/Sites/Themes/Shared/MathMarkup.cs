namespace Rialto.Sites.Themes.Shared;

/// <summary>Mathematics in a text.</summary>
internal static class MathMarkup
{
    private const string First = "<span class=\"katex";

    /// <summary>Puts KaTeX's style sheet before the first formula: in the head it would hold up the first paint of the whole page.</summary>
    public static string WithStyle(string html, string address) =>
        html.IndexOf(First, StringComparison.Ordinal) is >= 0 and var at ? html.Insert(at, $"<link rel=\"stylesheet\" href=\"{address}\">") : html;
}
