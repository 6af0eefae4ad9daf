using Shouldly;
using Xunit;

namespace Rialto.Server.Tests;

public sealed class FrontPageTests
{
    [Fact]
    public void Sites_are_linked_and_names_cannot_bring_markup()
    {
        var page = FrontPage.Write([new PublicSite("<b>bold</b>", new Uri("http://127.0.0.1:1/s/a/?\"x"))], databaseAnswers: true);
        page.ShouldContain("&lt;b&gt;bold&lt;/b&gt;");
        page.ShouldNotContain("<b>bold");
        page.ShouldContain("href=\"http://127.0.0.1:1/s/a/?%22x\"");
        page.ShouldNotContain("<script");
    }

    [Fact]
    public void A_silent_database_is_said() => FrontPage.Write([], databaseAnswers: false).ShouldContain("its database does not answer");
}
