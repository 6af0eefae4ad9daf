namespace Rialto.Analysis;

/// <summary>Guesses the language of prose: by script where a script tells, else by its commonest small words.</summary>
internal static class NaturalLanguage
{
    private static readonly (string Tag, string[] Stops)[] Latin =
    [
        ("en", ["the", "and", "is", "of", "to", "for", "with", "you", "this", "that", "are", "it"]),
        ("de", ["der", "die", "und", "das", "ist", "nicht", "mit", "für", "ein", "eine", "sie", "werden"]),
        ("fr", ["le", "la", "les", "et", "des", "une", "est", "pour", "dans", "avec", "vous", "du"]),
        ("es", ["el", "los", "las", "y", "una", "es", "para", "con", "por", "del", "que", "puede"]),
        ("pt", ["os", "as", "uma", "é", "para", "com", "não", "você", "em", "do", "da", "são"]),
        ("it", ["il", "gli", "una", "è", "per", "con", "che", "di", "della", "sono", "questo", "non"]),
        ("nl", ["het", "een", "van", "is", "voor", "met", "niet", "deze", "zijn", "wordt", "naar", "en"]),
        ("pl", ["jest", "nie", "dla", "oraz", "się", "przez", "lub", "na", "jak", "które", "z", "i"]),
        ("tr", ["ve", "bir", "için", "bu", "ile", "olarak", "değil", "daha", "gibi", "olan", "çok", "da"]),
        ("vi", ["và", "của", "là", "cho", "các", "một", "không", "với", "được", "những", "này", "trong"]),
        ("id", ["dan", "yang", "untuk", "dengan", "ini", "adalah", "dari", "tidak", "pada", "anda", "atau", "dapat"]),
    ];

    /// <summary>A BCP 47 tag; <c>en</c> when the text is too short to tell.</summary>
    public static string Of(string text)
    {
        if (text.Length > 40_000) text = text[..40_000];
        int latin = 0, han = 0, kana = 0, hangul = 0, arabic = 0, persian = 0, cyrillic = 0, ukrainian = 0, hebrew = 0, greek = 0, devanagari = 0, thai = 0, traditional = 0;
        foreach (var letter in text)
        {
            if (letter < 0x250) { if (char.IsLetter(letter)) latin++; }
            else if (letter is >= '\u3040' and <= '\u30FF') kana++;
            else if (letter is >= '\u4E00' and <= '\u9FFF') { han++; if ("個們這來對時會國說為學後開發實現應當過還進選擇請檔點類錄線網關於與體設計無電傳統嗎讓從".Contains(letter)) traditional++; }
            else if (letter is >= '\uAC00' and <= '\uD7AF') hangul++;
            else if (letter is >= '\u0600' and <= '\u06FF') { arabic++; if ("پچژگکی".Contains(letter)) persian++; }
            else if (letter is >= '\u0400' and <= '\u04FF') { cyrillic++; if ("іїєґ".Contains(letter)) ukrainian++; }
            else if (letter is >= '\u0590' and <= '\u05FF') hebrew++;
            else if (letter is >= '\u0370' and <= '\u03FF') greek++;
            else if (letter is >= '\u0900' and <= '\u097F') devanagari++;
            else if (letter is >= '\u0E00' and <= '\u0E7F') thai++;
        }
        // One ideograph carries about as much as three Latin letters, and technical prose is full of Latin names.
        (int Count, string Tag)[] scripts =
        [
            (latin, "latin"), ((han + kana) * 3, kana > han / 10 && kana > 10 ? "ja" : traditional * 20 > han ? "zh-Hant" : "zh"), (hangul * 3, "ko"),
            (arabic * 2, persian * 12 > arabic ? "fa" : "ar"), (cyrillic * 2, ukrainian * 40 > cyrillic ? "uk" : "ru"), (hebrew * 2, "he"), (greek * 2, "el"), (devanagari * 2, "hi"), (thai * 2, "th"),
        ];
        var best = scripts.MaxBy(script => script.Count);
        return best.Tag == "latin" ? OfLatin(text) : best.Tag;
    }

    private static string OfLatin(string text)
    {
        var counts = new int[Latin.Length];
        foreach (var word in text.ToLowerInvariant().Split([' ', '\n', ',', '.', '(', ')', ':', ';', '!', '?', '"'], StringSplitOptions.RemoveEmptyEntries))
            for (var i = 0; i < Latin.Length; i++)
                if (Array.IndexOf(Latin[i].Stops, word) >= 0) counts[i]++;
        var best = Array.IndexOf(counts, counts.Max());
        return counts[best] < 3 ? "en" : Latin[best].Tag;
    }
}
