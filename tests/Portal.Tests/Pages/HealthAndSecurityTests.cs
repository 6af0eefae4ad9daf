using Shouldly;

namespace Rialto.Portal.Tests;

public sealed class HealthAndSecurityTests(PortalTestBed bed) : IClassFixture<PortalTestBed>
{
    [Fact]
    public async Task The_health_of_a_site_is_how_often_it_answered_and_what_was_found_on_it()
    {
        using var ada = await bed.SignInAsync();
        var page = await ada.GetAsync("/sites/lantern/health");
        page.Main.ShouldContain("97.5%");
        page.Main.ShouldContain("It answered 503.");
        page.Document.QuerySelectorAll(".hours rect").Length.ShouldBe(2);
        page.Document.QuerySelectorAll(".hours rect.fill-bad").ShouldHaveSingleItem();
        page.Document.QuerySelector(".finding summary")!.TextContent.ShouldContain("21");
        page.Document.QuerySelector(".finding li")!.TextContent.ShouldContain("<i>docs/gone.md</i> is not there; take the link out.");
        page.Document.QuerySelector(".finding i").ShouldBeNull();
    }

    [Fact]
    public async Task A_release_is_looked_at_again_by_a_click()
    {
        using var ada = await bed.SignInAsync();
        await ada.SubmitAndFollowAsync(await ada.GetAsync("/sites/lantern/health"), "/sites/lantern/check");
        (await bed.AskAsync<int>("select count(*)::int from kernel.jobs where kind like 'publishing.check%'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_domain_is_claimed_shown_with_its_record_looked_for_and_let_go()
    {
        await bed.MakeSiteAsync("named");
        using var ada = await bed.SignInAsync();
        var claimed = await ada.SubmitAndFollowAsync(await ada.GetAsync("/sites/named/domains"), "/sites/named/domains", ("domain", "www.example.net"));
        claimed.Notice.ShouldBe("Claimed. Now show that it is yours.");
        claimed.Document.QuerySelector("[id='name-www.example.net']")!.TextContent.ShouldContain("www.example.net");
        claimed.Document.QuerySelector("[id='text-www.example.net']")!.TextContent.ShouldNotBeEmpty();
        var looked = await ada.SubmitAndFollowAsync(claimed, "/sites/named/domains/www.example.net/verify");
        (await ada.SubmitAndFollowAsync(looked, "/sites/named/domains/www.example.net/remove")).Main.ShouldNotContain("www.example.net");
        var refused = await ada.SubmitAsync(await ada.GetAsync("/sites/named/domains"), "/sites/named/domains", ("domain", "no domain"));
        refused.Status.ShouldBe(422);
        refused.Document.QuerySelector("#domain")!.GetAttribute("value").ShouldBe("no domain");
    }

    [Fact]
    public async Task A_domain_says_what_is_missing()
    {
        using var ada = await bed.SignInAsync();
        (await ada.GetAsync("/sites/lantern/domains")).Main.ShouldContain("The record was not found.");
    }

    [Fact]
    public async Task Another_session_is_ended_and_ones_own_goes_on()
    {
        using var ada = await bed.SignInAsync();
        var page = await ada.GetAsync("/security");
        page.Document.QuerySelectorAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("This one");
        page.Document.QuerySelectorAll("main form").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_audit_log_tells_of_what_was_just_done_to_those_who_may_read_it()
    {
        await bed.MakeSiteAsync("told");
        using var ada = await bed.SignInAsync();
        await ada.SubmitAndFollowAsync(await ada.GetAsync("/sites/told"), "/sites/told/pin");
        (await ada.GetAsync("/audit?operation=publishing.pin")).Document.QuerySelector("tbody th")!.TextContent.ShouldBe("publishing.pin");
        (await ada.GetAsync("/audit?operation=nothing.like_it")).Main.ShouldContain("Nothing like it was done");
        using var vera = await bed.SignInAsync("viewer");
        (await vera.GetAsync("/audit")).Status.ShouldBe(403);
        (await vera.GetAsync("/")).Document.QuerySelector("a[href='/audit']").ShouldBeNull();
    }
}
