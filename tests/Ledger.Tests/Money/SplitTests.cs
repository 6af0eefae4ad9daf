using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class SplitTests
{
    [Theory]
    [InlineData(15, "80 8 12", "12 1 2")]
    [InlineData(77, "10 20 70", "8 15 54")]
    [InlineData(10001, "33.33 33.33 33.34", "3333 3333 3335")]
    [InlineData(100, "1 1 1", "34 33 33")]
    [InlineData(1, "1 1", "1 0")]
    [InlineData(2, "1 1 1 1", "1 1 0 0")]
    [InlineData(0, "1 2", "0 0")]
    [InlineData(5, "0 1", "0 5")]
    [InlineData(-15, "80 8 12", "-12 -1 -2")]
    [InlineData(9000000000000000, "0.1 0.2", "3000000000000000 6000000000000000")]
    [InlineData(long.MaxValue, "1 1", "4611686018427387904 4611686018427387903")]
    public void Units_left_over_go_to_the_largest_fractions_and_equal_ones_to_the_earlier(long amount, string weights, string shares) =>
        Split.ByWeights(amount, Numbers(weights)).ShouldBe(shares.Split(' ').Select(long.Parse));

    [Theory]
    [InlineData(10000, "0.125", "3333 3333 3334", "417 416 417")]
    [InlineData(10000, "0.125", "10000", "1250")]
    [InlineData(100, "0.005", "50 50", "0 0")]
    [InlineData(101, "0.5", "1 1 1 98", "0 1 1 48")]
    public void Parts_of_a_whole_get_shares_that_are_together_the_share_of_the_whole(long whole, string rate, string parts, string shares)
    {
        var given = parts.Split(' ').Select(long.Parse).ToArray();
        given.Sum().ShouldBe(whole);
        long before = 0;
        var found = new List<long>();
        foreach (var part in given)
        {
            found.Add(Split.Cumulative(before, part, decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)));
            before += part;
        }
        found.ShouldBe(shares.Split(' ').Select(long.Parse));
        found.Sum().ShouldBe(Split.Cumulative(0, whole, decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Nothing_is_lost_whatever_the_weights()
    {
        var random = new Random(17);
        for (var round = 0; round < 2_000; round++)
        {
            var amount = random.NextInt64(-1_000_000_000, 1_000_000_000);
            var weights = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Math.Round((decimal)random.NextDouble() * 100, random.Next(0, 8))).Append(0.0000001m).ToArray();
            var shares = Split.ByWeights(amount, weights);
            shares.Sum().ShouldBe(amount);
            var sum = weights.Sum();
            // No share is a whole unit away from its exact fraction.
            for (var index = 0; index < weights.Length; index++) Math.Abs(shares[index] - (double)(amount * weights[index] / sum)).ShouldBeLessThan(1.0001);
        }
    }

    [Theory]
    [InlineData("0 0")]
    [InlineData("1 -1")]
    public void Weights_that_weigh_nothing_or_less_are_refused(string weights) => Should.Throw<Refusal>(() => Split.ByWeights(10, Numbers(weights))).Code.ShouldBe(LedgerRefusals.AmountInvalid);

    [Fact]
    public void Money_keeps_its_currency() => Split.ByWeights(Money.Parse("0.15 USD"), [80m, 8m, 12m]).ShouldBe([Money.Parse("0.12 USD"), Money.Parse("0.01 USD"), Money.Parse("0.02 USD")]);

    private static decimal[] Numbers(string words) => [.. words.Split(' ').Select(word => decimal.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];
}
