using System.Buffers;
using System.Text;
using Rialto.Secrets.Rules;

namespace Rialto.Secrets.Scanning;

/// <summary>Quick looks around a keyword that tell whether a rule's pattern can match there at all; only then is the pattern run.</summary>
internal static class Surroundings
{
    /// <summary>A value begins at most this many letters after the name it is given to: a longer name, quotes, blanks and an operator.</summary>
    private const int MaxGapChars = 48;
    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=%.~:|-"u8);
    private static readonly SearchValues<byte> HostEnds = SearchValues.Create(" \t\r\n\f\v\"'<>\\"u8);

    /// <param name="rule">A rule with a pattern.</param>
    /// <param name="text">The text.</param>
    /// <param name="at">Where its keyword begins.</param>
    /// <param name="end">Where its keyword ends.</param>
    /// <param name="seen">What earlier keywords of the same rule have found out; they come from left to right.</param>
    public static bool Allow(SecretRule rule, ReadOnlySpan<byte> text, int at, int end, SeenText seen)
    {
        seen.Look(rule.TailChars + (rule.NearChars > 0 ? MaxGapChars + rule.NearChars : 0));
        if (rule.TailChars > 0 && !Runs(text[end..], rule.TailChars)) return false;
        if (rule.NearChars > 0 && FindRun(text[end..Math.Min(text.Length, end + MaxGapChars + rule.NearChars)], rule.NearChars) < 0) return false;
        var (from, until) = (Math.Max(0, at - rule.BeforeChars), Math.Min(text.Length, at + rule.WindowChars));
        if (rule.AroundChars > 0 && !seen.Holds(0, text, from, until, rule.AroundChars, FindRun)) return false;
        if (rule.Shape is RuleShape.UrlCredential && !HoldsLogin(text[end..Math.Min(text.Length, end + rule.WindowChars)], seen)) return false;
        if (rule.Needs is not { } needs) return true;
        for (var need = 0; need < needs.Count; need++)
        {
            var wanted = needs[need];
            if (seen.Holds(1 + need, text, from, until, wanted.Length, (part, _) => FindWord(part, wanted))) return true;
        }
        return false;
    }

    private static bool Runs(ReadOnlySpan<byte> text, int least) => text.Length >= least && !text[..least].ContainsAnyExcept(Letters);

    /// <summary>Where a run of <paramref name="least"/> letters begins, or -1. Looks at every <paramref name="least"/>-th letter only: a run that long covers one of them.</summary>
    private static int FindRun(ReadOnlySpan<byte> text, int least)
    {
        for (var at = least - 1; at < text.Length;)
        {
            var before = text[(at - least + 1)..(at + 1)].LastIndexOfAnyExcept(Letters);
            if (before < 0) return at - least + 1;
            at += before + 1;
        }
        return -1;
    }

    // After the scheme: a colon before the at sign that ends the login.
    private static bool HoldsLogin(ReadOnlySpan<byte> text, SeenText seen)
    {
        var length = text.IndexOfAny(HostEnds);
        if (length >= 0) text = text[..length];
        seen.Look(text.Length);
        var sign = text.LastIndexOf((byte)'@');
        return sign > 0 && text[..sign].IndexOf((byte)':') is >= 0 and var colon && !text[..colon].ContainsAny("/@{}()|$"u8);
    }

    private static int FindWord(ReadOnlySpan<byte> text, string word)
    {
        for (var at = 0; at + word.Length <= text.Length; at++)
        {
            var next = text[at..].IndexOfAny((byte)char.ToLowerInvariant(word[0]), (byte)char.ToUpperInvariant(word[0]));
            if (next < 0) return -1;
            at += next;
            if (at + word.Length <= text.Length && Ascii.EqualsIgnoreCase(text.Slice(at, word.Length), word)) return at;
        }
        return -1;
    }
}
