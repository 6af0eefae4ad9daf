using System.Buffers;
using System.Buffers.Text;
using Rialto.Secrets.Rules;

namespace Rialto.Secrets.Scanning;

/// <summary>Looks into runs of base64 for text that holds a secret; the whole run is the hit.</summary>
internal static class EncodedRuns
{
    private const int MinChars = 40;
    private const int ProbeChars = 16;
    private const int MaxChars = 256 * 1024;
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    public static void Find(ReadOnlySpan<byte> text, RuleBook book, List<Hit> hits)
    {
        // A run of MinChars covers at least one of these places, so nothing else needs a look.
        for (var at = MinChars - 1; at < text.Length; at += MinChars)
        {
            if (!Alphabet.Contains(text[at])) continue;
            var start = text[Math.Max(0, at - MinChars + 1)..at].LastIndexOfAnyExcept(Alphabet) is >= 0 and var before ? Math.Max(0, at - MinChars + 1) + before + 1 : Math.Max(0, at - MinChars + 1);
            var length = text[start..].IndexOfAnyExcept(Alphabet);
            if (length < 0) length = text.Length - start;
            if (length >= MinChars && length <= MaxChars && Decoded(text.Slice(start, length)) is { } inner && Holds(inner, book) is { } rule)
                hits.Add(new Hit(rule, start, length));
            at = Math.Max(at, start + length - 1);
        }
    }

    private static SecretRule? Holds(byte[] inner, RuleBook book)
    {
        foreach (var hit in TextScan.Find(inner, book))
            if (hit.Rule.Kind is RuleKind.Token) return hit.Rule;
        return null;
    }

    // Text only: what a picture or a hash decodes to is given up after its first letters.
    private static byte[]? Decoded(ReadOnlySpan<byte> run)
    {
        Span<byte> head = stackalloc byte[ProbeChars / 4 * 3];
        if (Base64.DecodeFromUtf8(run[..ProbeChars], head, out _, out _) is not OperationStatus.Done || !IsText(head)) return null;
        run = run[..(run.Length / 4 * 4)];
        var bytes = new byte[run.Length / 4 * 3];
        return Base64.DecodeFromUtf8(run, bytes, out _, out var count) is OperationStatus.Done && count == bytes.Length && IsText(bytes) ? bytes : null;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            if (value is (< 32 or > 126) and not (9 or 10 or 13)) return false;
        return true;
    }
}
