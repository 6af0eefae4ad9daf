using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>Inline markup of reStructuredText.</summary>
internal static partial class RstInline
{
    /// <summary>Writes the text with literals, links, roles, emphasis and substitutions resolved.</summary>
    public static void Write(BlockWriter writer, string text, IReadOnlyDictionary<string, MarkupImage> substitutions)
    {
        var at = 0;
        foreach (Match match in Marks().Matches(text))
        {
            writer.Text(Unescape(text[at..match.Index]));
            at = match.Index + match.Length;
            if (match.Groups["literal"] is { Success: true } literal) writer.Code(literal.Value);
            else if (match.Groups["bold"] is { Success: true } bold) { writer.BoldOpen(); writer.Text(bold.Value); writer.BoldClose(); }
            else if (match.Groups["em"] is { Success: true } em) writer.Text(em.Value);
            else if (match.Groups["role"] is { Success: true } role) writer.Text(Title(role.Value));
            else if (match.Groups["link"] is { Success: true } link) Link(writer, link.Value);
            else if (match.Groups["sub"] is { Success: true } sub && substitutions.TryGetValue(sub.Value, out var image)) { writer.LinkOpen(image.Target); writer.Image(image.Url, image.Alt); writer.LinkClose(); }
            else if (match.Groups["ref"] is { Success: true } reference) writer.Text(reference.Value);
        }
        writer.Text(Unescape(text[at..]));
    }

    private static string Title(string target)
    {
        var open = target.IndexOf('<', StringComparison.Ordinal);
        return (open > 0 ? target[..open] : target.TrimStart('~', '!')).Trim();
    }

    private static void Link(BlockWriter writer, string target)
    {
        var open = target.LastIndexOf('<');
        writer.LinkOpen(open >= 0 ? target[(open + 1)..].TrimEnd('>') : "#" + target);
        writer.Text(open > 0 ? target[..open].Trim() : target.Trim('<', '>'));
        writer.LinkClose();
    }

    private static string Unescape(string text) => text.Replace("\\ ", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);

    [GeneratedRegex(@"``(?<literal>[^`]+)``|\*\*(?<bold>[^*]+)\*\*|(?<![\w*])\*(?<em>[^*\s][^*]*)\*|:[\w:+-]+:`(?<role>[^`]+)`|`(?<link>[^`]+)`_{0,2}|\|(?<sub>[^|\s][^|]*)\|_{0,2}|\b(?<ref>\w[\w.-]*)__?(?![\w_])", RegexOptions.None, 500)]
    private static partial Regex Marks();
}
