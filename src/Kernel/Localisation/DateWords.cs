using System.Globalization;
using System.Text;

namespace Rialto.Kernel;

/// <summary>Writes dates and times by CLDR's pattern letters (<c>y M d E H h m a</c>; <c>'…'</c> as it stands), in the Gregorian calendar.</summary>
internal static class DateWords
{
    public static string Write(LanguageFormats formats, string pattern, DateTime when)
    {
        var text = new StringBuilder();
        for (var index = 0; index < pattern.Length;)
        {
            var letter = pattern[index];
            if (letter == '\'')
            {
                var end = pattern.IndexOf('\'', index + 1);
                text.Append(pattern.AsSpan(index + 1, end - index - 1));
                index = end + 1;
                continue;
            }
            var count = 1;
            while (index + count < pattern.Length && pattern[index + count] == letter) count++;
            Append(text, formats, letter, count, when);
            index += count;
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, LanguageFormats formats, char letter, int count, DateTime when)
    {
        switch (letter)
        {
            case 'y': Number(text, when.Year, 1); break;
            case 'M' when count >= 4: text.Append(formats.Months[when.Month - 1]); break;
            case 'M' when count == 3: text.Append(formats.ShortMonths[when.Month - 1]); break;
            case 'M': Number(text, when.Month, count); break;
            case 'd': Number(text, when.Day, count); break;
            case 'E': text.Append(formats.Weekdays[(int)when.DayOfWeek]); break;
            case 'H': Number(text, when.Hour, count); break;
            case 'h': Number(text, (when.Hour + 11) % 12 + 1, count); break;
            case 'm': Number(text, when.Minute, count); break;
            case 'a': text.Append(formats.Halves[when.Hour / 12]); break;
            default: text.Append(letter, count); break;
        }
    }

    private static void Number(StringBuilder text, int number, int leastDigits) => text.Append(number.ToString(CultureInfo.InvariantCulture).PadLeft(leastDigits, '0'));
}
