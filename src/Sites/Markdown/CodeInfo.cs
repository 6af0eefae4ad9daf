namespace Rialto.Sites;

/// <summary>What the line that opens a code block says: <c>```ts title="vite.config.ts" {1,4-6} showLineNumbers</c>.</summary>
/// <param name="Language">First word, lower case; null when there is none.</param>
/// <param name="Title">File name or caption; null when there is none.</param>
/// <param name="Lines">Ranges to mark, as written between braces; null when there are none.</param>
internal readonly record struct CodeInfo(string? Language, string? Title, string? Lines)
{
    public static CodeInfo Parse(string? info, string? arguments)
    {
        var language = (info ?? "").Trim();
        var rest = (arguments ?? "").Trim();
        if (language.StartsWith('{') && language.EndsWith('}')) language = language.Trim('{', '}').Trim().TrimStart('.').Split(' ')[0];
        if (language.IndexOf('{') is >= 0 and var brace) (language, rest) = (language[..brace], language[brace..] + " " + rest);
        if (language.IndexOfAny([',', ' ', '[']) is > 0 and var cut) (language, rest) = (language[..cut], language[(cut + 1)..].TrimEnd(']') is var tail && language[cut] == '[' ? $"title=\"{tail}\" {rest}" : rest);
        string? title = null;
        if (language.IndexOf(':') is > 0 and var colon && language.IndexOf('.', colon) > 0) (language, title) = (language[..colon], language[(colon + 1)..]);
        return new CodeInfo(language.Length > 0 ? language.ToLowerInvariant() : null, title ?? CaptionIn(rest), Ranges(rest));
    }

    /// <summary>Whether a 1-based line is one of the marked ones.</summary>
    public bool Marks(int line)
    {
        foreach (var part in (Lines ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var dash = part.IndexOf('-');
            if (int.TryParse(dash < 0 ? part : part[..dash], out var from) && int.TryParse(dash < 0 ? part : part[(dash + 1)..], out var to) && line >= from && line <= to) return true;
        }
        return false;
    }

    private static string? CaptionIn(string rest)
    {
        foreach (var name in (ReadOnlySpan<string>)["title=", "filename=", "file="])
        {
            var at = rest.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            var value = rest[(at + name.Length)..];
            if (value.Length == 0) return null;
            var end = value[0] is '"' or '\'' ? value.IndexOf(value[0], 1) : value.IndexOf(' ');
            var title = value[0] is '"' or '\'' ? (end > 0 ? value[1..end] : value[1..]) : end > 0 ? value[..end] : value;
            return title.Length is > 0 and <= 200 ? title : null;
        }
        return null;
    }

    private static string? Ranges(string rest)
    {
        var open = rest.IndexOf('{');
        var close = open < 0 ? -1 : rest.IndexOf('}', open);
        if (close < 0) return null;
        var ranges = rest[(open + 1)..close];
        return ranges.Length is > 0 and <= 200 && ranges.All(one => char.IsAsciiDigit(one) || one is ',' or '-' or ' ') ? ranges : null;
    }
}
