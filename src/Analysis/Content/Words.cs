using System.Globalization;
using System.Text;

namespace Rialto.Analysis;

/// <summary>Small questions about plain text.</summary>
internal static class Words
{
    /// <summary>Letters and digits only, lower case, for comparing names: <c>Spring Pet-Clinic</c> and <c>springpetclinic</c> agree.</summary>
    public static string Letters(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var letter in text) if (char.IsLetterOrDigit(letter)) kept.Append(char.ToLowerInvariant(letter));
        return kept.ToString();
    }

    /// <summary>Words, where each Chinese, Japanese or Korean letter counts as half a word.</summary>
    public static int Count(string text)
    {
        int words = 0, wide = 0;
        var inWord = false;
        foreach (var letter in text)
        {
            if (IsWide(letter)) { wide++; inWord = false; continue; }
            var isLetter = char.IsLetterOrDigit(letter) || (inWord && letter is '\'' or '’' or '-' or '.' or '_');
            if (isLetter && !inWord) words++;
            inWord = isLetter;
        }
        return words + (wide + 1) / 2;
    }

    public static bool IsWide(char letter) => letter is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF';

    /// <summary>True for a rune that is drawn as a picture, and for the marks that modify one.</summary>
    public static bool IsEmoji(Rune rune) =>
        rune.Value is 0x200D or 0xFE0F or 0x20E3 or (>= 0x1F000 and <= 0x1FAFF) or (>= 0xE0020 and <= 0xE007F)
        || (rune.Value is >= 0x2190 and <= 0x2BFF && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol && rune.Value is not (>= 0x2190 and <= 0x21FF) and not (>= 0x2200 and <= 0x22FF));

    /// <summary>The emoji that the text begins with, or null, and the text after it.</summary>
    public static (string? Emoji, string Text) SplitEmoji(string text)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsEmoji(rune)) break;
            length += rune.Utf16SequenceLength;
        }
        return length == 0 ? (null, text) : (text[..length], text[length..].TrimStart());
    }

    /// <summary>Without emoji and the spaces they leave behind.</summary>
    public static string WithoutEmoji(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) if (!IsEmoji(rune)) kept.Append(rune);
        return string.Join(' ', kept.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
