using System.Globalization;
using System.Text;

namespace Rialto.Sites;

/// <summary>Words for people from names for machines.</summary>
internal static class Titles
{
    /// <summary><c>docs/02-getting_started.md</c> → <c>Getting started</c>; an index is named after its folder.</summary>
    public static string FromPath(string path)
    {
        var name = FileStem(path);
        if (Languages.OfReadme(path[(path.LastIndexOf('/') + 1)..]) is { } language) return Languages.Label(language);
        if (IsIndex(name) && path.LastIndexOf('/') is > 0 and var slash) name = path[(path.LastIndexOf('/', slash - 1) + 1)..slash];
        return FromSegment(name);
    }

    public static string FromSegment(string segment)
    {
        // What Antora calls the module that comes first.
        if (segment == "ROOT") return "Overview";
        var words = WithoutOrder(segment).Replace('-', ' ').Replace('_', ' ').Trim();
        if (words.Length == 0) return segment;
        if (words.Length > 4 && words.All(one => !char.IsLower(one))) words = words.ToLowerInvariant();
        return char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..];
    }

    public static string FileStem(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : name;
    }

    public static bool IsIndex(string stem) => stem.ToLowerInvariant() is "index" or "readme" or "_index" or "home" or "introduction.index";

    /// <summary>The name without a number that only orders: <c>02-setup</c>, <c>1. intro</c>, <c>03_api</c>. A version such as <c>3.1</c> or a year keeps its digits.</summary>
    public static string WithoutOrder(string segment)
    {
        var digits = 0;
        while (digits < segment.Length && char.IsAsciiDigit(segment[digits])) digits++;
        if (digits is 0 or > 3 || digits >= segment.Length - 1) return segment;
        var rest = segment[digits..];
        var start = rest.StartsWith(". ", StringComparison.Ordinal) ? 2 : rest[0] is '-' or '_' ? 1 : 0;
        return start > 0 && char.IsLetter(rest[start]) ? rest[start..] : segment;
    }

    /// <summary>One line: white space collapsed, ends trimmed.</summary>
    public static string Flatten(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var one in text)
            if (!char.IsWhiteSpace(one)) result.Append(one);
            else if (result.Length > 0 && result[^1] != ' ') result.Append(' ');
        return result.ToString().TrimEnd();
    }

    /// <summary>At most <paramref name="length"/> characters, cut between words, with an ellipsis where it was cut.</summary>
    public static string Shorten(string text, int length)
    {
        var flat = Flatten(text);
        if (flat.Length <= length) return flat;
        var cut = flat.LastIndexOf(' ', length - 1);
        if (cut < length / 2) cut = char.IsHighSurrogate(flat[length - 2]) ? length - 2 : length - 1;
        return flat[..cut].TrimEnd(' ', ',', '.', ':', ';', '-', '–', '—') + "…";
    }
}
