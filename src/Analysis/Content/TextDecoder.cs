using System.Text;

namespace Rialto.Analysis;

/// <summary>Turns bytes of unknown origin into text, never throwing: UTF-8, UTF-16 and UTF-32 by byte order mark, UTF-16 by its zero bytes, else Latin-1.</summary>
internal static class TextDecoder
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Longest line that is kept; the rest of a longer one is dropped, since nobody reads it and every parser pays for it.</summary>
    public const int MaxLineLength = 16 * 1024;

    /// <summary>The text with <c>\n</c> line ends, or null when the bytes are not text.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        var text = bytes switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
            [0xFF, 0xFE, 0, 0, .. var rest] => Encoding.UTF32.GetString(rest),
            [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
            [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
            _ => Guess(bytes),
        };
        return text is null ? null : Tidy(text);
    }

    private static string? Guess(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 8000)];
        if (head.Contains((byte)0)) return Utf16(bytes, head);
        try { return Strict.GetString(bytes); }
        catch (DecoderFallbackException)
        {
            var lenient = Encoding.UTF8.GetString(bytes);
            var broken = lenient.Count(letter => letter == '\uFFFD');
            // A few torn bytes in good UTF-8 keep their neighbours; a text that is nowhere UTF-8 reads best as Latin-1.
            return broken * 4 < lenient.Count(letter => letter > 127) ? lenient : Encoding.Latin1.GetString(bytes);
        }
    }

    private static string? Utf16(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0;
        for (var i = 0; i < head.Length; i++)
            if (head[i] == 0) { if ((i & 1) == 0) even++; else odd++; }
        var half = head.Length / 2;
        if (odd > half * 0.7 && even == 0) return Encoding.Unicode.GetString(bytes);
        return even > half * 0.7 && odd == 0 ? Encoding.BigEndianUnicode.GetString(bytes) : null;
    }

    private static string Tidy(string text)
    {
        text = text.ReplaceLineEndings("\n");
        var longest = 0;
        foreach (var line in text.AsSpan().EnumerateLines()) longest = Math.Max(longest, line.Length);
        if (longest <= MaxLineLength) return text;
        return string.Join('\n', text.Split('\n').Select(line => line.Length > MaxLineLength ? line[..MaxLineLength] : line));
    }
}
