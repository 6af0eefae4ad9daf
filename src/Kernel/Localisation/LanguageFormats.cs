namespace Rialto.Kernel;

/// <summary>How a language writes numbers, money and dates (facts of CLDR 48).</summary>
internal sealed record LanguageFormats
{
    private const string Nbsp = "\u00a0", LeftToRight = "\u200e", RightToLeft = "\u200f";

    public required string Decimal { get; init; }

    public required string Group { get; init; }

    /// <summary>Digits before the first group mark that make it worth writing: Spanish writes 1234 and 12.345.</summary>
    public int LeastGrouped { get; init; } = 1;

    public string Minus { get; init; } = "-";

    /// <summary>After a number of hundredths.</summary>
    public required string Percent { get; init; }

    /// <summary>True when the sign of the money stands before the number, as in English.</summary>
    public bool IsMoneySignFirst { get; init; }

    /// <summary>Written before an amount of money: a mark that settles the direction, or nothing.</summary>
    public string MoneyMark { get; init; } = "";

    public required string[] Months { get; init; }

    public required string[] ShortMonths { get; init; }

    /// <summary>Sunday first.</summary>
    public required string[] Weekdays { get; init; }

    /// <summary>Before and after noon.</summary>
    public string[] Halves { get; init; } = ["AM", "PM"];

    public required string Date { get; init; }

    public required string LongDate { get; init; }

    public required string Time { get; init; }

    /// <summary>Between date and time.</summary>
    public string DateTimeJoin { get; init; } = ", ";

    public string ListJoin { get; init; } = ", ";

    /// <summary>Between two, and before the last of more.</summary>
    public required (string OfTwo, string Last) And { get; init; }

    public static LanguageFormats English { get; } = new()
    {
        Decimal = ".", Group = ",", Percent = "%", IsMoneySignFirst = true, And = (" and ", ", and "),
        Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        ShortMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        Weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        Date = "MMM d, y", LongDate = "EEEE, MMMM d, y", Time = "h:mm\u202fa",
    };

    public static LanguageFormats German { get; } = new()
    {
        Decimal = ",", Group = ".", Percent = Nbsp + "%", And = (" und ", " und "),
        Months = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
        ShortMonths = ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
        Weekdays = ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
        Date = "dd.MM.y", LongDate = "EEEE, d. MMMM y", Time = "HH:mm",
    };

    public static LanguageFormats Spanish { get; } = new()
    {
        Decimal = ",", Group = ".", LeastGrouped = 2, Percent = Nbsp + "%", And = (" y ", " y "),
        Months = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
        ShortMonths = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
        Weekdays = ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
        Date = "d MMM y", LongDate = "EEEE, d 'de' MMMM 'de' y", Time = "H:mm",
    };

    // CLDR's middle date is 05/03/2026 with direction marks between the parts; the month in letters cannot be misread.
    public static LanguageFormats Arabic { get; } = new()
    {
        Decimal = ".", Group = ",", Minus = LeftToRight + "-", Percent = LeftToRight + "%" + LeftToRight, MoneyMark = RightToLeft, And = (" و", " و"), ListJoin = " و",
        Months = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
        ShortMonths = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
        Weekdays = ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"], Halves = ["ص", "م"],
        Date = "d MMMM y", LongDate = "EEEE، d MMMM y", Time = "h:mm a", DateTimeJoin = "، ",
    };
}
