using Shouldly;

namespace Rialto.Portal.Tests;

public sealed class BuildAndCareTests(PortalTestBed bed) : IClassFixture<PortalTestBed>
{
    [Fact]
    public async Task A_failed_build_says_where_and_why_and_brings_no_markup()
    {
        using var ada = await bed.SignInAsync();
        var page = await ada.GetAsync($"/builds/{bed.FailedBuild}");
        page.Main.ShouldContain("The <b>repository</b> cannot be read.");
        page.Main.ShouldContain("repository.unreadable");
        page.Document.QuerySelectorAll(".stage-step.done").ShouldHaveSingleItem().TextContent.ShouldContain("3 files");
        page.Document.QuerySelectorAll(".stage-step.broken").ShouldHaveSingleItem().TextContent.ShouldContain("Redact");
        page.Document.QuerySelectorAll(".stage-step.ahead").Length.ShouldBe(4);
        page.Document.QuerySelectorAll(".log li").Length.ShouldBe(2);
        page.Document.QuerySelectorAll("main script").ShouldBeEmpty();
        page.Document.QuerySelector("[data-live]").ShouldBeNull();
        page.Document.QuerySelector($"form[action='/builds/{bed.FailedBuild}/retry']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Islands_get_parts_of_pages_from_where_they_stand()
    {
        using var ada = await bed.SignInAsync();
        var lines = await ada.GetAsync($"/builds/{bed.FailedBuild}/lines?after=1");
        lines.Text.ShouldNotContain("<html");
        lines.Document.QuerySelectorAll("[data-number]").ShouldHaveSingleItem().GetAttribute("data-number").ShouldBe("2");
        lines.Headers["Rialto-Last"].ShouldBe("true");
        var live = await ada.GetAsync($"/builds/{bed.FailedBuild}/live");
        live.Text.ShouldNotContain("<html");
        live.Document.QuerySelectorAll(".stages").ShouldHaveSingleItem();
        using var stranger = bed.Stranger();
        (await stranger.GetAsync($"/builds/{bed.FailedBuild}/live")).Status.ShouldBe(302);
    }

    [Fact]
    public async Task Home_begins_with_what_needs_somebody()
    {
        using var ada = await bed.SignInAsync();
        var page = await ada.GetAsync("/");
        page.Document.QuerySelector(".need a")!.TextContent.ShouldBe("The newest build of lantern failed");
        page.Document.QuerySelector(".need a")!.GetAttribute("href").ShouldBe($"/builds/{bed.FailedBuild}");
        page.Document.QuerySelector(".card-title")!.TextContent.ShouldBe("lantern");
        (await ada.GetAsync("/live/home")).Document.QuerySelector(".need a").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_key_is_shown_once_and_ended_by_a_click()
    {
        using var ada = await bed.SignInAsync();
        var made = await ada.SubmitAsync(await ada.GetAsync("/keys"), "/keys", ("name", "deploys"), ("scopes", "publishing.read, publishing.write"));
        made.Status.ShouldBe(200);
        made.Document.QuerySelector("#key-text")!.TextContent.ShouldStartWith("rlt_");
        var list = await ada.GetAsync("/keys");
        list.Text.ShouldNotContain(made.Document.QuerySelector("#key-text")!.TextContent);
        list.Main.ShouldContain("publishing.read, publishing.write");
        var action = list.Document.QuerySelector("form[action$='/revoke']")!.GetAttribute("action")!;
        (await ada.SubmitAndFollowAsync(list, action)).Main.ShouldContain("Revoked");
        (await ada.SubmitAsync(await ada.GetAsync("/keys"), "/keys", ("name", "wrong"), ("scopes", "no scope at all!"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_setting_is_set_refused_where_it_does_not_fit_and_reset()
    {
        using var ada = await bed.SignInAsync();
        const string Set = "/settings/localisation.language/set", Reset = "/settings/localisation.language/reset";
        var set = await ada.SubmitAndFollowAsync(await ada.GetAsync("/settings"), Set, ("value", "de"));
        set.Document.QuerySelector("[id='value-localisation.language']")!.GetAttribute("value").ShouldBe("de");
        set.Main.ShouldContain("Set by your organisation");
        (await ada.SubmitAsync(set, Set, ("value", "klingon"))).Document.QuerySelector("[role=alert]")!.TextContent.ShouldContain("settings.invalid");
        (await ada.SubmitAndFollowAsync(await ada.GetAsync("/settings"), Reset)).Document.QuerySelector("[id='value-localisation.language']")!.GetAttribute("value").ShouldBe("en");
    }

    [Theory]
    [InlineData("number", "7", "7")]
    [InlineData("number", "seven", "\"seven\"")]
    [InlineData("switch", "true", "true")]
    [InlineData("switch", "false", "false")]
    [InlineData("text", "true", "\"true\"")]
    [InlineData("text", null, null)]
    public void What_is_typed_becomes_a_value_of_the_settings_kind(string kind, string? text, string? json) => SettingPages.Value(kind, text)?.ToJsonString().ShouldBe(json);
}
