using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>
/// Whether proposed words say no more than the text they are drawn from. Strict on purpose: every number, every name and every
/// word that carries meaning must stand in that text (words by their stem), and what was denied stays denied.
/// </summary>
internal static class WordGuard
{
    private const int StemLetters = 5;
    private static readonly HashSet<string> Small = new(("a an and are as at be been being but by can could do does each for from has have how if in into is it its let lets made make makes may might more most no not of off on one only or other our out over own so such than that the their them then there these they this those to under up upon us use used uses using via was we were what when where which while who whose will with without within you your").Split(' '), StringComparer.Ordinal);
    private static readonly HashSet<string> Denials = ["no", "not", "never", "without", "none", "neither", "nor", "cannot", "n't", "non"];

    /// <param name="words">What is proposed.</param>
    /// <param name="local">The words it is to replace.</param>
    /// <param name="source">Local words and the lines of their evidence.</param>
    /// <param name="longest">Most characters.</param>
    public static bool Accepts(string words, string local, string source, int longest)
    {
        if (words.Length < 2 || words.Length > longest || words != words.Trim() || Marked.IsMatch(words) || words.Any(char.IsControl)) return false;
        var known = Tokens(source).ToHashSet(StringComparer.Ordinal);
        var stems = known.Select(Stem).ToHashSet(StringComparer.Ordinal);
        foreach (Match match in Word.Matches(words))
        {
            var word = match.Value.ToLowerInvariant();
            if (match.Value.Any(char.IsDigit)) { if (!known.Contains(word)) return false; continue; }
            // A name is a name in one spelling; a capital at the beginning of a sentence makes no name.
            var isName = match.Value.Skip(1).Any(char.IsUpper) || char.IsUpper(match.Value[0]) && !BeginsSentence(words, match.Index);
            if (isName ? !known.Contains(word) : !Small.Contains(word) && !stems.Contains(Stem(word))) return false;
        }
        if (words.Any(letter => Words.IsWide(letter) && char.IsLetter(letter) && !source.Contains(letter))) return false;
        return Denied(words) == Denied(local);
    }

    private static int Denied(string text) => Tokens(text.Replace("n't", " not", StringComparison.Ordinal)).Count(Denials.Contains);

    private static bool BeginsSentence(string text, int at)
    {
        while (at > 0 && !char.IsLetterOrDigit(text[at - 1]) && text[at - 1] is not ('.' or '!' or '?')) at--;
        return at == 0 || text[at - 1] is '.' or '!' or '?';
    }

    private static IEnumerable<string> Tokens(string text) => Word.Matches(text).Select(match => match.Value.ToLowerInvariant());

    private static string Stem(string word) => word.Length <= StemLetters ? word.TrimEnd('s') : word[..StemLetters];

    private static readonly LinearPattern Word = new(@"[\p{L}\p{N}]+(?:[.+#'’]+[\p{L}\p{N}]+)*(?:\+\+|#)?");
    private static readonly LinearPattern Marked = new(@"https?:|www\.|<[a-zA-Z/!]|\]\(|```|\{\{");
}
