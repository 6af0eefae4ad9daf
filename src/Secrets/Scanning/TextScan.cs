using System.Buffers;
using Rialto.Secrets.Rules;

namespace Rialto.Secrets.Scanning;

/// <summary>
/// Finds secrets in one text: one pass for keywords, a quick look at what stands around each, and only where that allows it the rule's
/// pattern, on the keyword's surroundings alone.
/// </summary>
internal static class TextScan
{
    /// <summary>Hits in order, without overlaps.</summary>
    public static List<Hit> Find(ReadOnlySpan<char> text, RuleBook book)
    {
        var bytes = Latin.Rent(text);
        try
        {
            return Find(bytes.AsSpan(0, text.Length), book);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: false);
        }
    }

    /// <inheritdoc cref="Find(ReadOnlySpan{char}, RuleBook)"/>
    /// <param name="text">One byte per letter; places in the hits count bytes.</param>
    /// <param name="book">The rules.</param>
    public static List<Hit> Find(ReadOnlySpan<byte> text, RuleBook book) => Find(text, book, out _);

    /// <inheritdoc cref="Find(ReadOnlySpan{byte}, RuleBook)"/>
    /// <param name="text">One byte per letter.</param>
    /// <param name="book">The rules.</param>
    /// <param name="work">Letters that rules looked at, each look counted: what is linear in the text, however hostile it is.</param>
    internal static List<Hit> Find(ReadOnlySpan<byte> text, RuleBook book, out long work)
    {
        var hits = new List<Hit>();
        var called = new List<(SecretRule Rule, int End)>();
        Dictionary<SecretRule, Stretches>? stretches = null;
        work = 0;
        for (var at = book.Next(text, 0); at >= 0; at = book.Next(text, at + 1))
        {
            called.Clear();
            book.Collect(text, at, called);
            foreach (var (rule, end) in called)
            {
                if (rule.Kind is RuleKind.Assignment)
                {
                    Assignments.Find(text, at, rule, hits);
                    continue;
                }
                // A class with a reference for its hash: the rule's own would compare all it holds.
                stretches ??= new(ReferenceEqualityComparer.Instance);
                if (!stretches.TryGetValue(rule, out var places)) stretches[rule] = places = new Stretches();
                if (Surroundings.Allow(rule, text, at, end, places.Seen)) places.Note(Math.Max(0, at - rule.BeforeChars), Math.Min(text.Length, at + rule.WindowChars));
            }
        }
        if (stretches is not null)
            foreach (var (rule, places) in stretches)
            {
                work += places.Seen.Letters;
                foreach (var (start, end) in places.BetweenWords(text))
                {
                    work += end - start;
                    Run(rule, text[start..end], start, hits);
                }
            }
        return hits.Count > 1 ? Hit.Merge(hits) : hits;
    }

    private static void Run(SecretRule rule, ReadOnlySpan<byte> bytes, int start, List<Hit> hits)
    {
        var letters = ArrayPool<char>.Shared.Rent(bytes.Length);
        var window = letters.AsSpan(0, bytes.Length);
        Latin.Widen(bytes, window);
        foreach (var (index, whole) in rule.Expression.Find(window))
        {
            var (offset, length) = SecretIn(rule, window, index, whole);
            // Dots after it say that the writer left the rest out.
            if (length > 0 && !window[(offset + length)..].StartsWith("..") && Judgement.IsSecret(rule, window.Slice(offset, length))) hits.Add(new Hit(rule, start + offset, length));
        }
        ArrayPool<char>.Shared.Return(letters);
    }

    // Groups are asked for only once something matched.
    private static (int Offset, int Length) SecretIn(SecretRule rule, ReadOnlySpan<char> window, int index, int length)
    {
        var match = rule.Expression.Match(window.Slice(index, length).ToString());
        for (var group = 1; group < match.Groups.Count; group++)
            if (match.Groups[group].Success) return (index + match.Groups[group].Index, match.Groups[group].Length);
        return (index, match.Success ? match.Length : 0);
    }
}
