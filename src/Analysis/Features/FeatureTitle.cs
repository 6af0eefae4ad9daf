using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>
/// A short title for a feature that is told in sentences: what the project can do, cut at the end of a clause, never inside one.
/// The sentence itself stays beside it whole, since a title is only the beginning of what it says.
/// </summary>
internal static partial class FeatureTitle
{
    private const int Longest = 64;
    private const int FewestWords = 2;

    /// <returns>The title, and the text it was taken from unless the title says all of it.</returns>
    public static (string Title, string? Text) Of(string text)
    {
        var sentence = SummaryReader.Sentence(text, 1).TrimEnd('.', '。', ' ');
        var said = Subject().Replace(Aside().Replace(sentence, ""), "");
        if (said.Length < 4) said = sentence;
        said = char.ToUpperInvariant(said[0]) + said[1..];
        if (said.Length <= Longest && sentence.Length >= text.TrimEnd('.', '。', ' ').Length) return (said, null);
        if (said.Length <= Longest) return (said, said.Length + 18 > sentence.Length ? text[Math.Min(text.Length, sentence.Length + 1)..].Trim() : Short(text));
        return (Clause(said) ?? Cut(said), Short(text));
    }

    private static string Short(string text) => SummaryReader.Sentence(text, 2);

    /// <summary>The first clause that is long enough to say something and short enough to be a title.</summary>
    private static string? Clause(string said)
    {
        foreach (Match end in ClauseEnd().Matches(said))
        {
            if (end.Index > Longest) return null;
            if (Words.Count(said[..end.Index]) >= FewestWords && end.Index > 8) return said[..end.Index].TrimEnd(' ', ',', ';', '(');
        }
        return null;
    }

    /// <summary>Whole words, at the last place where a group of them ends.</summary>
    private static string Cut(string said)
    {
        var groups = GroupEnd().Matches(said).Where(end => end.Index <= Longest && Words.Count(said[..end.Index]) >= 3).ToList();
        if (groups.Count > 0) return said[..groups[^1].Index];
        return said.Length <= 2 * Longest ? said : said[..said.LastIndexOf(' ', 2 * Longest)] + "…";
    }

    [GeneratedRegex(@"^(?:like|unlike|with|in|by|as|on|for|similar to)\s[^,]{3,70},\s+(?=(?:it|\p{L}[\w.+-]*)\s+(?:supports?|has|can|will|provides?|offers?|includes?|allows?|lets|defaults|uses|comes|is)\b)", RegexOptions.IgnoreCase, 500)] private static partial Regex Aside();
    [GeneratedRegex(@"^(?:(?:it|we|\p{L}[\w.+-]*)\s+)?(?:(?:also|fully|already)\s+)?(?:supports?|has|have|can(?!\s+be)|provides?|offers?|includes?|features|comes with|allows? you to|lets you|enables? you to|allows?)\s+(?=\S+\s\S)|^(?:it|\p{L}[\w.+-]*)\s+(?=can\s+be\s|defaults\s|uses\s)", RegexOptions.IgnoreCase, 500)] private static partial Regex Subject();
    [GeneratedRegex(@"[;,，；]\s?|\s?[(（]|\s[-–—]\s|\s(?=which\b|because\b|while\b|where\b|when\b|such as\b|so that\b|as well as\b|without\b|based on\b|e\.g\.|i\.e\.)", RegexOptions.None, 500)] private static partial Regex ClauseEnd();
    [GeneratedRegex(@"\s(?=for\b|to\b|with\b|in\b|of\b|by\b|from\b|and\b|via\b|using\b|that\b|on\b)", RegexOptions.None, 500)] private static partial Regex GroupEnd();
}
