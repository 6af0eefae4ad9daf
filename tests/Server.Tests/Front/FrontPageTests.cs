using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Server.Tests;

public sealed class FrontPageTests
{
    private static readonly PublicSite[] Sites = [new("<b>bold</b>", new Uri("http://127.0.0.1:1/s/a/?\"x"))];

    [Fact]
    public void Sites_are_linked_and_names_cannot_bring_markup()
    {
        var page = FrontPage.Write(Sites, databaseAnswers: true, Language.English);
        page.ShouldContain("&lt;b&gt;bold&lt;/b&gt;");
        page.ShouldNotContain("<b>bold");
        page.ShouldContain("href=\"http://127.0.0.1:1/s/a/?%22x\"");
        page.ShouldNotContain("<script");
    }

    [Theory]
    [InlineData("en", "its database does not answer")]
    [InlineData("de", "seine Datenbank antwortet nicht")]
    [InlineData("es", "su base de datos no responde")]
    [InlineData("ar", "قاعدة بياناته لا تجيب")]
    public void A_silent_database_is_said(string language, string words) => FrontPage.Write([], databaseAnswers: false, Language.Find(language)!).ShouldContain(words);

    [Fact]
    public void The_page_knows_its_language_its_direction_and_the_others()
    {
        var page = FrontPage.Write(Sites, databaseAnswers: true, Language.Arabic);
        page.ShouldContain("<html lang=\"ar\" dir=\"rtl\">");
        page.ShouldContain("<span dir=\"ltr\">127.0.0.1:1/s/a/</span>");
        page.ShouldContain("<a href=\"/?lang=ar\" lang=\"ar\" hreflang=\"ar\" aria-current=\"true\">العربية</a>");
        page.ShouldContain("<a href=\"/?lang=de\" lang=\"de\" hreflang=\"de\">Deutsch</a>");
        FrontPage.Write([], databaseAnswers: true, Language.German).ShouldContain("<html lang=\"de\" dir=\"ltr\">");
    }
}
