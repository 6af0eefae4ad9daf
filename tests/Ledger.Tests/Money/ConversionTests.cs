using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class ConversionTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    private static readonly ConversionAccounts Accounts = new("ada:DUC", "ada:USD", "exchange:DUC", "exchange:USD", "fees:USD", "rounding:USD");

    // Ducats, rate and fee; gross, fee, net and rounding in cents. Worth is rounded half to even each time: 123.5 cents are 124, 122.5 are 122.
    [Theory]
    [InlineData("100.00", "0.10", "0.025", 1000, 25, 975, 0)]
    [InlineData("12.35", "0.10", "0.025", 124, 3, 120, 1)]
    [InlineData("12.25", "0.10", "0.025", 122, 3, 119, 0)]
    [InlineData("1.00", "0.10", "0.025", 10, 0, 10, 0)]
    [InlineData("6.20", "0.10", "0.025", 62, 2, 60, 0)]
    [InlineData("2.00", "0.10", "0.025", 20, 0, 20, 0)]
    [InlineData("1234567.89", "0.0987654321", "0.025", 12193263, 304832, 11888432, -1)]
    [InlineData("100.00", "0.10", "0", 1000, 0, 1000, 0)]
    public void Every_part_is_rounded_by_itself_and_what_is_left_over_is_named(string ducats, string rate, string fee, long gross, long kept, long net, long rounding)
    {
        var conversion = Conversion.Of(Money.Parse(ducats + " DUC"), Currency.Usd, Number(rate), Number(fee));
        (conversion.Gross.AmountMinor, conversion.Fee.AmountMinor, conversion.Net.AmountMinor, conversion.Rounding.AmountMinor).ShouldBe((gross, kept, net, rounding));
    }

    [Theory]
    [InlineData("JPY", 0, "1000 JPY", "6.70 USD")]
    [InlineData("KWD", 3, "1.000 KWD", "3.25 USD")]
    public void Currencies_with_other_decimals_convert_by_their_major_units(string code, int exponent, string from, string to)
    {
        Currency.Find(code).Exponent.ShouldBe(exponent);
        var rate = code == "JPY" ? 0.0067m : 3.25m;
        Conversion.Of(Money.Parse(from), Currency.Usd, rate).Net.ShouldBe(Money.Parse(to));
    }

    [Fact]
    public async Task A_conversion_balances_in_each_currency_by_itself_and_the_rounding_has_its_account()
    {
        await Open("treasury:DUC", AccountKind.Asset);
        await Open("ada:DUC", floor: 0);
        await Open("ada:USD", AccountKind.Liability, Currency.Usd, floor: 0);
        await Open("exchange:DUC", AccountKind.Equity);
        await Open("exchange:USD", AccountKind.Equity, Currency.Usd);
        await Open("fees:USD", AccountKind.Income, Currency.Usd);
        await Open("rounding:USD", AccountKind.Income, Currency.Usd);
        await Post("treasury:DUC", "ada:DUC", 1235);
        var conversion = Conversion.Of(Duc(1235), Currency.Usd, 0.10m, 0.025m);
        await Post(new NewTransfer { Key = NextKey(), Legs = conversion.Legs(Accounts), Cause = "quote:1" });
        (await Balance("ada:DUC")).PostedMinor.ShouldBe(0);
        (await Balance("ada:USD")).PostedMinor.ShouldBe(120);
        (await Balance("exchange:DUC")).PostedMinor.ShouldBe(1235);
        (await Balance("exchange:USD")).PostedMinor.ShouldBe(-124);
        (await Balance("fees:USD")).PostedMinor.ShouldBe(3);
        (await Balance("rounding:USD")).PostedMinor.ShouldBe(1);
    }

    [Fact]
    public void Legs_balance_whatever_is_converted()
    {
        var random = new Random(5);
        for (var round = 0; round < 2_000; round++)
        {
            var conversion = Conversion.Of(Duc(random.NextInt64(100, 1_000_000_000)), Currency.Usd, Math.Round(0.05m + (decimal)random.NextDouble() * 0.45m, 10), Math.Round((decimal)random.NextDouble() * 0.1m, 6));
            foreach (var currency in conversion.Legs(Accounts).GroupBy(leg => leg.Currency)) currency.Sum(leg => leg.SignedMinor).ShouldBe(0);
            Math.Abs(conversion.Rounding.AmountMinor).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Theory]
    [InlineData(0, "0.1", "0")]
    [InlineData(100, "0", "0")]
    [InlineData(100, "0.1", "1")]
    [InlineData(100, "0.1", "-0.1")]
    [InlineData(1, "0.1", "0.025")]
    public void What_comes_to_nothing_is_refused(long ducats, string rate, string fee) =>
        Should.Throw<Refusal>(() => Conversion.Of(Duc(ducats), Currency.Usd, Number(rate), Number(fee))).Code.ShouldBe(LedgerRefusals.AmountInvalid);

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
