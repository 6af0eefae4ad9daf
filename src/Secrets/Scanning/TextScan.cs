using System.Buffers;
using Rialto.Secrets.Rules;

namespace Rialto.Secrets.Scanning;

/// <summary>
/// Finds secrets in one text: one pass for keywords, a quick look at what stands around each, and only where that allows it the rule's
/// pattern, on the keyword's surroundings alone.
/// </summary>
internal static class TextScan
{
    private const int MaxWordChars = 1024;

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
    public static List<Hit> Find(ReadOnlySpan<byte> text, RuleBook book)
    {
        var hits = new List<Hit>();
        var called = new List<(SecretRule Rule, int End)>();
        Dictionary<SecretRule, List<(int Start, int End)>>? stretches = null;
        for (var at = book.Next(text, 0); at >= 0; at = book.Next(text, at + 1))
        {
            called.Clear();
            book.Collect(text, at, called);
            foreach (var (rule, end) in called)
            {
                if (rule.Kind is RuleKind.Assignment) Assignments.Find(text, at, rule, hits);
                else if (Surroundings.Allow(rule, text, at, end))
                    Note(stretches ??= [], rule, WordBegin(text, Math.Max(0, at - rule.BeforeChars)), WordEnd(text, Math.Min(text.Length, at + rule.WindowChars)));
            }
        }
        if (stretches is not null)
            foreach (var (rule, places) in stretches)
                foreach (var (start, end) in places) Run(rule, text[start..end], start, hits);
        return hits.Count > 1 ? Hit.Merge(hits) : hits;
    }

    // Surroundings are cut between words: half a word at their edge would look like a whole one to a pattern.
    private static int WordBegin(ReadOnlySpan<byte> text, int at)
    {
        for (var steps = 0; steps < MaxWordChars && at > 0 && at < text.Length && IsWord(text[at]) && IsWord(text[at - 1]); steps++) at--;
        return at;
    }

    private static int WordEnd(ReadOnlySpan<byte> text, int at)
    {
        for (var steps = 0; steps < MaxWordChars && at > 0 && at < text.Length && IsWord(text[at - 1]) && IsWord(text[at]); steps++) at++;
        return at;
    }

    private static bool IsWord(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'+' or (byte)'/' or (byte)'-';

    // Neighbouring surroundings become one stretch, so that no character is matched twice however often a keyword is repeated.
    private static void Note(Dictionary<SecretRule, List<(int Start, int End)>> stretches, SecretRule rule, int start, int end)
    {
        if (!stretches.TryGetValue(rule, out var places)) stretches[rule] = places = [];
        if (places.Count > 0 && places[^1].End >= start) places[^1] = (places[^1].Start, end);
        else places.Add((start, end));
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
