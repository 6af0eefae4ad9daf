using System.Globalization;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class PluralTests
{
    // Numbers of each form, from the samples of CLDR 48 and checked against another implementation of it.
    [Theory]
    [InlineData("en", "One", "1")]
    [InlineData("en", "Other", "0 2 3 10 11 21 101 1000 1000000 0.0 0.5 1.0 1.5 -2")]
    [InlineData("de", "One", "1 -1")]
    [InlineData("de", "Other", "0 2 7 21 100 1000000 1.0 1.1")]
    [InlineData("es", "One", "1 1.0 1.00")]
    [InlineData("es", "Many", "1000000 2000000 5000000")]
    [InlineData("es", "Other", "0 2 16 100 1000 1000001 1500000 0.5 1.5 1000000.0 1000000.5")]
    [InlineData("ar", "Zero", "0 0.0")]
    [InlineData("ar", "One", "1 1.0 -1")]
    [InlineData("ar", "Two", "2 2.0")]
    [InlineData("ar", "Few", "3 4 10 103 110 1003 3.0")]
    [InlineData("ar", "Many", "11 12 26 99 111 1011 11.0")]
    [InlineData("ar", "Other", "100 101 102 200 202 1000 1000000 0.1 1.1 2.1 3.5 11.5")]
    public void A_number_takes_its_form(string language, string form, string numbers)
    {
        foreach (var number in numbers.Split(' '))
            Plurals.Of(Language.Find(language)!, decimal.Parse(number, CultureInfo.InvariantCulture)).ToString().ShouldBe(form, number);
    }

    [Fact]
    public void Every_form_a_number_takes_is_one_the_language_lists()
    {
        foreach (var language in Language.All)
            for (var number = 0m; number <= 1200; number += 0.5m)
                Plurals.Of(language).ShouldContain(Plurals.Of(language, number % 1 == 0 ? decimal.Truncate(number) : number));
    }
}
