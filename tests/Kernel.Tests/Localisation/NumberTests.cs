using System.Globalization;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class NumberTests
{
    // As CLDR 48 has them, written by another implementation of it.
    [Theory]
    [InlineData("en", "0", "0")]
    [InlineData("en", "-3", "-3")]
    [InlineData("en", "999", "999")]
    [InlineData("en", "1234", "1,234")]
    [InlineData("en", "12345.678", "12,345.678")]
    [InlineData("en", "1234567", "1,234,567")]
    [InlineData("en", "0.5", "0.5")]
    [InlineData("en", "1.50", "1.5")]
    [InlineData("en", "0.0004", "0")]
    [InlineData("en", "-0.0004", "0")]
    [InlineData("en", "0.0005", "0")]
    [InlineData("en", "0.0015", "0.002")]
    [InlineData("de", "1234", "1.234")]
    [InlineData("de", "-12345.5", "-12.345,5")]
    [InlineData("es", "1234", "1234")]
    [InlineData("es", "1234.5", "1234,5")]
    [InlineData("es", "12345.678", "12.345,678")]
    [InlineData("es", "1234567", "1.234.567")]
    [InlineData("ar", "1234", "1,234")]
    [InlineData("ar", "-12345.5", "\u200e-12,345.5")]
    [InlineData("en", "79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335")]
    public void Numbers(string language, string number, string written) =>
        Say(language).Number(decimal.Parse(number, CultureInfo.InvariantCulture)).ShouldBe(written);

    [Theory]
    [InlineData("en", "25.6%", "-25.6%")]
    [InlineData("de", "25,6\u00a0%", "-25,6\u00a0%")]
    [InlineData("es", "25,6\u00a0%", "-25,6\u00a0%")]
    [InlineData("ar", "25.6\u200e%\u200e", "\u200e-25.6\u200e%\u200e")]
    public void Shares(string language, string positive, string negative)
    {
        Say(language).Percent(0.256m).ShouldBe(positive);
        Say(language).Percent(-0.256m).ShouldBe(negative);
    }

    [Theory]
    [InlineData("en", "USD", 1234568, "$12,345.68")]
    [InlineData("en", "USD", -50, "-$0.50")]
    [InlineData("en", "EUR", 5, "€0.05")]
    [InlineData("en", "JPY", 12346, "¥12,346")]
    [InlineData("en", "KWD", 12345678, "KWD\u00a012,345.678")]
    [InlineData("en", "KWD", -500, "-KWD\u00a00.500")]
    [InlineData("en", "CLF", 12345678, "CLF\u00a01,234.5678")]
    [InlineData("en", "CHF", -50, "-CHF\u00a00.50")]
    [InlineData("en", "XAF", 100, "FCFA\u00a0100")]
    [InlineData("de", "USD", 1234568, "12.345,68\u00a0$")]
    [InlineData("de", "KWD", -500, "-0,500\u00a0KWD")]
    [InlineData("de", "JPY", 0, "0\u00a0¥")]
    [InlineData("de", "GBP", 123450, "1.234,50\u00a0£")]
    [InlineData("es", "USD", 1234568, "12.345,68\u00a0US$")]
    [InlineData("es", "EUR", 123450, "1234,50\u00a0€")]
    [InlineData("es", "JPY", 1235, "1235\u00a0JPY")]
    [InlineData("es", "GBP", -50, "-0,50\u00a0GBP")]
    [InlineData("ar", "USD", 1234568, "\u200f12,345.68\u00a0US$")]
    [InlineData("ar", "EUR", -50, "\u200f\u200e-0.50\u00a0€")]
    [InlineData("ar", "KWD", 12345678, "\u200f12,345.678\u00a0د.ك.\u200f")]
    [InlineData("ar", "JPY", -1, "\u200f\u200e-1\u00a0JP¥")]
    [InlineData("en", "DUC", 123450, "Đ1,234.50")]
    [InlineData("en", "DUC", -1, "-Đ0.01")]
    [InlineData("de", "DUC", 123450, "1.234,50\u00a0Đ")]
    [InlineData("ar", "DUC", 100, "\u200f1.00\u00a0Đ")]
    [InlineData("en", "USD", long.MinValue, "-$92,233,720,368,547,758.08")]
    [InlineData("en", "USD", long.MaxValue, "$92,233,720,368,547,758.07")]
    public void Money(string language, string currency, long amountMinor, string written) => Say(language).Money(amountMinor, Currency.Find(currency)).ShouldBe(written);

    [Theory]
    [InlineData(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")]
    [InlineData(3, "BHD IQD JOD KWD LYD OMR TND")]
    [InlineData(4, "CLF UYW")]
    public void Currencies_with_another_minor_unit_than_hundredths(int exponent, string codes) =>
        Currency.All.Where(currency => currency.Exponent == exponent).Select(currency => currency.Code).ShouldBe(codes.Split(' '));

    [Fact]
    public void There_are_as_many_currencies_as_ISO_lists_and_the_ducat()
    {
        Currency.All.Count.ShouldBeInRange(165, 175);
        Currency.All.Select(currency => currency.Code).ShouldBeUnique();
        Currency.All.ShouldAllBe(currency => currency.Code.Length == 3 && currency.Code.All(char.IsAsciiLetterUpper));
        Currency.Ducat.ShouldBe(new Currency("DUC", 2));
        foreach (var unknown in new[] { "eur", "XAU", "", "ABC" }) Should.Throw<Refusal>(() => Currency.Find(unknown)).Code.ShouldBe("currency.unknown");
    }

    [Theory]
    [InlineData("en", 0, "0 bytes")]
    [InlineData("en", 1, "1 byte")]
    [InlineData("en", 999, "999 bytes")]
    [InlineData("en", 1000, "1\u00a0kB")]
    [InlineData("en", 1500, "1.5\u00a0kB")]
    [InlineData("en", 999_949, "999.9\u00a0kB")]
    [InlineData("en", 999_950, "1\u00a0MB")]
    [InlineData("de", 1_234_567_890, "1,2\u00a0GB")]
    [InlineData("es", 2_000_000_000_000_000, "2000\u00a0TB")]
    [InlineData("ar", 1_500_000, "1.5\u00a0م.ب")]
    public void Sizes(string language, long sizeBytes, string written) => Say(language).Size(sizeBytes).ShouldBe(written);

    private static Wording Say(string language) => Texts.OfKernel.In(Language.Find(language)!);
}
