using System.Net;

namespace Rialto.Analysis;

/// <summary>A tag or a piece of text of embedded HTML.</summary>
/// <param name="Tag">Lower-case name; <c>/name</c> for a closing tag; empty for text.</param>
/// <param name="Text">Text with entities resolved.</param>
/// <param name="Offset">Where it begins.</param>
internal readonly record struct HtmlToken(string Tag, string Text, int Offset, IReadOnlyDictionary<string, string>? Attributes)
{
    public string? this[string name] => Attributes is not null && Attributes.TryGetValue(name, out var value) ? value : null;
}

/// <summary>A forgiving, linear scanner of embedded HTML. Comments, scripts, styles and drawings are left out.</summary>
internal static class HtmlTokens
{
    private static readonly string[] Opaque = ["script", "style", "svg", "math", "template"];

    public static IEnumerable<HtmlToken> Read(string html)
    {
        var at = 0;
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            if (open < 0) open = html.Length;
            if (open > at) yield return new("", WebUtility.HtmlDecode(html[at..open]), at, null);
            if (open >= html.Length) yield break;
            if (html.AsSpan(open).StartsWith("<!--"))
            {
                var end = html.IndexOf("-->", open + 4, StringComparison.Ordinal);
                at = end < 0 ? html.Length : end + 3;
                continue;
            }
            if (open + 1 >= html.Length || !(char.IsAsciiLetter(html[open + 1]) || html[open + 1] is '/' or '!' or '?'))
            {
                yield return new("", "<", open, null);
                at = open + 1;
                continue;
            }
            var token = Tag(html, open, out at);
            if (Opaque.Contains(token.Tag))
            {
                var close = html.IndexOf("</" + token.Tag, at, StringComparison.OrdinalIgnoreCase);
                at = close < 0 ? html.Length : Math.Max(at, html.IndexOf('>', close) + 1);
                continue;
            }
            yield return token;
        }
    }

    private static HtmlToken Tag(string html, int open, out int end)
    {
        var at = open + 1;
        if (at < html.Length && html[at] == '/') at++;
        while (at < html.Length && (char.IsAsciiLetterOrDigit(html[at]) || html[at] == '-')) at++;
        var name = html[(open + 1)..at].ToLowerInvariant();
        Dictionary<string, string>? attributes = null;
        while (at < html.Length && html[at] != '>')
        {
            if (char.IsWhiteSpace(html[at]) || html[at] == '/') { at++; continue; }
            var start = at;
            while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] is not ('=' or '>' or '/')) at++;
            if (at == start) { at++; continue; }
            var key = html[start..at].ToLowerInvariant();
            while (at < html.Length && html[at] is ' ' or '\t') at++;
            (attributes ??= [])[key] = at < html.Length && html[at] == '=' ? Value(html, ref at) : "";
        }
        end = Math.Min(html.Length, at + 1);
        return new(name, "", open, attributes);
    }

    private static string Value(string html, ref int at)
    {
        at++;
        while (at < html.Length && char.IsWhiteSpace(html[at])) at++;
        if (at >= html.Length) return "";
        var quote = html[at] is '"' or '\'' ? html[at] : '\0';
        var start = quote == '\0' ? at : ++at;
        while (at < html.Length && (quote == '\0' ? !char.IsWhiteSpace(html[at]) && html[at] != '>' : html[at] != quote)) at++;
        var value = html[start..at];
        if (quote != '\0' && at < html.Length) at++;
        return WebUtility.HtmlDecode(value);
    }
}
