namespace Rialto.Kernel;

/// <summary>The forms a word can take beside a number (CLDR's plural categories).</summary>
internal enum PluralForm
{
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

/// <summary>Which form a number takes: CLDR 48's cardinal rules of the four languages.</summary>
internal static class Plurals
{
    private static readonly PluralForm[] Simple = [PluralForm.One, PluralForm.Other], OfSpanish = [PluralForm.One, PluralForm.Many, PluralForm.Other],
        OfArabic = [PluralForm.Zero, PluralForm.One, PluralForm.Two, PluralForm.Few, PluralForm.Many, PluralForm.Other];

    /// <summary>The forms a text with a number must have.</summary>
    public static IReadOnlyList<PluralForm> Of(Language language) => language.Code switch { "ar" => OfArabic, "es" => OfSpanish, _ => Simple };

    /// <summary>The form of <paramref name="number"/> as it is written: 1 and 1.0 can differ.</summary>
    public static PluralForm Of(Language language, decimal number)
    {
        number = Math.Abs(number);
        var whole = decimal.Truncate(number);
        return language.Code switch
        {
            "ar" => Arabic(number, whole),
            "es" when number == 1 => PluralForm.One,
            "es" when number.Scale == 0 && whole != 0 && whole % 1_000_000 == 0 => PluralForm.Many,
            "es" => PluralForm.Other,
            _ => number.Scale == 0 && whole == 1 ? PluralForm.One : PluralForm.Other,
        };
    }

    private static PluralForm Arabic(decimal number, decimal whole) => number switch
    {
        0 => PluralForm.Zero,
        1 => PluralForm.One,
        2 => PluralForm.Two,
        _ when number != whole => PluralForm.Other,
        _ => (whole % 100) switch { >= 3 and <= 10 => PluralForm.Few, >= 11 => PluralForm.Many, _ => PluralForm.Other },
    };
}
