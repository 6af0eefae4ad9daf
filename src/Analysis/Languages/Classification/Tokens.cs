using System.Buffers;

namespace Rialto.Analysis;

/// <summary>
/// Cuts source text into the tokens that tell languages apart: words, runs of punctuation, and the kinds of comments.
/// What stands inside comments, strings and numbers says little and is left out. Linear in the input.
/// </summary>
internal static class Tokens
{
    private const int LongestToken = 16;
    private static readonly SearchValues<byte> LineComments = SearchValues.Create("#/-%\";!'*"u8);

    /// <summary>Counts tokens by a 32-bit hash of their bytes.</summary>
    public static Dictionary<uint, int> Count(ReadOnlySpan<byte> text)
    {
        var counts = new Dictionary<uint, int>(512);
        var at = 0;
        var lineStart = true;
        while (at < text.Length)
        {
            var c = text[at];
            if (c is (byte)'\n' or (byte)'\r') { lineStart = true; at++; continue; }
            if (c is (byte)' ' or (byte)'\t') { at++; continue; }
            if (lineStart)
            {
                lineStart = false;
                if (LineComment(text[at..], counts) is var line and > 0) { at += line; continue; }
            }
            if (BlockComment(text[at..], counts) is var block and > 0) { at += block; continue; }
            at += Plain(text[at..], counts);
        }
        return counts;
    }

    /// <summary>A comment from the start of a line to its end counts as one token, its sign.</summary>
    private static int LineComment(ReadOnlySpan<byte> text, Dictionary<uint, int> counts)
    {
        var sign = 0;
        if (!LineComments.Contains(text[0])) return 0;
        if (text.StartsWith("#!"u8)) sign = -1;
        else if (text.StartsWith("//!"u8)) sign = 3;
        else if (text.StartsWith("//"u8) || text.StartsWith("--"u8) && Blank(text, 2)) sign = 2;
        else if (text[0] is (byte)'#' or (byte)'%' or (byte)';' or (byte)'"' or (byte)'!' or (byte)'*' or (byte)'\'')
        {
            var run = text.IndexOfAnyExcept(text[0]);
            if (run < 0) run = text.Length;
            if (text[0] is not (byte)'"' && Blank(text, run) || text[0] == (byte)'"' && run == 1 && Blank(text, 1)) sign = 1;
        }
        if (sign == 0) return 0;
        var eol = text.IndexOf((byte)'\n');
        var length = eol < 0 ? text.Length : eol;
        if (sign < 0) Add(counts, Hash(text[..Math.Min(length, 40)], 7));
        else Add(counts, Hash(text[..sign], 3));
        return length;
    }

    private static bool Blank(ReadOnlySpan<byte> text, int at) => at >= text.Length || text[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private static int BlockComment(ReadOnlySpan<byte> text, Dictionary<uint, int> counts)
    {
        ReadOnlySpan<byte> open, close;
        switch (text[0])
        {
            case (byte)'/' when text.StartsWith("/**/"u8): Add(counts, Hash("/*"u8, 3)); return 4;
            case (byte)'/' when text.StartsWith("/**"u8): open = "/**"u8; close = "*/"u8; break;
            case (byte)'/' when text.StartsWith("/*!"u8): open = "/*!"u8; close = "*/"u8; break;
            case (byte)'/' when text.StartsWith("/*"u8): open = "/*"u8; close = "*/"u8; break;
            case (byte)'/' when text.StartsWith("/-"u8): open = "/-"u8; close = "-/"u8; break;
            case (byte)'<' when text.StartsWith("<!--"u8): open = "<!--"u8; close = "-->"u8; break;
            case (byte)'{' when text.StartsWith("{-"u8): open = "{-"u8; close = "-}"u8; break;
            case (byte)'(' when text.StartsWith("(*"u8): open = "(*"u8; close = "*)"u8; break;
            case (byte)'"' when text.StartsWith("\"\"\""u8): open = close = "\"\"\""u8; break;
            case (byte)'\'' when text.StartsWith("'''"u8): open = close = "'''"u8; break;
            default: return 0;
        }
        Add(counts, Hash(open, 3));
        var end = text[open.Length..].IndexOf(close);
        return end < 0 ? text.Length : open.Length + end + close.Length;
    }

    private static int Plain(ReadOnlySpan<byte> text, Dictionary<uint, int> counts)
    {
        var c = text[0];
        if (c is (byte)'"' or (byte)'\'') return Quoted(text, c);
        if (char.IsAsciiDigit((char)c)) return Run(text, 1, static b => char.IsAsciiLetterOrDigit((char)b) || b == '.');
        var marked = c is (byte)'.' or (byte)'@' or (byte)'#' or (byte)'$' && text.Length > 1 && IsWord(text[1]);
        if (IsWord(c) || marked && text.Length > 1 && IsWord(text[1]))
        {
            var length = Run(text, 1, IsWord);
            Add(counts, Hash(text[..Math.Min(length, LongestToken)], 1));
            return length;
        }
        if (c < 0x80)
        {
            var length = Punctuation(text);
            Add(counts, Hash(text[..Math.Min(length, LongestToken)], 2));
            return length;
        }
        return 1;
    }

    private static int Quoted(ReadOnlySpan<byte> text, byte quote)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\n' || text[i] == quote) return i + 1;
            if (text[i] == '\\') i++;
        }
        return text.Length;
    }

    /// <summary>Brackets stand in runs of one kind, or opened and closed at once; operators in runs of equal or comparing signs.</summary>
    private static int Punctuation(ReadOnlySpan<byte> text)
    {
        var c = text[0];
        var run = text.IndexOfAnyExcept(c);
        if (run < 0) run = text.Length;
        var next = run < text.Length ? text[run] : (byte)0;
        return (c, next) switch
        {
            ((byte)'(', (byte)')') or ((byte)'{', (byte)'}') or ((byte)'[', (byte)']') => run + RunOf(text[run..], next),
            ((byte)'-', (byte)'>') or ((byte)'<', (byte)'-') or ((byte)'!', (byte)'=') or ((byte)'=', (byte)'>') or ((byte)'<', (byte)'=') or ((byte)'>', (byte)'=') => run + RunOf(text[run..], next),
            ((byte)'<', (byte)'/' or (byte)'?' or (byte)'%' or (byte)'!' or (byte)'#' or (byte)'@') => run + 1,
            ((byte)'?' or (byte)'%' or (byte)'/', (byte)'>') => run + 1,
            ((byte)'+' or (byte)'-' or (byte)'*' or (byte)'/' or (byte)'%' or (byte)'&' or (byte)'|' or (byte)'^' or (byte)'~' or (byte)':', (byte)'=') => run + 1,
            ((byte)'=', (byte)'~') or ((byte)':', (byte)'-') or ((byte)'$', (byte)'(' or (byte)'{' or (byte)'[') => run + 1,
            _ => run,
        };
    }

    private static int RunOf(ReadOnlySpan<byte> text, byte c)
    {
        var end = text.IndexOfAnyExcept(c);
        return end < 0 ? text.Length : end;
    }

    private static int Run(ReadOnlySpan<byte> text, int from, Func<byte, bool> belongs)
    {
        while (from < text.Length && belongs(text[from])) from++;
        return from;
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b == '_';

    private static void Add(Dictionary<uint, int> counts, uint token) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, token, out _)++;

    /// <summary>FNV-1a, seeded with the kind of token.</summary>
    private static uint Hash(ReadOnlySpan<byte> token, uint kind)
    {
        var hash = 2166136261u ^ kind;
        foreach (var b in token) hash = (hash ^ b) * 16777619u;
        return hash;
    }
}
