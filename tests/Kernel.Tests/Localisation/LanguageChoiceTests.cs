using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class LanguageChoiceTests
{
    [Theory]
    [InlineData("de", "es", "ar", "de")]
    [InlineData(null, "es", "ar", "es")]
    [InlineData(null, null, "ar", "ar")]
    [InlineData(null, null, null, "en")]
    [InlineData("fr", "fr", "fr", "en")]
    [InlineData("", "", "", "en")]
    [InlineData("de-CH", null, null, "de")]
    [InlineData("AR_eg", null, null, "ar")]
    [InlineData("den", null, null, "en")]
    public void The_account_then_the_browser_then_the_organisation_then_English(string? own, string? browser, string? organisation, string chosen) =>
        LanguageChoice.Choose(own, browser, organisation).Code.ShouldBe(chosen);

    [Theory]
    [InlineData("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "en")]
    [InlineData("de;q=0.5,es;q=0.9", "es")]
    [InlineData("de,es", "de")]
    [InlineData("de;q=0, es;q=0.1", "es")]
    [InlineData("de;q=0", null)]
    [InlineData("*", null)]
    [InlineData("ja", null)]
    [InlineData("de;q=abc", null)]
    [InlineData("de;q=7", null)]
    [InlineData("de;q=-1", null)]
    [InlineData("de;level=1;q=0.3,ar;q=0.2", "de")]
    [InlineData(",,;;,de", "de")]
    public void The_browsers_wishes_are_weighed(string header, string? chosen) => LanguageChoice.Preferred(header)?.Code.ShouldBe(chosen);

    [Fact]
    public void A_header_made_to_cost_time_is_not_read()
    {
        LanguageChoice.Preferred(new string('x', 5000) + ",de").ShouldBeNull();
        LanguageChoice.Preferred(string.Concat(Enumerable.Repeat("x,", 60)) + "de").ShouldBeNull();
    }

    [Fact]
    public void A_request_may_ask_by_its_address_before_all_else()
    {
        var http = new DefaultHttpContext();
        RequestLanguage.Of(http).ShouldBe(Language.English);
        RequestLanguage.Prefer(http, null, "ar");
        RequestLanguage.Of(http).ShouldBe(Language.Arabic);
        http.Request.Headers.AcceptLanguage = "es-MX,es;q=0.9";
        RequestLanguage.Of(http).ShouldBe(Language.Spanish);
        RequestLanguage.Prefer(http, "de", "ar");
        RequestLanguage.Of(http).ShouldBe(Language.German);
        http.Request.QueryString = new QueryString("?lang=en");
        RequestLanguage.Of(http).ShouldBe(Language.English);
        RequestLanguage.Tell(http, Language.Arabic);
        (http.Response.Headers.ContentLanguage.ToString(), http.Response.Headers.Vary.ToString()).ShouldBe(("ar", "Accept-Language"));
    }

    [Fact]
    public void Only_Arabic_runs_from_right_to_left() =>
        Language.All.Select(language => $"{language}:{language.Direction}").ShouldBe(["en:ltr", "de:ltr", "es:ltr", "ar:rtl"]);
}
