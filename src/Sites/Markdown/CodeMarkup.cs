using System.Globalization;
using System.Text;

namespace Rialto.Sites;

/// <summary>A block of code as it stands in a page: readable without scripts; the frame's script adds the copy button.</summary>
internal static class CodeMarkup
{
    /// <param name="info">The opening line.</param>
    /// <param name="inner">Highlighted or escaped text.</param>
    public static string Block(CodeInfo info, string inner)
    {
        var language = info.Language is { } name && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '+' or '#' or '_' or '.') ? name : null;
        var result = new StringBuilder(inner.Length + 160).Append("<figure class=\"code\"");
        if (language is not null) result.Append(" data-language=\"").Append(language).Append('"');
        result.Append('>');
        if (info.Title is { } title) result.Append("<figcaption>").AppendEscaped(title).Append("</figcaption>");
        result.Append("<pre dir=\"ltr\" tabindex=\"0\"><code").Append(language is null ? ">" : $" class=\"language-{language}\">");
        if (info.Lines is null) result.Append(inner);
        else Marked(result, info, inner.TrimEnd('\n'));
        return result.Append("</code></pre></figure>\n").ToString();
    }

    /// <summary>Wraps marked lines; spans that reach over a line end are closed and opened again, so that the markup stays nested.</summary>
    private static void Marked(StringBuilder result, CodeInfo info, string inner)
    {
        var open = new List<string>();
        var number = 0;
        foreach (var line in inner.Split('\n'))
        {
            var isMarked = info.Marks(++number);
            if (number > 1) result.Append('\n');
            if (isMarked) result.Append("<mark>");
            foreach (var tag in open) result.Append(tag);
            result.Append(line);
            Follow(line, open);
            foreach (var _ in open) result.Append("</span>");
            if (isMarked) result.Append("</mark>");
        }
    }

    private static void Follow(string line, List<string> open)
    {
        for (var at = line.IndexOf('<'); at >= 0; at = line.IndexOf('<', at + 1))
        {
            var end = line.IndexOf('>', at);
            if (end < 0) return;
            if (line[at + 1] == '/') open.RemoveRange(Math.Max(0, open.Count - 1), Math.Min(1, open.Count));
            else open.Add(line[at..(end + 1)]);
        }
    }

    /// <summary>A diagram: its source, which the page's script turns into a picture when it is in sight.</summary>
    public static string Diagram(string source) =>
        string.Create(CultureInfo.InvariantCulture, $"<figure class=\"diagram\"><pre class=\"mermaid\" dir=\"ltr\" tabindex=\"0\">{Entities.Escape(source)}</pre></figure>\n");
}
