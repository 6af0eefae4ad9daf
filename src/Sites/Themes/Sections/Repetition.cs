namespace Rialto.Sites.Themes.Sections;

/// <summary>Says nothing twice: compares sentences by their words.</summary>
internal static class Repetition
{
    private static readonly HashSet<string> Small = new(["a", "an", "the", "is", "are", "this", "that", "it", "of", "and", "for", "to", "in", "with"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What <paramref name="text"/> adds to <paramref name="line"/>: its sentences without the leading ones that mostly repeat it; null when nothing is left.</summary>
    public static string? Rest(string line, string text, string title)
    {
        var known = Words(line + " " + title).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (known.Count == 0) return text;
        var rest = text.Trim();
        while (rest.Length > 0)
        {
            var end = SentenceEnd(rest);
            if (!Repeats(rest[..end], line, known)) break;
            rest = rest[end..].TrimStart();
        }
        return rest.Length > 0 ? rest : null;
    }

    /// <summary>True when the sentence holds the whole line, or hardly a word that is not known.</summary>
    private static bool Repeats(string sentence, string line, HashSet<string> known)
    {
        var words = Words(sentence).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var shared = words.Count(known.Contains);
        var said = Words(line).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var held = said.Count(word => words.Contains(word, StringComparer.OrdinalIgnoreCase));
        return words.Count > 0 && (shared >= words.Count * 0.8 || said.Count > 2 && held == said.Count && words.Count - shared <= 6);
    }

    private static int SentenceEnd(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '。' or '！' or '？') return at + 1;
            if (text[at] is '.' or '!' or '?' && at + 1 < text.Length && text[at + 1] == ' ' && (at + 2 >= text.Length || !char.IsLower(text[at + 2]))) return at + 1;
        }
        return text.Length;
    }

    /// <summary>Words that carry meaning; each sign of Chinese and Japanese is one.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            var isWord = at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '-' or '+' or '#');
            var isSign = isWord && text[at] is >= '\u3040' and <= '\u9fff';
            if (start >= 0 && (!isWord || isSign))
            {
                if (!Small.Contains(text[start..at])) yield return text[start..at];
                start = -1;
            }
            if (isSign) yield return text[at].ToString();
            else if (isWord && start < 0) start = at;
        }
    }
}
