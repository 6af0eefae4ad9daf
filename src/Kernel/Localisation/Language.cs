namespace Rialto.Kernel;

/// <summary>
/// A language the product speaks. Everything about it is in this folder and taken from CLDR 48, not from the machine's ICU: an answer reads the
/// same on every machine, with ICU of any version or none.
/// </summary>
public sealed class Language
{
    private Language(string code, string name, bool isRightToLeft, LanguageFormats formats) =>
        (Code, Name, IsRightToLeft, Formats) = (code, name, isRightToLeft, formats);

    /// <summary>English.</summary>
    public static Language English { get; } = new("en", "English", false, LanguageFormats.English);

    /// <summary>German.</summary>
    public static Language German { get; } = new("de", "Deutsch", false, LanguageFormats.German);

    /// <summary>Spanish.</summary>
    public static Language Spanish { get; } = new("es", "Español", false, LanguageFormats.Spanish);

    /// <summary>Arabic, with the digits 0 to 9, as CLDR has it for Arabic without a country.</summary>
    public static Language Arabic { get; } = new("ar", "العربية", true, LanguageFormats.Arabic);

    /// <summary>All of them, English first.</summary>
    public static IReadOnlyList<Language> All { get; } = [English, German, Spanish, Arabic];

    /// <summary>BCP 47 code, for <c>lang</c> and <c>Content-Language</c>: <c>en</c>.</summary>
    public string Code { get; }

    /// <summary>Its own name for itself.</summary>
    public string Name { get; }

    /// <summary>True when it is written from right to left.</summary>
    public bool IsRightToLeft { get; }

    /// <summary>For the attribute <c>dir</c>: <c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    internal LanguageFormats Formats { get; }

    /// <summary>The language of a tag such as <c>de</c>, <c>de-AT</c> or <c>AR_eg</c>; null when the product does not speak it.</summary>
    public static Language? Find(string? tag)
    {
        if (string.IsNullOrEmpty(tag)) return null;
        var end = tag.AsSpan().IndexOfAny('-', '_');
        var primary = end < 0 ? tag.AsSpan() : tag.AsSpan(0, end);
        foreach (var language in All)
            if (primary.Equals(language.Code, StringComparison.OrdinalIgnoreCase)) return language;
        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
