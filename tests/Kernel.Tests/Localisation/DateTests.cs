using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class DateTests
{
    private static readonly DateTimeOffset Afternoon = new(2026, 3, 5, 17, 8, 9, TimeSpan.Zero), Midnight = new(2026, 11, 21, 0, 5, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en", "Mar 5, 2026", "Thursday, March 5, 2026", "5:08\u202fPM", "Mar 5, 2026, 5:08\u202fPM", "12:05\u202fAM")]
    [InlineData("de", "05.03.2026", "Donnerstag, 5. März 2026", "17:08", "05.03.2026, 17:08", "00:05")]
    [InlineData("es", "5 mar 2026", "jueves, 5 de marzo de 2026", "17:08", "5 mar 2026, 17:08", "0:05")]
    [InlineData("ar", "5 مارس 2026", "الخميس، 5 مارس 2026", "5:08 م", "5 مارس 2026، 5:08 م", "12:05 ص")]
    public void Dates_and_times(string language, string date, string longDate, string time, string both, string midnight)
    {
        var say = Say(language);
        (say.Date(Afternoon), say.LongDate(Afternoon), say.Time(Afternoon), say.DateTime(Afternoon), say.Time(Midnight)).ShouldBe((date, longDate, time, both, midnight));
        say.Date(new DateOnly(2026, 3, 5)).ShouldBe(date);
    }

    [Fact]
    public void A_moment_is_written_on_the_readers_clock()
    {
        var tokyo = Texts.OfKernel.In(Language.German, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));
        tokyo.DateTime(Afternoon).ShouldBe("06.03.2026, 02:08");
        var berlin = Texts.OfKernel.In(Language.German, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        berlin.Time(Afternoon).ShouldBe("18:08");
        berlin.Time(new DateTimeOffset(2026, 7, 5, 17, 8, 0, TimeSpan.Zero)).ShouldBe("19:08");
    }

    [Theory]
    [InlineData("en", 0, "now")]
    [InlineData("en", -9, "now")]
    [InlineData("en", 9, "now")]
    [InlineData("en", -11, "11 seconds ago")]
    [InlineData("en", -60, "1 minute ago")]
    [InlineData("en", -3599, "59 minutes ago")]
    [InlineData("en", 3600, "in 1 hour")]
    [InlineData("en", -86399, "23 hours ago")]
    [InlineData("en", -86400, "yesterday")]
    [InlineData("en", 86400, "tomorrow")]
    [InlineData("en", -3 * 86400, "3 days ago")]
    [InlineData("en", 7 * 86400, "in 1 week")]
    [InlineData("en", -29 * 86400, "4 weeks ago")]
    [InlineData("en", -30 * 86400, "1 month ago")]
    [InlineData("en", -364 * 86400, "11 months ago")]
    [InlineData("en", -365 * 86400, "1 year ago")]
    [InlineData("en", -800 * 86400, "2 years ago")]
    [InlineData("de", -120, "vor 2 Minuten")]
    [InlineData("de", 86400, "morgen")]
    [InlineData("de", -3 * 86400, "vor 3 Tagen")]
    [InlineData("es", -3600, "hace 1 hora")]
    [InlineData("es", 11 * 86400, "dentro de 1 semana")]
    [InlineData("es", 86400, "mañana")]
    [InlineData("ar", -60, "قبل دقيقة واحدة")]
    [InlineData("ar", -120, "قبل دقيقتين")]
    [InlineData("ar", 300, "خلال 5 دقائق")]
    [InlineData("ar", -11 * 60, "قبل 11 دقيقة")]
    [InlineData("ar", -86400, "أمس")]
    [InlineData("ar", -3 * 86400, "قبل 3 أيام")]
    public void Distances(string language, int seconds, string written) => Say(language).Relative(Afternoon.AddSeconds(seconds), Afternoon).ShouldBe(written);

    [Fact]
    public void Yesterday_is_the_day_before_on_the_readers_calendar()
    {
        // 26 hours before 01:00 is two calendar days back, and 26 hours before 23:00 is one.
        var say = Say("en");
        var one = new DateTimeOffset(2026, 3, 5, 1, 0, 0, TimeSpan.Zero);
        say.Relative(one.AddHours(-26), one).ShouldBe("2 days ago");
        say.Relative(one.AddHours(22 - 26), one.AddHours(22)).ShouldBe("yesterday");
    }

    [Theory]
    [InlineData("en", "A|A and B|A, B, and C")]
    [InlineData("de", "A|A und B|A, B und C")]
    [InlineData("es", "A|A y B|A, B y C")]
    [InlineData("ar", "A|A وB|A وB وC")]
    public void Lists(string language, string written) =>
        string.Join('|', Say(language).List(["A"]), Say(language).List(["A", "B"]), Say(language).List(["A", "B", "C"])).ShouldBe(written);

    private static Wording Say(string language) => Texts.OfKernel.In(Language.Find(language)!);
}
