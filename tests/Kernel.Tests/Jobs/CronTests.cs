using System.Globalization;
using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class CronTests
{
    [Theory]
    [InlineData("* * * * *", "2026-01-15T12:00:30Z", "2026-01-15T12:01:00Z")]
    [InlineData("*/15 * * * *", "2026-01-15T12:45:00Z", "2026-01-15T13:00:00Z")]
    [InlineData("30 4 * * 1-5", "2026-01-16T04:30:00Z", "2026-01-19T04:30:00Z")]
    [InlineData("0 0 31 * *", "2026-02-01T00:00:00Z", "2026-03-31T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 12 1,15 * *", "2026-01-01T12:00:00Z", "2026-01-15T12:00:00Z")]
    [InlineData("5-50/15 9 * JAN MON", "2026-01-19T09:20:00Z", "2026-01-19T09:35:00Z")]
    [InlineData("0 0 13 * 5", "2026-02-01T00:00:00Z", "2026-02-06T00:00:00Z")]
    [InlineData("0 0 * * 7", "2026-01-15T00:00:00Z", "2026-01-18T00:00:00Z")]
    [InlineData("10/20 * * * *", "2026-01-15T12:10:00Z", "2026-01-15T12:30:00Z")]
    [InlineData("@daily", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z")]
    [InlineData("@monthly", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")]
    public void The_next_time_is_the_first_after(string rule, string after, string next) =>
        Cron.Parse(rule).Next(At(after), TimeZoneInfo.Utc).ShouldBe(At(next));

    [Theory]
    // Rome goes from 02:00 to 03:00 on 29 March 2026 and from 03:00 to 02:00 on 25 October 2026.
    [InlineData("30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("0 9 * * *", "2026-03-28T12:00:00Z", "2026-03-29T07:00:00Z")]
    public void Changes_of_the_clock_neither_skip_nor_double(string rule, string after, string next) =>
        Cron.Parse(rule).Next(At(after), TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome")).ShouldBe(At(next));

    [Fact]
    public void A_day_that_never_comes_is_no_time() => Cron.Parse("0 0 30 2 *").Next(At("2026-01-01T00:00:00Z"), TimeZoneInfo.Utc).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("5-1 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("1-2-3 * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("* * * FEV *")]
    [InlineData("@often")]
    public void What_is_no_rule_is_refused(string text) => Should.Throw<Refusal>(() => Cron.Parse(text)).Code.ShouldBe("schedules.cron_invalid");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
