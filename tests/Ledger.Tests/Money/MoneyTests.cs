using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("12.34 USD", 1234)]
    [InlineData("-12.34 USD", -1234)]
    [InlineData("0.00 USD", 0)]
    [InlineData("1234 JPY", 1234)]
    [InlineData("1.234 KWD", 1234)]
    [InlineData("0.1234 CLF", 1234)]
    [InlineData("12.34 DUC", 1234)]
    [InlineData("92233720368547758.07 EUR", long.MaxValue)]
    public void It_is_written_with_the_decimals_of_its_currency_and_read_again(string text, long minor)
    {
        Money.Parse(text).AmountMinor.ShouldBe(minor);
        Money.Parse(text).ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("12.345 USD")]
    [InlineData("1.5 JPY")]
    [InlineData("0.00001 CLF")]
    [InlineData("12,34 USD")]
    [InlineData("12.34")]
    [InlineData("USD 12.34")]
    [InlineData("")]
    [InlineData("92233720368547758.08 EUR")]
    public void What_is_finer_than_the_minor_unit_too_large_or_no_amount_is_refused(string text) => Should.Throw<Refusal>(() => Money.Parse(text)).Code.ShouldBe(LedgerRefusals.AmountInvalid);

    [Fact]
    public void A_currency_that_does_not_exist_is_refused() => Should.Throw<Refusal>(() => Money.Parse("1.00 XYZ")).Code.ShouldBe("currency.unknown");

    [Fact]
    public void Amounts_of_one_currency_add_up_and_compare()
    {
        (Money.Parse("1.10 USD") + Money.Parse("2.20 USD")).ShouldBe(Money.Parse("3.30 USD"));
        (Money.Parse("1.10 USD") - Money.Parse("2.20 USD")).ShouldBe(Money.Parse("-1.10 USD"));
        (Money.Parse("1.10 USD") < Money.Parse("2.20 USD")).ShouldBeTrue();
        (Money.Parse("2.20 USD") >= Money.Parse("2.20 USD")).ShouldBeTrue();
        Money.Zero(Currency.Usd).IsZero.ShouldBeTrue();
        Money.Of(12.5m, Currency.Ducat).AmountMinor.ShouldBe(1250);
    }

    [Fact]
    public void Amounts_of_two_currencies_neither_add_up_nor_compare()
    {
        var (dollars, ducats) = (Money.Parse("1.00 USD"), Money.Parse("1.00 DUC"));
        Should.Throw<Refusal>(() => dollars + ducats).Code.ShouldBe(LedgerRefusals.CurrencyMismatch);
        Should.Throw<Refusal>(() => dollars - ducats).Code.ShouldBe(LedgerRefusals.CurrencyMismatch);
        Should.Throw<Refusal>(() => dollars < ducats).Code.ShouldBe(LedgerRefusals.CurrencyMismatch);
    }

    [Fact]
    public void A_sum_that_is_not_counted_any_more_is_refused_and_never_wraps()
    {
        var most = new Money(long.MaxValue, Currency.Usd);
        Should.Throw<Refusal>(() => most + new Money(1, Currency.Usd)).Code.ShouldBe(LedgerRefusals.AmountInvalid);
        Should.Throw<Refusal>(() => -new Money(long.MinValue, Currency.Usd)).Code.ShouldBe(LedgerRefusals.AmountInvalid);
    }
}
