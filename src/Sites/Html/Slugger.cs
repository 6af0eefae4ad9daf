using System.Globalization;
using System.Text;

namespace Rialto.Sites;

/// <summary>
/// Anchors as GitHub makes them: lower case, every character that is neither a letter, a mark, a number, a connector, a hyphen
/// nor a space removed, spaces turned to hyphens, and <c>-1</c>, <c>-2</c> … after what was there before.
/// </summary>
internal sealed class Slugger
{
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);

    public string Next(string heading)
    {
        var slug = Slug(heading);
        if (slug.Length == 0) return "";
        var result = slug;
        while (seen.ContainsKey(result)) result = $"{slug}-{++seen[slug]}";
        seen[result] = 0;
        return result;
    }

    public static string Slug(string heading)
    {
        var result = new StringBuilder(heading.Length);
        foreach (var rune in heading.EnumerateRunes())
        {
            if (rune.Value is ' ' or '-') result.Append('-');
            else if (IsKept(Rune.GetUnicodeCategory(rune))) result.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        return result.ToString();
    }

    private static bool IsKept(UnicodeCategory category) => category is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;
}
