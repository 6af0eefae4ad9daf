using System.Globalization;
using System.Text;

namespace Rialto.Media;

/// <summary>The one or two letters that stand for a name.</summary>
internal static class Initials
{
    /// <summary><c>my-great-tool</c> → <c>MG</c>, <c>FastAPI</c> → <c>FA</c>, <c>deno</c> → <c>D</c>, <c>東京</c> → <c>東</c>; empty when there is no letter.</summary>
    public static string Of(string name)
    {
        var firsts = new List<Rune>();
        Rune? before = null;
        foreach (var rune in name.Normalize().EnumerateRunes())
        {
            var starts = before is not { } last || !Rune.IsLetterOrDigit(last) || (Rune.IsUpper(rune) && Rune.IsLower(last));
            if (Rune.IsLetterOrDigit(rune) && starts) firsts.Add(Rune.ToUpperInvariant(rune));
            before = rune;
        }
        // Scripts without capitals are read as whole words: one letter is enough, and joined ones must not be torn apart.
        var letters = firsts.Count > 1 && firsts.Take(2).All(IsCased) ? firsts.Take(2) : firsts.Take(1);
        return string.Concat(letters.Select(rune => rune.ToString()));
    }

    private static bool IsCased(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.DecimalDigitNumber;
}
