using System.Globalization;
using System.Text;

namespace Rialto.Kernel;

/// <summary>Writes numbers and money. Rounds half to even, as CLDR's own number formats do.</summary>
internal static class NumberWords
{
    private const int MostDecimals = 20;

    public static string Write(LanguageFormats formats, decimal number, int leastDecimals, int mostDecimals) =>
        (IsNegative(number, mostDecimals) ? formats.Minus : "") + WriteDigits(formats, Math.Abs(number), leastDecimals, mostDecimals);

    public static string WritePercent(LanguageFormats formats, decimal ratio, int mostDecimals) => Write(formats, ratio * 100, 0, mostDecimals) + formats.Percent;

    public static string WriteMoney(Language language, long amountMinor, Currency currency)
    {
        var formats = language.Formats;
        // Through decimal: the least long has no positive counterpart.
        var amount = Math.Abs((decimal)amountMinor) * PowerOfTen(currency.Exponent);
        var digits = WriteDigits(formats, amount, currency.Exponent, currency.Exponent);
        var sign = currency.Sign(language);
        var minus = amountMinor < 0 ? formats.Minus : "";
        if (!formats.IsMoneySignFirst) return $"{formats.MoneyMark}{minus}{digits}\u00a0{sign}";
        return char.IsLetter(sign[^1]) && sign != Currency.DucatSign ? $"{minus}{sign}\u00a0{digits}" : $"{minus}{sign}{digits}";
    }

    private static decimal PowerOfTen(int exponent) => new(1, 0, 0, false, (byte)exponent);

    private static bool IsNegative(decimal number, int mostDecimals) => Math.Round(number, Math.Min(mostDecimals, MostDecimals), MidpointRounding.ToEven) < 0;

    private static string WriteDigits(LanguageFormats formats, decimal number, int leastDecimals, int mostDecimals)
    {
        mostDecimals = Math.Clamp(mostDecimals, leastDecimals, MostDecimals);
        var plain = Math.Round(number, mostDecimals, MidpointRounding.ToEven).ToString(CultureInfo.InvariantCulture);
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? plain : plain[..point];
        var fraction = (point < 0 ? "" : plain[(point + 1)..]).TrimEnd('0').PadRight(leastDecimals, '0');
        var text = new StringBuilder();
        var isGrouped = whole.Length >= 3 + formats.LeastGrouped;
        for (var index = 0; index < whole.Length; index++)
        {
            if (isGrouped && index > 0 && (whole.Length - index) % 3 == 0) text.Append(formats.Group);
            text.Append(whole[index]);
        }
        return fraction.Length == 0 ? text.ToString() : text.Append(formats.Decimal).Append(fraction).ToString();
    }
}
