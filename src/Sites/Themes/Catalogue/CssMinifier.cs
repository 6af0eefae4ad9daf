using System.Text;

namespace Rialto.Sites.Themes.Catalogue;

/// <summary>Takes comments and needless white space out of our own style sheets; strings are left alone.</summary>
internal static class CssMinifier
{
    public static string Minify(string css)
    {
        var result = new StringBuilder(css.Length);
        var pending = false;
        for (var i = 0; i < css.Length; i++)
        {
            var c = css[i];
            if (c == '/' && i + 1 < css.Length && css[i + 1] == '*')
            {
                var end = css.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? css.Length : end + 1;
                pending = true;
            }
            else if (char.IsWhiteSpace(c)) pending = true;
            else
            {
                if (pending && result.Length > 0 && !Tight(result[^1], false) && !Tight(c, true)) result.Append(' ');
                pending = false;
                if (c == '}' && result.Length > 0 && result[^1] == ';') result.Length--;
                if (c is '"' or '\'')
                {
                    var end = css.IndexOf(c, i + 1);
                    result.Append(css, i, end - i + 1);
                    i = end;
                }
                else result.Append(c);
            }
        }
        return result.ToString();
    }

    /// <summary>A space before ':' may be a descendant combinator, so only the space after it goes.</summary>
    private static bool Tight(char c, bool following) => c is '{' or '}' or ';' or ',' || (!following && c == ':');
}
