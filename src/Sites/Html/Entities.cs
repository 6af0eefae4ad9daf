using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace Rialto.Sites;

/// <summary>Character references of HTML, both ways.</summary>
internal static class Entities
{
    /// <summary>Longest name that is looked up, with room for the longest of the standard (<c>CounterClockwiseContourIntegral;</c>).</summary>
    private const int LongestName = 33;

    /// <summary>Text with its character references resolved; what is not a reference stays as written.</summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        var ampersand = text.IndexOf('&');
        if (ampersand < 0) return text.ToString();
        var result = new StringBuilder(text.Length);
        while (ampersand >= 0)
        {
            result.Append(text[..ampersand]);
            text = text[ampersand..];
            if (TryReference(text, out var symbol, out var length)) result.Append(symbol);
            else result.Append(text[..(length = 1)]);
            text = text[length..];
            ampersand = text.IndexOf('&');
        }
        return result.Append(text).ToString();
    }

    /// <summary>Appends <paramref name="text"/> so that it reads as itself inside an element or a double-quoted attribute.</summary>
    public static StringBuilder AppendEscaped(this StringBuilder builder, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var special = text.IndexOfAny(Special);
            if (special < 0) return builder.Append(text);
            builder.Append(text[..special]).Append(text[special] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => "" });
            text = text[(special + 1)..];
        }
    }

    /// <summary><see cref="AppendEscaped"/> as a string.</summary>
    public static string Escape(ReadOnlySpan<char> text) => text.IndexOfAny(Special) < 0 ? text.ToString() : new StringBuilder(text.Length + 16).AppendEscaped(text).ToString();

    // Control characters other than tab and line breaks are not allowed in HTML at all: they are left out.
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(
        [.. "&<>\"\u007f\ufffe\uffff", .. Enumerable.Range(0, 32).Select(code => (char)code).Except(['\t', '\n', '\r'])]);

    private static bool TryReference(ReadOnlySpan<char> text, out string symbol, out int length)
    {
        (symbol, length) = ("", 0);
        var end = text[..Math.Min(text.Length, LongestName)].IndexOf(';');
        if (end < 2) return false;
        length = end + 1;
        if (text[1] != '#')
        {
            symbol = HtmlEntityProvider.Resolver.GetSymbol(text[1..length].ToString()) ?? "";
            return symbol.Length > 0;
        }
        var digits = text[2..end];
        var hex = digits is ['x' or 'X', ..];
        if (!int.TryParse(hex ? digits[1..] : digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return false;
        symbol = Rune.IsValid(code) && code != 0 ? new Rune(code).ToString() : "\ufffd";
        return true;
    }
}
