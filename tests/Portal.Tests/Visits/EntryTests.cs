using Shouldly;

namespace Rialto.Portal.Tests;

public sealed class EntryTests(PortalTestBed bed) : IClassFixture<PortalTestBed>
{
    [Fact]
    public async Task A_stranger_sees_what_stands_open_and_a_way_in()
    {
        using var stranger = bed.Stranger();
        var page = await stranger.GetAsync("/");
        page.Status.ShouldBe(200);
        page.Document.QuerySelector(".open-sites a")!.TextContent.ShouldBe("lantern");
        page.Document.QuerySelector("form[action='/sign-in'] input[type=password]")!.GetAttribute("autocomplete").ShouldBe("current-password");
        page.Document.QuerySelectorAll("nav a[href='/sites']").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_the_address_stays()
    {
        using var stranger = bed.Stranger();
        var form = await stranger.GetAsync("/sign-in?return=%2Fjobs");
        var refused = await stranger.SubmitAsync(form, "/sign-in", ("email", "nobody@example.org"), ("password", "wrong"));
        refused.Status.ShouldBe(401);
        refused.Document.QuerySelector("[role=alert]")!.TextContent.ShouldContain("identity.sign_in_failed");
        refused.Document.QuerySelector("#email")!.GetAttribute("value").ShouldBe("nobody@example.org");
        refused.Document.QuerySelector("#password")!.GetAttribute("value").ShouldBeNull();
        refused.Document.QuerySelector("input[name=return]")!.GetAttribute("value").ShouldBe("/jobs");
    }

    [Theory]
    [InlineData("/jobs", "/jobs")]
    [InlineData("/sites?a=b", "/sites?a=b")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    public async Task One_goes_on_to_pages_of_this_platform_only(string wanted, string expected)
    {
        using var ada = await bed.SignInAsync();
        var answer = await ada.GetAsync("/sign-in?return=" + Uri.EscapeDataString(wanted));
        (answer.Status, answer.Location).ShouldBe((303, expected));
        (await ada.SubmitAsync(await ada.GetAsync("/"), "/preferences", ("scheme", "dark"), ("return", wanted))).Location.ShouldBe(expected);
    }

    [Fact]
    public async Task Who_signs_out_is_a_stranger()
    {
        using var ada = await bed.SignInAsync();
        var page = await ada.GetAsync("/");
        page.Document.QuerySelector(".who-name small")!.TextContent.ShouldBe("Acme");
        (await ada.SubmitAndFollowAsync(page, "/sign-out")).Document.QuerySelector(".welcome").ShouldNotBeNull();
        (await ada.GetAsync("/sites")).Status.ShouldBe(302);
    }

    [Theory]
    [InlineData("scheme", "dark", "data-scheme", "dark")]
    [InlineData("scheme", "pink", "data-scheme", "system")]
    [InlineData("language", "ar", "dir", "rtl")]
    [InlineData("language", "tlh", "dir", "ltr")]
    public async Task Light_or_dark_and_the_language_are_right_from_the_first_line_on(string name, string value, string attribute, string expected)
    {
        using var stranger = bed.Stranger();
        (await stranger.PostAsync("/preferences", (name, value), ("return", "/sign-in"))).Location.ShouldBe("/sign-in");
        (await stranger.GetAsync("/")).Document.DocumentElement.GetAttribute(attribute).ShouldBe(expected);
    }
}
