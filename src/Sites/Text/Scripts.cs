namespace Rialto.Sites;

/// <summary>Language and direction of a text, from the letters it is written with.</summary>
internal static class Scripts
{
    private const int SampleChars = 20_000;

    private enum Script { Latin, Arabic, Hebrew, Han, Kana, Hangul, Cyrillic, Greek, Thai, Devanagari, Count }

    /// <summary>Fills language (unless known) and direction of <paramref name="document"/>.</summary>
    public static void Judge(Document document, string text)
    {
        Span<int> counts = stackalloc int[(int)Script.Count];
        Count(Prose(text), counts);
        var rightToLeft = counts[(int)Script.Arabic] + counts[(int)Script.Hebrew];
        var total = 0;
        foreach (var count in counts) total += count;
        document.MixesDirections = rightToLeft > 0;
        document.Language ??= document.FrontMatter.Language ?? Guess(counts, total, text);
        document.Direction = Direction(document.Language, rightToLeft, total);
    }

    public static string DirectionOf(string language) => language.Split('-')[0].ToLowerInvariant() is "ar" or "fa" or "he" or "ur" or "ps" or "ckb" or "dv" or "yi" or "ug" or "sd" ? "rtl" : "ltr";

    private static string Direction(string language, int rightToLeft, int total) =>
        DirectionOf(language) == "rtl" && rightToLeft * 4 >= total ? "rtl" : rightToLeft * 2 > total && total > 0 ? "rtl" : "ltr";

    private static string Guess(ReadOnlySpan<int> counts, int total, string text)
    {
        if (total == 0) return "en";
        bool Most(int count) => count * 10 >= total * 2;
        var han = counts[(int)Script.Han];
        if (Most(counts[(int)Script.Kana] + han) && counts[(int)Script.Kana] * 8 > han) return "ja";
        if (Most(counts[(int)Script.Hangul])) return "ko";
        // A Chinese character says as much as several Latin letters.
        if (han * 10 >= total * 1.5) return text.AsSpan().IndexOfAny("這個與開發們為說體會對產學") >= 0 && text.AsSpan().IndexOfAny("这个与开发们为说体会对产学") < 0 ? "zh-Hant" : "zh-Hans";
        if (counts[(int)Script.Arabic] * 10 >= total * 4) return text.AsSpan().IndexOfAny("پچژگکی") >= 0 ? "fa" : "ar";
        if (counts[(int)Script.Hebrew] * 10 >= total * 4) return "he";
        if (counts[(int)Script.Cyrillic] * 10 >= total * 4) return text.AsSpan().IndexOfAny("їєґі") >= 0 ? "uk" : "ru";
        if (counts[(int)Script.Greek] * 10 >= total * 4) return "el";
        if (counts[(int)Script.Thai] * 10 >= total * 4) return "th";
        return counts[(int)Script.Devanagari] * 10 >= total * 4 ? "hi" : "en";
    }

    private static ReadOnlySpan<char> Prose(string text) => text.AsSpan(0, Math.Min(text.Length, SampleChars));

    private static void Count(ReadOnlySpan<char> text, Span<int> counts)
    {
        foreach (var one in text)
        {
            if (one < 0x80)
            {
                if (char.IsAsciiLetter(one)) counts[(int)Script.Latin]++;
                continue;
            }
            Script? script = one switch
            {
                >= '\u0590' and <= '\u05ff' => Script.Hebrew,
                >= '\u0600' and <= '\u077f' or >= '\ufb50' and <= '\ufdff' or >= '\ufe70' and <= '\ufeff' => Script.Arabic,
                >= '\u4e00' and <= '\u9fff' or >= '\u3400' and <= '\u4dbf' => Script.Han,
                >= '\u3040' and <= '\u30ff' => Script.Kana,
                >= '\uac00' and <= '\ud7af' => Script.Hangul,
                >= '\u0400' and <= '\u04ff' => Script.Cyrillic,
                >= '\u0370' and <= '\u03ff' => Script.Greek,
                >= '\u0e00' and <= '\u0e7f' => Script.Thai,
                >= '\u0900' and <= '\u097f' => Script.Devanagari,
                >= '\u00c0' and <= '\u024f' => Script.Latin,
                _ => null,
            };
            if (script is { } known) counts[(int)known]++;
        }
    }
}
