using Rialto.Secrets.Rules;

namespace Rialto.Secrets.Scanning;

/// <summary>Finds secrets in one text: one pass for keywords, then each called rule's pattern on the keyword's surroundings only.</summary>
internal static class TextScan
{
    /// <summary>Hits in order, without overlaps.</summary>
    public static List<Hit> Find(ReadOnlySpan<char> text, RuleBook book)
    {
        var hits = new List<Hit>();
        var called = new List<SecretRule>();
        var scannedTo = new Dictionary<SecretRule, int>();
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(book.Keywords);
            if (next < 0) break;
            at += next;
            called.Clear();
            book.Collect(text[at..], called);
            foreach (var rule in called)
            {
                if (rule.Kind is RuleKind.Assignment) Assignments.Find(text, at, rule, hits);
                else Run(rule, text, at, scannedTo, hits);
            }
            at++;
        }
        return hits.Count > 1 ? Hit.Merge(hits) : hits;
    }

    private static void Run(SecretRule rule, ReadOnlySpan<char> text, int at, Dictionary<SecretRule, int> scannedTo, List<Hit> hits)
    {
        // A keyword inside what this rule has already taken says nothing new.
        if (scannedTo.TryGetValue(rule, out var done) && at < done) return;
        var start = Math.Max(0, at - rule.BeforeChars);
        var window = text[start..Math.Min(text.Length, at + rule.WindowChars)];
        foreach (var match in rule.Expression.EnumerateMatches(window))
        {
            var (offset, length) = SecretIn(rule, window, match.Index, match.Length);
            scannedTo[rule] = start + match.Index + match.Length;
            // Dots after it say that the writer left the rest out.
            if (length > 0 && !window[(offset + length)..].StartsWith("..") && Judgement.IsSecret(rule, window.Slice(offset, length))) hits.Add(new Hit(rule, start + offset, length));
        }
    }

    // EnumerateMatches allocates nothing but knows no groups; they are asked for only once something matched.
    private static (int Offset, int Length) SecretIn(SecretRule rule, ReadOnlySpan<char> window, int index, int length)
    {
        var match = rule.Expression.Match(window[..Math.Min(window.Length, index + length + 1)].ToString(), index);
        for (var group = 1; group < match.Groups.Count; group++)
            if (match.Groups[group].Success) return (match.Groups[group].Index, match.Groups[group].Length);
        return (index, match.Success ? match.Length : 0);
    }
}
