using System.Text;

namespace Rialto.Sites;

/// <summary>Reads addresses as a browser would, before deciding about them.</summary>
internal static class Addresses
{
    /// <summary>Without what a browser ignores: surrounding controls and spaces, and tabs and line breaks anywhere. Backslashes are slashes.</summary>
    public static string Clean(string address)
    {
        var trimmed = address.AsSpan().Trim(Ignored);
        if (trimmed.IndexOfAny("\t\r\n\\") < 0) return Absolute(trimmed.ToString());
        var result = new StringBuilder(trimmed.Length);
        foreach (var one in trimmed)
            if (one is not ('\t' or '\r' or '\n')) result.Append(one == '\\' ? '/' : one);
        return Absolute(result.ToString());
    }

    /// <summary>The scheme in lower case; null for an address without one. Anything before a colon counts that could be read as one.</summary>
    public static string? Scheme(string address)
    {
        var colon = address.IndexOf(':');
        if (colon < 0 || address.AsSpan(0, colon).IndexOfAny("/?#") >= 0) return null;
        return address[..colon].ToLowerInvariant();
    }

    public static bool IsFollowed(string scheme) => scheme is "http" or "https" or "mailto" or "tel" or "irc" or "ircs" or "matrix" or "xmpp";

    /// <summary>The decoded path without query and fragment.</summary>
    public static string PathOf(string address)
    {
        var end = address.AsSpan().IndexOfAny('#', '?');
        var path = end < 0 ? address : address[..end];
        return path.Contains('%') ? Uri.UnescapeDataString(path) : path;
    }

    /// <summary>An absolute address with what may not stand in one percent-encoded.</summary>
    public static string Encode(string address)
    {
        var result = new StringBuilder(address.Length);
        for (var at = 0; at < address.Length; at++)
        {
            var one = address[at];
            if (one == '%' && !(at + 2 < address.Length && char.IsAsciiHexDigit(address[at + 1]) && char.IsAsciiHexDigit(address[at + 2]))) result.Append("%25");
            else if (one is ' ' or '"' or '<' or '>' or '`' or '{' or '}' or '|' or '^' or '[' or ']' || one < ' ') result.Append('%').Append(((int)one).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            else result.Append(one);
        }
        return result.ToString();
    }

    private static readonly string Ignored = string.Concat(Enumerable.Range(0, 33).Select(code => (char)code)) + "\u007f\u00a0\ufeff\u200b";

    private static string Absolute(string address) => address.StartsWith("//", StringComparison.Ordinal) ? "https:" + address : address;
}
