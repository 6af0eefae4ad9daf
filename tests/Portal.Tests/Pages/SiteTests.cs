using Shouldly;

namespace Rialto.Portal.Tests;

public sealed class SiteTests(PortalTestBed bed) : IClassFixture<PortalTestBed>
{
    [Fact]
    public async Task A_click_rolls_back_tells_so_once_and_another_click_goes_forward_again()
    {
        await bed.MakeSiteAsync("swing");
        using var ada = await bed.SignInAsync();
        var page = await ada.GetAsync("/sites/swing");
        (await ada.GetAsync("/s/swing/")).Text.ShouldContain("second words");
        var back = await ada.SubmitAndFollowAsync(page, "/sites/swing/rollback");
        back.Notice.ShouldBe("Done. Visitors see the chosen release.");
        back.Main.ShouldContain("Roll back to release 2");
        (await ada.GetAsync("/s/swing/")).Text.ShouldContain("first words");
        (await ada.GetAsync("/sites/swing")).Notice.ShouldBeNull();
        await ada.SubmitAndFollowAsync(back, "/sites/swing/rollback");
        (await ada.GetAsync("/s/swing/")).Text.ShouldContain("second words");
    }

    [Fact]
    public async Task A_form_sent_twice_acts_once()
    {
        await bed.MakeSiteAsync("twice");
        using var ada = await bed.SignInAsync();
        var page = await ada.GetAsync("/sites/twice");
        await ada.SubmitAndFollowAsync(page, "/sites/twice/rollback");
        await ada.SubmitAndFollowAsync(page, "/sites/twice/rollback");
        (await bed.AskAsync<int>("select count(*)::int from publishing.switches w join publishing.sites s on s.id = w.site_id where s.name = 'twice' and reason = 'rollback'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_site_is_held_and_let_go()
    {
        await bed.MakeSiteAsync("held");
        using var ada = await bed.SignInAsync();
        var held = await ada.SubmitAndFollowAsync(await ada.GetAsync("/sites/held"), "/sites/held/pin");
        held.Main.ShouldContain("This site is held at its release.");
        (await bed.AskAsync<bool>("select is_pinned from publishing.sites where name = 'held'")).ShouldBeTrue();
        (await ada.SubmitAndFollowAsync(held, "/sites/held/unpin")).Main.ShouldNotContain("This site is held at its release.");
    }

    [Fact]
    public async Task Releases_are_compared_kept_and_shown_from_their_list()
    {
        await bed.MakeSiteAsync("list");
        using var ada = await bed.SignInAsync();
        var list = await ada.GetAsync("/sites/list/releases");
        list.Document.QuerySelectorAll("tr.chosen").ShouldHaveSingleItem().TextContent.ShouldContain("Release 2");
        var kept = await ada.SubmitAndFollowAsync(list, "/sites/list/keep", ("kept", "true"));
        kept.Main.ShouldContain("Kept");
        var compare = await ada.GetAsync("/sites/list/compare");
        compare.Main.ShouldContain("index.html");
        compare.Main.ShouldContain("guide.html");
        var shown = await ada.SubmitAndFollowAsync(compare, "/sites/list/rollback");
        shown.Main.ShouldContain("Release 1");
    }

    [Fact]
    public async Task A_new_site_is_named_after_its_repository_and_a_refused_form_keeps_what_was_typed()
    {
        using var ada = await bed.SignInAsync();
        var empty = await ada.GetAsync("/sites/new");
        var made = await ada.SubmitAndFollowAsync(empty, "/sites/new", ("source", "https://github.com/acme/New_Thing.git"));
        made.Document.QuerySelector("h1")!.TextContent.ShouldBe("new-thing");
        made.Notice.ShouldBe("new-thing was made; its first build is on the way.");
        var refused = await ada.SubmitAsync(await ada.GetAsync("/sites/new"), "/sites/new", ("source", "/etc"), ("name", "secrets"));
        refused.Status.ShouldBe(422);
        refused.Document.QuerySelector("[role=alert]")!.TextContent.ShouldContain("publishing.source_invalid");
        refused.Document.QuerySelector("#source")!.GetAttribute("value").ShouldBe("/etc");
        refused.Document.QuerySelector("#name")!.GetAttribute("value").ShouldBe("secrets");
        (await ada.SubmitAsync(refused, "/sites/new", ("source", ""))).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Settings_are_saved_and_a_password_is_asked_for_where_one_is_needed()
    {
        await bed.MakeSiteAsync("closed");
        using var ada = await bed.SignInAsync();
        var page = await ada.GetAsync("/sites/closed");
        (await ada.SubmitAsync(page, "/sites/closed/visibility", ("visibility", "password"))).Status.ShouldBe(422);
        var again = await ada.GetAsync("/sites/closed");
        (await ada.SubmitAndFollowAsync(again, "/sites/closed/visibility", ("visibility", "password"), ("password", "open sesame"))).Main.ShouldContain("With a password");
        using var visitor = bed.Stranger();
        (await visitor.GetAsync("/s/closed/")).Text.ShouldNotContain("second words");
        var settings = await ada.GetAsync("/sites/closed/settings");
        var saved = await ada.SubmitAndFollowAsync(settings, "/sites/closed/settings", ("keepReleases", "7"), ("blockOnSecrets", "true"), ("theme", "startup-product"));
        saved.Document.QuerySelector("#keepReleases")!.GetAttribute("value").ShouldBe("7");
        saved.Document.QuerySelector("[name=blockOnSecrets]")!.HasAttribute("checked").ShouldBeTrue();
        saved.Document.QuerySelector("#theme option[selected]")!.GetAttribute("value").ShouldBe("startup-product");
        (await ada.SubmitAsync(settings, "/sites/closed/settings", ("keepReleases", "0"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_site_is_deleted_only_by_its_name()
    {
        await bed.MakeSiteAsync("doomed");
        using var ada = await bed.SignInAsync();
        var page = await ada.GetAsync("/sites/doomed/settings");
        (await ada.SubmitAsync(page, "/sites/doomed/delete", ("confirm", "lantern"))).Status.ShouldBe(422);
        (await ada.GetAsync("/sites/doomed")).Status.ShouldBe(200);
        (await ada.SubmitAndFollowAsync(await ada.GetAsync("/sites/doomed/settings"), "/sites/doomed/delete", ("confirm", "doomed"))).Notice.ShouldBe("doomed was deleted.");
        (await ada.GetAsync("/sites/doomed")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("https://github.com/acme/lantern", "lantern")]
    [InlineData("https://github.com/acme/Lantern.git", "lantern")]
    [InlineData("git@github.com:acme/lantern.git", "lantern")]
    [InlineData("acme/my_site", "my-site")]
    [InlineData("https://example.org/a/b/c/", "c")]
    [InlineData("lantern", "lantern")]
    [InlineData("acme/-odd-", "odd")]
    [InlineData("acme/a-name-that-is-much-longer-than-forty-letters-long", "a-name-that-is-much-longer-than-forty-le")]
    [InlineData("acme/灯笼", "")]
    public void A_name_is_made_of_the_last_part_of_the_source(string source, string name) => SiteForms.Suggest(source).ShouldBe(name);

    [Theory]
    [InlineData("https://github.com/acme/lantern", "acme/lantern")]
    [InlineData("git@github.com:acme/lantern.git", "acme/lantern")]
    [InlineData("acme/lantern", "acme/lantern")]
    [InlineData("lantern", "lantern")]
    [InlineData("", "")]
    public void A_source_is_shown_by_its_last_two_parts(string source, string words) =>
        new SiteView { Id = Guid.Empty, Name = "x", Source = source, Visibility = "public", Url = "http://localhost/s/x/" }.ShortSource.ShouldBe(words);
}
