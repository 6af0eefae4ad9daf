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
    public static bool Allow(SecretRule rule, ReadOnlySpan<byte> text, int at, int end)
    {
        if (rule.TailChars > 0 && !Runs(text[end..], rule.TailChars)) return false;
        if (rule.NearChars > 0 && !HasRun(text[end..Math.Min(text.Length, end + MaxGapChars + rule.NearChars)], rule.NearChars)) return false;
        if (rule.AroundChars > 0 && !HasRun(text[Math.Max(0, at - rule.BeforeChars)..Math.Min(text.Length, at + rule.WindowChars)], rule.AroundChars)) return false;
        if (rule.Shape is RuleShape.UrlCredential && !HoldsLogin(text[end..Math.Min(text.Length, end + rule.WindowChars)])) return false;
        return rule.Needs is null || HoldsOne(rule.Needs, text[Math.Max(0, at - rule.BeforeChars)..Math.Min(text.Length, at + rule.WindowChars)]);
    }

    private static bool Runs(ReadOnlySpan<byte> text, int least) => text.Length >= least && !text[..least].ContainsAnyExcept(Letters);

    /// <summary>Looks at every <paramref name="least"/>-th letter only: a run that long covers one of them.</summary>
    private static bool HasRun(ReadOnlySpan<byte> text, int least)
    {
        for (var at = least - 1; at < text.Length;)
        {
            var before = text[(at - least + 1)..(at + 1)].LastIndexOfAnyExcept(Letters);
            if (before < 0) return true;
            at += before + 1;
        }
        return false;
    }

    // After the scheme: a colon before the at sign that ends the login.
    private static bool HoldsLogin(ReadOnlySpan<byte> text)
    {
        var length = text.IndexOfAny(HostEnds);
        if (length >= 0) text = text[..length];
        var sign = text.LastIndexOf((byte)'@');
        return sign > 0 && text[..sign].IndexOf((byte)':') is >= 0 and var colon && !text[..colon].ContainsAny("/@{}()|$"u8);
    }

    private static bool HoldsOne(IReadOnlyList<string> needs, ReadOnlySpan<byte> text)
    {
        foreach (var need in needs)
            for (var at = 0; at + need.Length <= text.Length; at++)
            {
                var next = text[at..].IndexOfAny((byte)char.ToLowerInvariant(need[0]), (byte)char.ToUpperInvariant(need[0]));
                if (next < 0) break;
                at += next;
                if (at + need.Length <= text.Length && Ascii.EqualsIgnoreCase(text.Slice(at, need.Length), need)) return true;
            }
        return false;
    }
}
