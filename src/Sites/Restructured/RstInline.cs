using System.Text;

namespace Rialto.Sites;

/// <summary>Inline marks of reStructuredText: emphasis, literals, references, roles. One pass, left to right.</summary>
internal sealed class RstInline(RstTargets targets)
{
    public string Html(string text)
    {
        var output = new StringBuilder(text.Length + 32);
        for (var at = 0; at < text.Length;)
        {
            var used = text[at] switch
            {
                '`' when text.AsSpan(at).StartsWith("``") => Span(output, text, at, "``", "code"),
                '*' when text.AsSpan(at).StartsWith("**") => Span(output, text, at, "**", "strong"),
                '*' => Span(output, text, at, "*", "em"),
                '`' => Reference(output, text, at, ""),
                ':' => Role(output, text, at),
                '|' => Substitution(output, text, at),
                'h' => Address(output, text, at),
                '\\' when at + 1 < text.Length => Escape(output, text, at),
                _ when char.IsLetterOrDigit(text[at]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1])) => Word(output, text, at),
                _ => 0,
            };
            if (used == 0) output.AppendEscaped(text.AsSpan(at, used = 1));
            at += used;
        }
        return output.ToString();
    }

    private static int Escape(StringBuilder output, string text, int at)
    {
        if (text[at + 1] != ' ') output.AppendEscaped(text.AsSpan(at + 1, 1));
        return 2;
    }

    private static int Span(StringBuilder output, string text, int at, string mark, string element)
    {
        var start = at + mark.Length;
        if (start >= text.Length || char.IsWhiteSpace(text[start])) return 0;
        var end = text.IndexOf(mark, start, Math.Min(text.Length - start, 4000), StringComparison.Ordinal);
        if (end <= start || char.IsWhiteSpace(text[end - 1])) return 0;
        output.Append('<').Append(element).Append('>').AppendEscaped(text.AsSpan(start, end - start)).Append("</").Append(element).Append('>');
        return end + mark.Length - at;
    }

    /// <summary><c>`text &lt;address&gt;`_</c>, <c>`name`_</c>, and with a role the same for documents and objects.</summary>
    private int Reference(StringBuilder output, string text, int at, string role)
    {
        var end = text.IndexOf('`', at + 1, Math.Min(text.Length - at - 1, 2000));
        if (end <= at + 1) return 0;
        var inner = text[(at + 1)..end];
        var after = end + 1;
        while (after < text.Length && text[after] == '_' && after < end + 3) after++;
        var open = inner.LastIndexOf('<');
        var label = open > 0 && inner.EndsWith('>') ? inner[..open].Trim() : inner;
        var target = open >= 0 && inner.EndsWith('>') ? inner[(open + 1)..^1] : null;
        if (role is "doc" or "download") Link(output, target ?? inner, label == inner && target is null ? Titles.FromPath(inner) : label);
        else if (role == "ref") Link(output, targets.Address(target ?? inner), label);
        else if (role is "math") output.Append("<code>").AppendEscaped(inner).Append("</code>");
        else if (role is "kbd") output.Append("<kbd>").AppendEscaped(inner).Append("</kbd>");
        else if (role is "abbr" or "term" or "emphasis" or "menuselection" or "guilabel" or "dfn" or "strong") output.Append("<em>").AppendEscaped(label).Append("</em>");
        else if (role is "pep" or "rfc") Link(output, role == "pep" ? $"https://peps.python.org/pep-{inner.PadLeft(4, '0')}/" : $"https://www.rfc-editor.org/rfc/rfc{inner}", role.ToUpperInvariant() + " " + inner);
        else if (role is "pr" or "issue" or "pull" or "gh" or "ghissue" or "ghpull" && inner.All(char.IsAsciiDigit)) output.Append('#').Append(inner);
        else if (role.Length > 0) output.Append("<code>").AppendEscaped(label.StartsWith('~') ? label[(label.LastIndexOf('.') + 1)..] : label.TrimStart('!')).Append("</code>");
        else if (after > end + 1) Link(output, target is null ? targets.Address(inner) ?? "#" + RstTargets.Anchor(inner) : target.EndsWith('_') ? targets.Address(target[..^1]) : target, label);
        else output.Append("<em>").AppendEscaped(inner).Append("</em>");
        return after - at;
    }

    private int Role(StringBuilder output, string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '_' or ':' or '.') && end - at < 40) end++;
        if (end - at < 3 || end >= text.Length || text[end] != '`' || text[end - 1] != ':') return 0;
        var name = text[(at + 1)..(end - 1)];
        var used = Reference(output, text, end, name[(name.LastIndexOf(':') + 1)..]);
        return used == 0 ? 0 : end - at + used;
    }

    private int Substitution(StringBuilder output, string text, int at)
    {
        var end = text.IndexOf('|', at + 1, Math.Min(text.Length - at - 1, 80));
        if (end <= at + 1 || targets.Substitution(text[(at + 1)..end]) is not { } value) return 0;
        output.AppendEscaped(value);
        return end + 1 - at;
    }

    private static int Address(StringBuilder output, string text, int at)
    {
        var rest = text.AsSpan(at);
        if (!rest.StartsWith("http://") && !rest.StartsWith("https://")) return 0;
        var end = rest.IndexOfAny(" \n<>`\"|");
        var address = rest[..(end < 0 ? rest.Length : end)].TrimEnd(".,;:!?)'*");
        Link(output, address.ToString(), address.ToString());
        return address.Length;
    }

    /// <summary><c>name_</c>; a word without the underscore is passed over as a whole.</summary>
    private int Word(StringBuilder output, string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '.' or '_' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1]))) end++;
        var word = text[at..end];
        if (end < text.Length && text[end] == '_' && (end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1])) && targets.Address(word) is { } address)
        {
            Link(output, address, word);
            return end + 1 - at;
        }
        output.AppendEscaped(word);
        return end - at;
    }

    private static void Link(StringBuilder output, string? address, string label)
    {
        if (address is null) output.AppendEscaped(label);
        else output.Append("<a href=\"").AppendEscaped(address).Append("\">").AppendEscaped(label).Append("</a>");
    }
}
