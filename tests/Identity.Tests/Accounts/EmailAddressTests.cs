using Rialto.Kernel;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("ada.lovelace+rialto@mail.example.org")]
    [InlineData("o'brien@example.org")]
    [InlineData("a@localhost")]
    [InlineData("müller@bücher.example")]
    [InlineData("用户@例子.测试")]
    [InlineData("  ada@example.org ")]
    public void These_are_addresses(string text) => EmailAddress.TryParse(text).ShouldNotBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@-example.org")]
    [InlineData(".ada@example.org")]
    [InlineData("ada..l@example.org")]
    [InlineData("ada@example.org\r\nBcc: all@example.org")]
    [InlineData("ada\r\n@example.org")]
    [InlineData("ada\0@example.org")]
    [InlineData("\"ada l\"@example.org")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("<ada@example.org>")]
    [InlineData("ada@example.org,eve@example.org")]
    public void These_are_none(string text) => Should.Throw<Refusal>(() => EmailAddress.Require(text)).Code.ShouldBe("identity.email_invalid");

    [Fact]
    public void Case_does_not_matter_and_nothing_else_is_folded()
    {
        EmailAddress.Require("Ada@Example.ORG").Key.ShouldBe(EmailAddress.Require("ada@example.org").Key);
        EmailAddress.Require("a.da@example.org").Key.ShouldNotBe(EmailAddress.Require("ada@example.org").Key);
        EmailAddress.Require("ada+x@example.org").Key.ShouldNotBe(EmailAddress.Require("ada@example.org").Key);
        EmailAddress.TryParse(new string('a', 65) + "@example.org").ShouldBeNull();
        EmailAddress.TryParse("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5))).ShouldBeNull();
    }
}
