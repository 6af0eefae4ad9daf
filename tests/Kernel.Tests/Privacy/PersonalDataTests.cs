using Shouldly;

namespace Rialto.Kernel.Tests;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("ada@example.org", "a***@example.org")]
    [InlineData("""{"email":"ada.lovelace+x@mail.example.co.uk"}""", """{"email":"a***@mail.example.co.uk"}""")]
    [InlineData("élise@exämple.fr writes", "é***@exämple.fr writes")]
    [InlineData("from 203.0.113.77 curl/8", "from 203.0.113.x curl/8")]
    [InlineData("from 2001:db8:1:2::7 curl/8", "from 2001:0db8:0001::x curl/8")]
    [InlineData("call +44 20 7946 0958 now", "call +44 *** 58 now")]
    [InlineData("call +39-06-698-1234", "call +39 *** 34")]
    [InlineData("at 12:30, 3:1, std::string and 0197fc2e-7b1c-7000-8000-1234567890ab", "at 12:30, 3:1, std::string and 0197fc2e-7b1c-7000-8000-1234567890ab")]
    [InlineData("""{"amountMinor":123456789,"at":"2026-11-21T07:00:00Z"}""", """{"amountMinor":123456789,"at":"2026-11-21T07:00:00Z"}""")]
    [InlineData("@handle and a@b", "@handle and a@b")]
    [InlineData("", "")]
    public void What_tells_who_somebody_is_is_masked_and_nothing_else(string text, string masked) => PersonalData.Mask(text).ShouldBe(masked);

    [Theory]
    [InlineData("Ada Lovelace", "A*** L***")]
    [InlineData("Ørsted", "Ø***")]
    [InlineData("👩‍🚀 Ann", "👩‍🚀*** A***")]
    [InlineData("", "")]
    public void A_name_keeps_its_initials(string name, string masked) => PersonalData.MaskName(name).ShouldBe(masked);

    [Fact]
    public void What_is_no_address_or_number_is_hidden_whole()
    {
        PersonalData.MaskEmail("nobody").ShouldBe("***");
        PersonalData.MaskPhone("12").ShouldBe("***");
    }

    [Fact]
    public void Hostile_text_takes_no_longer_than_its_length()
    {
        var text = string.Concat(Enumerable.Repeat("a@", 20_000)) + new string('.', 20_000) + new string(':', 20_000) + string.Concat(Enumerable.Repeat("+1 ", 10_000));
        PersonalData.Mask(text).Length.ShouldBeGreaterThan(0);
    }
}
