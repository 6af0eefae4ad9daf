using System.Globalization;
using Shouldly;

namespace Rialto.Payments.Tests;

public sealed class PhiMultiplierTests
{
    [Theory]
    [InlineData("0", "1")]
    [InlineData("0.618", "1")]
    [InlineData("0.809", "1.025")]
    [InlineData("1", "1.05")]
    [InlineData("-3", "1")]
    [InlineData("7", "1.05")]
    public void It_begins_at_the_threshold_and_ends_at_the_cap(string level, string multiplier) => PhiMultiplier.Of(Number(level), 0.05m).ShouldBe(Number(multiplier));

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(1)]
    public void It_never_falls_as_the_level_rises_and_never_passes_the_cap(double cap)
    {
        var before = 1m;
        for (var level = 0m; level <= 1; level += 0.001m)
        {
            var now = PhiMultiplier.Of(level, (decimal)cap);
            now.ShouldBeInRange(before, 1 + (decimal)cap);
            before = now;
        }
    }

    [Theory]
    [InlineData(975, "1.05", 49)]
    [InlineData(1000, "1.0005", 0)]
    [InlineData(3000, "1.0005", 2)]
    [InlineData(5000, "1.0005", 2)]
    [InlineData(1, "1.05", 0)]
    [InlineData(9_000_000_000_000_000, "1.05", 450_000_000_000_000)]
    public void The_bonus_is_rounded_half_to_even(long net, string multiplier, long bonus) => PhiMultiplier.Bonus(net, Number(multiplier)).ShouldBe(bonus);

    [Theory]
    [InlineData("0.10", 0, "0.10")]
    [InlineData("0.10", 100, "0.14")]
    [InlineData("0.10", 100_000, "0.14")]
    [InlineData("0.10", -5, "0.10")]
    [InlineData("0.48", 100, "0.50")]
    [InlineData("0.01", 0, "0.05")]
    public void The_rate_that_follows_activity_stays_inside_its_bounds(string rate, int exchanges, string now) => ActivityRate.Of(Number(rate), exchanges).ShouldBe(Number(now));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
