using System.Globalization;

namespace Rialto.Kernel;

/// <summary>
/// A calendar rule in the five fields of crontab(5): minute, hour, day of month, month, day of week (0 or 7 is Sunday), with
/// <c>*</c>, lists, ranges, steps and English three-letter names, or <c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>.
/// When both days are restricted, either one will do, as crontab has it.
/// </summary>
public sealed class Cron
{
    private const int YearsLooked = 8;
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private readonly ulong minutes, hours, days, months, weekdays;
    private readonly bool eitherDay;

    private Cron(string[] fields)
    {
        minutes = Field(fields[0], 0, 59, []);
        hours = Field(fields[1], 0, 23, []);
        days = Field(fields[2], 1, 31, []);
        months = Field(fields[3], 1, 12, Months);
        weekdays = Field(fields[4], 0, 7, Days);
        if ((weekdays & 1UL << 7) != 0) weekdays |= 1;
        eitherDay = !fields[2].StartsWith('*') && !fields[4].StartsWith('*');
    }

    /// <summary>Reads a rule.</summary>
    /// <exception cref="Refusal"><c>schedules.cron_invalid</c>.</exception>
    public static Cron Parse(string text)
    {
        var rule = text.Trim() switch
        {
            "@hourly" => "0 * * * *", "@daily" or "@midnight" => "0 0 * * *", "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *", "@yearly" or "@annually" => "0 0 1 1 *", var other => other,
        };
        var fields = rule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5 ? new Cron(fields) : throw Invalid(text);
    }

    /// <summary>
    /// The first moment after <paramref name="after"/> that the rule names in <paramref name="zone"/>; null when there is none in the
    /// next eight years (30 February). A time that the change to summer time leaves out is moved to the first minute after the gap;
    /// one that comes twice in autumn is taken once, the first time.
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var at = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0);
        // In the second turn of an autumn hour the same local minutes come again; they were had.
        var end = at.AddYears(YearsLooked);
        while ((at = NextLocal(at.AddMinutes(1), end)) < end)
        {
            var moment = ToMoment(at, zone);
            if (moment > after) return moment;
        }
        return null;
    }

    private DateTime NextLocal(DateTime at, DateTime end)
    {
        while (at < end)
        {
            if (!Has(months, at.Month)) at = new DateTime(at.Year, at.Month, 1).AddMonths(1);
            else if (!IsDay(at)) at = at.Date.AddDays(1);
            else if (!Has(hours, at.Hour)) at = at.Date.AddHours(at.Hour + 1);
            else if (!Has(minutes, at.Minute)) at = at.AddMinutes(1);
            else return at;
        }
        return end;
    }

    private static DateTimeOffset ToMoment(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    private bool IsDay(DateTime at)
    {
        var day = Has(days, at.Day);
        var weekday = Has(weekdays, (int)at.DayOfWeek);
        return eitherDay ? day || weekday : day && weekday;
    }

    private static bool Has(ulong set, int value) => (set & 1UL << value) != 0;

    private static ulong Field(string text, int least, int most, string[] names)
    {
        ulong set = 0;
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var whole] => (whole, 0),
                [var whole, var every] when int.TryParse(every, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => (whole, number),
                _ => throw Invalid(text),
            };
            var (first, last) = range.Split('-') switch
            {
                ["*"] => (least, most),
                [var one] when step == 0 => (Value(one, names, least), Value(one, names, least)),
                [var one] => (Value(one, names, least), most),
                [var from, var to] => (Value(from, names, least), Value(to, names, least)),
                _ => throw Invalid(text),
            };
            if (first < least || last > most || first > last) throw Invalid(text);
            for (var value = first; value <= last; value += Math.Max(1, step)) set |= 1UL << value;
        }
        return set;
    }

    private static int Value(string text, string[] names, int least)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        var index = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index + least : throw Invalid(text);
    }

    private static Refusal Invalid(string text) => new("schedules.cron_invalid",
        $"\"{text}\" is not a calendar rule; write five fields such as 30 4 * * 1-5 (half past four on weekdays), or @daily.", 400);
}
