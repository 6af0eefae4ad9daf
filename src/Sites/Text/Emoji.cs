using System.Collections.Frozen;
using System.Text;

namespace Rialto.Sites;

/// <summary>Emoji shortcodes (<c>:rocket:</c>), the full set of gemoji.</summary>
internal static class Emoji
{
    private const int LongestName = 40;
    private static readonly Lazy<FrozenDictionary<string, string>> Table = new(Load);

    /// <summary>The emoji of a shortcode without its colons; null when there is none.</summary>
    public static string? Find(ReadOnlySpan<char> name) =>
        Table.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var emoji) ? emoji : null;

    /// <summary>Finds a shortcode that begins at <paramref name="at"/> (a colon) and tells its length with both colons.</summary>
    public static string? At(ReadOnlySpan<char> text, int at, out int length)
    {
        var rest = text[(at + 1)..];
        var end = rest[..Math.Min(rest.Length, LongestName)].IndexOf(':');
        length = end + 2;
        return end < 1 ? null : Find(rest[..end]);
    }

    /// <summary><paramref name="text"/> with its shortcodes replaced.</summary>
    public static string Replace(string text)
    {
        var colon = text.IndexOf(':');
        if (colon < 0) return text;
        var result = new StringBuilder(text.Length).Append(text, 0, colon);
        for (var at = colon; at < text.Length;)
        {
            if (text[at] == ':' && At(text, at, out var length) is { } emoji)
            {
                result.Append(emoji);
                at += length;
            }
            else result.Append(text[at++]);
        }
        return result.ToString();
    }

    private static FrozenDictionary<string, string> Load()
    {
        using var stream = typeof(Emoji).Assembly.GetManifestResourceStream("emoji.tsv")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var table = new Dictionary<string, string>(2000, StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (line.IndexOf('\t') is > 0 and var tab) table[line[..tab]] = line[(tab + 1)..];
        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
