namespace Rialto.Kernel;

/// <summary>Distances in time, in the largest unit that is whole.</summary>
internal static class RelativeWords
{
    private const int NowSeconds = 10;

    public static string Write(Wording say, DateTimeOffset moment, DateTimeOffset now)
    {
        var distance = (moment - now).Duration();
        var (unit, count) = Unit(say, moment, now, distance);
        if (unit == "now") return say["time.now"];
        var isPast = moment < now;
        if (unit == "day" && count == 1) return say[isPast ? "time.yesterday" : "time.tomorrow"];
        return say.Say($"time.{(isPast ? "past" : "future")}.{unit}", ("count", count));
    }

    private static (string Unit, int Count) Unit(Wording say, DateTimeOffset moment, DateTimeOffset now, TimeSpan distance) => distance.TotalSeconds switch
    {
        < NowSeconds => ("now", 0),
        < 60 => ("second", (int)distance.TotalSeconds),
        < 3600 => ("minute", (int)distance.TotalMinutes),
        < 86400 => ("hour", (int)distance.TotalHours),
        _ => Days(Math.Abs(DateOnly.FromDateTime(say.Local(moment)).DayNumber - DateOnly.FromDateTime(say.Local(now)).DayNumber)),
    };

    // A month is a twelfth of the mean Gregorian year of 365.2425 days.
    private static (string Unit, int Count) Days(int days) => days switch
    {
        < 7 => ("day", Math.Max(1, days)),
        < 30 => ("week", days / 7),
        < 365 => ("month", Math.Clamp((int)(days / 30.436875), 1, 11)),
        _ => ("year", Math.Max(1, (int)(days / 365.2425))),
    };
}
