using System.Text;

namespace Rialto.Sites;

/// <summary>Inline marks of AsciiDoc: one pass, left to right.</summary>
internal sealed class AsciiInline
{
    private const int MaxNesting = 8;
    private readonly Dictionary<string, string> attributes = new(StringComparer.OrdinalIgnoreCase) { ["nbsp"] = "\u00a0", ["zwsp"] = "\u200b", ["plus"] = "+", ["cpp"] = "C++", ["blank"] = "", ["empty"] = "" };

    public void Set(string name, string value) => attributes[name] = Replace(value, 0);

    public string Html(string text) => Html(Replace(text, 0), 0);

    private string Html(string text, int depth)
    {
        var output = new StringBuilder(text.Length + 32);
        for (var at = 0; at < text.Length;)
        {
            var used = depth > MaxNesting ? 0 : text[at] switch
            {
                '*' => Mark(output, text, at, '*', "strong", depth),
                '_' => Mark(output, text, at, '_', "em", depth),
                '`' => Mark(output, text, at, '`', "code", depth),
                '#' => Mark(output, text, at, '#', "mark", depth),
                '<' when text.AsSpan(at).StartsWith("<<") => Cross(output, text, at),
                'h' or 'l' or 'x' or 'm' or 'i' or 'v' or 'k' => Macro(output, text, at, depth),
                '\n' when at >= 2 && text.AsSpan(at - 2, 2) is " +" => Break(output),
                _ => 0,
            };
            if (used == 0) output.AppendEscaped(text.AsSpan(at, used = 1));
            at += used;
        }
        return output.ToString();
    }

    private static int Break(StringBuilder output)
    {
        output.Length--;
        output.Append("<br>\n");
        return 1;
    }

    private int Mark(StringBuilder output, string text, int at, char mark, string element, int depth)
    {
        var twice = at + 1 < text.Length && text[at + 1] == mark;
        var start = at + (twice ? 2 : 1);
        if (start >= text.Length || char.IsWhiteSpace(text[start]) || !twice && at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '/')) return 0;
        var limit = Math.Min(text.Length, start + 2000);
        for (var end = start + 1; end < limit; end++)
        {
            if (text[end] != mark || twice && (end + 1 >= limit || text[end + 1] != mark)) continue;
            var after = end + (twice ? 2 : 1);
            if (!twice && (char.IsWhiteSpace(text[end - 1]) || after < text.Length && (char.IsLetterOrDigit(text[after]) || text[after] == '_'))) continue;
            var inner = text[start..end];
            if (mark == '`' && inner.Length > 1 && inner[0] == '+' && inner[^1] == '+') inner = inner[1..^1];
            output.Append('<').Append(element).Append('>');
            if (mark == '`') output.AppendEscaped(inner);
            else output.Append(Html(inner, depth + 1));
            output.Append("</").Append(element).Append('>');
            return after - at;
        }
        return 0;
    }

    private static int Cross(StringBuilder output, string text, int at)
    {
        var end = text.IndexOf(">>", at, Math.Min(text.Length - at, 500), StringComparison.Ordinal);
        if (end < 0) return 0;
        var parts = text[(at + 2)..end].Split(',', 2);
        var target = parts[0].TrimStart('#').Trim();
        Link(output, target.Contains(".adoc", StringComparison.Ordinal) ? target : "#" + target, parts.Length > 1 ? parts[1].Trim() : target.TrimStart('_').Replace('_', ' '));
        return end + 2 - at;
    }

    private int Macro(StringBuilder output, string text, int at, int depth)
    {
        if (at > 0 && char.IsLetterOrDigit(text[at - 1])) return 0;
        var rest = text.AsSpan(at);
        var name = rest.StartsWith("https://") || rest.StartsWith("http://") ? "url" : Name(rest);
        if (name.Length == 0) return 0;
        var start = at + (name == "url" ? 0 : name.Length + 1);
        if (name is "image" or "video" && start < text.Length && text[start] == ':') start++;
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('[' or '<' or '>' or '"')) end++;
        var target = text[start..end];
        string? label = null;
        if (end < text.Length && text[end] == '[' && text.IndexOf(']', end, Math.Min(text.Length - end, 1000)) is > 0 and var close) (label, end) = (text[(end + 1)..close], close + 1);
        else if (name != "url") return 0;
        if (name == "url" && label is null)
        {
            target = target.TrimEnd('.', ',', ';', ':', ')', '!', '?', '*', '_', '\'');
            end = start + target.Length;
        }
        Write(output, name, target, label, depth);
        return end - at;
    }

    private void Write(StringBuilder output, string name, string target, string? label, int depth)
    {
        var parts = (label ?? "").Split(',');
        switch (name)
        {
            case "image":
                var alt = parts.FirstOrDefault(part => !part.Contains('='))?.Trim('"', ' ') ?? "";
                var link = parts.FirstOrDefault(part => part.Trim().StartsWith("link=", StringComparison.Ordinal))?.Trim()[5..].Trim('"');
                var image = $"<img src=\"{Entities.Escape(Folder(target))}\" alt=\"{Entities.Escape(alt.Length > 0 ? alt : Titles.FromPath(target))}\">";
                output.Append(link is null ? image : $"<a href=\"{Entities.Escape(link)}\">{image}</a>");
                break;
            case "video":
                output.Append("<video src=\"").AppendEscaped(target).Append("\"></video>");
                break;
            case "kbd":
                output.Append("<kbd>").AppendEscaped(label).Append("</kbd>");
                break;
            default:
                var shown = label is null ? "" : (label.Contains('=') ? parts[0] : label).TrimEnd('^').Trim('"');
                output.Append("<a href=\"").AppendEscaped(name == "mailto" ? "mailto:" + target : name == "xref" && !target.Contains('.') && !target.StartsWith('#') ? "#" + target : target).Append("\">");
                if (shown.Length == 0) output.AppendEscaped(target);
                else output.Append(Html(shown, depth + 1));
                output.Append("</a>");
                break;
        }
    }

    private string Folder(string target) => attributes.TryGetValue("imagesdir", out var folder) && folder.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('/') ? folder.TrimEnd('/') + "/" + target : target;

    private static string Name(ReadOnlySpan<char> rest)
    {
        foreach (var name in (ReadOnlySpan<string>)["link", "xref", "mailto", "image", "video", "kbd"])
            if (rest.StartsWith(name) && rest.Length > name.Length && rest[name.Length] == ':') return name;
        return "";
    }

    private static void Link(StringBuilder output, string target, string label) => output.Append("<a href=\"").AppendEscaped(target).Append("\">").AppendEscaped(label).Append("</a>");

    private string Replace(string text, int depth)
    {
        if (depth > 3 || text.IndexOf('{') < 0) return text;
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var end = text[at] == '{' ? text.IndexOf('}', at, Math.Min(text.Length - at, 80)) : -1;
            if (end > at && attributes.TryGetValue(text[(at + 1)..end], out var value) && value.Length < 1000)
            {
                result.Append(value);
                at = end + 1;
            }
            else result.Append(text[at++]);
        }
        return result.ToString();
    }
}
