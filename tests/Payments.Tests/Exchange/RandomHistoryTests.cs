using Shouldly;

namespace Rialto.Payments.Tests;

/// <summary>Whatever members do, in whatever order: no value appears or disappears, in any currency.</summary>
public sealed class RandomHistoryTests(PaymentsFixture fixture) : PaymentsTestBed(fixture)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Exchanges_by_chance_add_up_to_nothing_in_every_currency(int seed)
    {
        var chance = new Random(seed);
        string[] people = ["ada", "bob", "eve"];
        await Fund("reserve", "USD", 50_000);
        await Fund("promotion", "USD", 300);
        await Fund("promotion", "DUC", 3000);
        Levels.Set(Subject("ada"), 1);
        Levels.Set(Subject("bob"), 0.7m);
        foreach (var who in people)
        {
            await Give(who, "DUC", chance.Next(10_000, 90_000));
            await Give(who, "USD", chance.Next(1000, 9000));
        }
        for (var turn = 0; turn < 30; turn++)
        {
            var who = people[chance.Next(people.Length)];
            var (amount, currency) = chance.Next(2) == 0 ? (chance.Next(100, 40_000), "DUC") : (chance.Next(10, 4000), "USD");
            var quote = await Quote(who, amount, currency);
            if (chance.Next(5) == 0) continue;
            try
            {
                await Accept(who, quote);
            }
            catch (ShouldAssertException)
            {
                // Not enough in the wallet or the reserve: refused, and then nothing may have moved.
            }
        }
        foreach (var currency in new[] { "DUC", "USD" })
        {
            var wallets = 0L;
            foreach (var who in people) wallets += await Posted(Wallet(who, currency));
            var house = await Posted($"exchange:{currency}") + await Posted($"fees:exchange:{currency}") + await Posted($"rounding:exchange:{currency}") + await Posted($"promotion:{currency}");
            // Everything came from outside through the bank, which is an asset: the two sides are equal.
            (await Posted($"bank:{currency}")).ShouldBe(wallets + house, currency);
            foreach (var who in people) (await Available(Wallet(who, currency))).ShouldBeGreaterThanOrEqualTo(0);
        }
        (await Posted("exchange:USD")).ShouldBeGreaterThanOrEqualTo(0);
        (await Posted("promotion:USD")).ShouldBeGreaterThanOrEqualTo(0);
    }
}
