namespace Rialto.Sites;

internal enum HtmlTokenKind { Text, Open, Close }

/// <summary>
/// Reads HTML as a flat run of tokens in linear time. It need not agree with a browser on broken input: whatever it takes for
/// text is written escaped, and whatever it takes for a tag is written anew, so a disagreement can only lose markup.
/// </summary>
internal ref struct HtmlScanner(string html)
{
    private readonly string html = html;
    private readonly List<KeyValuePair<string, string>> attributes = [];
    private bool tagsExhausted;
    private bool commentsExhausted;

    /// <summary>What was read.</summary>
    public HtmlTokenKind Kind { get; private set; }

    /// <summary>The raw text of a text token.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Lower-case element name of a tag.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Attributes of an open tag: lower-case names, decoded values; the first of equal names counts.</summary>
    public readonly IReadOnlyList<KeyValuePair<string, string>> Attributes => attributes;

    /// <summary>Where the next token begins.</summary>
    public int Position { get; private set; }

    /// <summary>Reads the next token; false at the end.</summary>
    public bool Next()
    {
        while (Position < html.Length)
        {
            var start = Position;
            if (html[start] != '<')
            {
                var end = html.IndexOf('<', start);
                return TakeText(start, end < 0 ? html.Length : end);
            }
            if (TrySkipDeclaration(start)) continue;
            if (!tagsExhausted && TryTag(start)) return true;
            var next = html.IndexOf('<', start + 1);
            return TakeText(start, next < 0 ? html.Length : next);
        }
        return false;
    }

    /// <summary>Skips to behind <c>&lt;/name&gt;</c>, counting nested ones; stays where it is when there is none.</summary>
    public void SkipElement(string name)
    {
        var depth = 1;
        for (var at = Position; (at = html.IndexOf('<', at)) >= 0; at++)
        {
            var rest = html.AsSpan(at + 1);
            var closing = rest.StartsWith("/", StringComparison.Ordinal);
            if (closing) rest = rest[1..];
            if (!rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) || rest.Length > name.Length && char.IsLetterOrDigit(rest[name.Length])) continue;
            depth += closing ? -1 : 1;
            if (depth > 0) continue;
            var end = html.IndexOf('>', at);
            Position = end < 0 ? html.Length : end + 1;
            return;
        }
    }

    private bool TakeText(int start, int end)
    {
        Kind = HtmlTokenKind.Text;
        Text = html.AsSpan(start, end - start);
        Position = end;
        return true;
    }

    private bool TrySkipDeclaration(int start)
    {
        if (start + 1 >= html.Length || html[start + 1] is not ('!' or '?')) return false;
        if (string.CompareOrdinal(html, start, "<!--", 0, 4) == 0)
        {
            if (commentsExhausted) return false;
            var close = html.IndexOf("-->", start + 2, StringComparison.Ordinal);
            commentsExhausted = close < 0;
            if (close >= 0) Position = close + 3;
            return close >= 0;
        }
        if (tagsExhausted) return false;
        var end = html.IndexOf('>', start);
        tagsExhausted = end < 0;
        if (end >= 0) Position = end + 1;
        return end >= 0;
    }

    private bool TryTag(int start)
    {
        var at = start + 1;
        var closing = at < html.Length && html[at] == '/';
        if (closing) at++;
        if (at >= html.Length || !char.IsAsciiLetter(html[at])) return false;
        var nameStart = at;
        while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('/' or '>')) at++;
        var name = html[nameStart..at].ToLowerInvariant();
        attributes.Clear();
        if (!ReadAttributes(ref at))
        {
            tagsExhausted = true;
            return false;
        }
        (Kind, Name, Position) = (closing ? HtmlTokenKind.Close : HtmlTokenKind.Open, name, at);
        return true;
    }

    private readonly bool ReadAttributes(ref int at)
    {
        while (true)
        {
            while (at < html.Length && (IsSpace(html[at]) || html[at] == '/')) at++;
            if (at >= html.Length) return false;
            if (html[at] == '>')
            {
                at++;
                return true;
            }
            var nameStart = at++;
            while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('/' or '>' or '=')) at++;
            var name = html[nameStart..at].ToLowerInvariant();
            while (at < html.Length && IsSpace(html[at])) at++;
            var value = "";
            if (at < html.Length && html[at] == '=')
            {
                at++;
                if (!ReadValue(ref at, out value)) return false;
            }
            Add(name, value);
        }
    }

    private readonly bool ReadValue(ref int at, out string value)
    {
        value = "";
        while (at < html.Length && IsSpace(html[at])) at++;
        if (at >= html.Length) return false;
        if (html[at] is '"' or '\'' or '{')
        {
            var close = html.IndexOf(html[at] == '{' ? '}' : html[at], at + 1);
            if (close < 0) return false;
            value = Entities.Decode(html.AsSpan(at + 1, close - at - 1));
            at = close + 1;
            return true;
        }
        var start = at;
        while (at < html.Length && !IsSpace(html[at]) && html[at] != '>') at++;
        value = Entities.Decode(html.AsSpan(start, at - start));
        return true;
    }

    private readonly void Add(string name, string value)
    {
        // A tag with thousands of attributes is an attack on the duplicate check, not a document.
        if (attributes.Count >= 32) return;
        foreach (var attribute in attributes)
            if (attribute.Key == name) return;
        attributes.Add(new(name, value));
    }

    private static bool IsSpace(char value) => value is ' ' or '\t' or '\n' or '\r' or '\f';
}
