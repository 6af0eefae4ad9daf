using System.Text.Json.Nodes;
using Dapper;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class GoLiveTests : PublishingTestBed
{
    [Fact]
    public async Task A_build_of_an_older_commit_that_ends_later_never_goes_live()
    {
        var site = await Site();
        var (older, newer) = (await Release(site, 1, ("index.html", "older")), await Release(site, 2, ("index.html", "newer")));
        (await EndBuild(site, newer, 2)).ShouldBe("live");
        (await EndBuild(site, older, 1)).ShouldBe("superseded");
        (await Text(await Get("/s/lantern/"))).ShouldBe("newer");
    }

    [Fact]
    public async Task Builds_that_end_at_once_in_any_order_leave_the_newest_live()
    {
        var site = await Site();
        var releases = new List<(Guid Id, long Sequence)>();
        for (var sequence = 1L; sequence <= 20; sequence++) releases.Add((await Release(site, sequence, ("index.html", $"release {sequence}")), sequence));
        var mixed = releases.ToArray();
        new Random(3).Shuffle(mixed);
        await Task.WhenAll(mixed.Select(release => EndBuild(site, release.Id, release.Sequence)));
        (await Text(await Get("/s/lantern/"))).ShouldBe("release 20");
        var went = (await Events("publishing.site_went_live")).Select(data => JsonNode.Parse(data)!["sequence"]!.GetValue<long>()).ToArray();
        went.ShouldBe(went.Order());
        went[^1].ShouldBe(20);
    }

    [Fact]
    public async Task A_rollback_gives_back_the_same_bytes_and_the_next_push_goes_on()
    {
        var site = await Site();
        await EndBuild(site, await Release(site, 1, ("index.html", "first"), ("a.css", "a{}")), 1);
        var before = await Get("/s/lantern/");
        await EndBuild(site, await Release(site, 2, ("index.html", "second"), ("a.css", "b{}")), 2);
        (await Text(await Get("/s/lantern/"))).ShouldBe("second");

        await Call(HttpMethod.Post, "sites/lantern/rollback", new { });
        var after = await Get("/s/lantern/");
        (await Text(after)).ShouldBe("first");
        after.Headers.ETag.ShouldBe(before.Headers.ETag);
        (await Text(await Get("/s/lantern/a.css"))).ShouldBe("a{}");

        (await EndBuild(site, await Release(site, 3, ("index.html", "third")), 3)).ShouldBe("live");
        (await Events("publishing.site_went_live")).Count.ShouldBe(4);
        (await Call(HttpMethod.Get, "sites/lantern/switches")).AsArray().Select(one => one!["reason"]!.GetValue<string>()).ShouldBe(["build", "rollback", "build", "build"]);
    }

    [Fact]
    public async Task A_held_site_stays_where_it_is_until_it_is_let_go()
    {
        var site = await Live(("index.html", "first"));
        (await Call(HttpMethod.Post, "sites/lantern/pin", new { }))["isPinned"]!.GetValue<bool>().ShouldBeTrue();
        (await EndBuild(site, await Release(site, 2, ("index.html", "second")), 2)).ShouldBe("pinned");
        (await Text(await Get("/s/lantern/"))).ShouldBe("first");
        await Call(HttpMethod.Post, "sites/lantern/unpin");
        (await EndBuild(site, await Release(site, 3, ("index.html", "third")), 3)).ShouldBe("live");
    }

    [Fact]
    public async Task A_preview_is_promoted_without_building()
    {
        var site = await Live(("index.html", "live"));
        var bold = await Release(site, 2, ("index.html", "bold"));
        await Preview(site, bold, 2, "bold");
        (await Text(await Get("/s/lantern@bold/"))).ShouldBe("bold");
        (await Text(await Get("/s/lantern/"))).ShouldBe("live");
        await Call(HttpMethod.Post, "sites/lantern/promote", new { label = "bold" });
        (await Text(await Get("/s/lantern/"))).ShouldBe("bold");
    }

    [Fact]
    public async Task Without_a_commit_nothing_went_live_and_nothing_was_announced()
    {
        var site = await Live(("index.html", "first"));
        var second = await Release(site, 2, ("index.html", "second"));
        await using (var session = await Test.Database.BeginAsync(AdasTenant, Cancel))
            (await Service<GoLive>().ByBuildAsync(session, site.Id, second, 2, Cancel)).ShouldBe("live");
        (await Text(await Get("/s/lantern/"))).ShouldBe("first");
        (await Events("publishing.site_went_live")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_releases_are_compared_by_page_and_size()
    {
        var site = await Site();
        var one = await Release(site, 1, ("index.html", "one"), ("gone.html", "gone"), ("same.css", "a{}"));
        var two = await Release(site, 2, ("index.html", "one and more"), ("new.html", "new"), ("same.css", "a{}"));
        var difference = await Call(HttpMethod.Get, $"sites/lantern/compare?from={one}&to={two}");
        difference["added"]![0]!["path"]!.GetValue<string>().ShouldBe("new.html");
        difference["removed"]![0]!["path"]!.GetValue<string>().ShouldBe("gone.html");
        difference["changed"]![0]!["bytesBefore"]!.GetValue<long>().ShouldBe(3);
        difference["changed"]![0]!["bytesAfter"]!.GetValue<long>().ShouldBe(12);
        difference["same"]!.GetValue<int>().ShouldBe(1);
        difference["growthBytes"]!.GetValue<long>().ShouldBe(8);
    }

    [Fact]
    public async Task Bobs_organisation_finds_neither_the_site_nor_its_releases()
    {
        await Live(("index.html", "hers"));
        using var bob = Host.As("bob", Kernel.TenantId.New());
        foreach (var path in new[] { "sites/lantern", "sites/lantern/releases", "sites/lantern/builds", "sites/lantern/previews", "sites/lantern/switches" })
            ((int)(await bob.GetAsync("/api/v1/publishing/" + path, Cancel)).StatusCode).ShouldBe(404, path);
        ((int)(await bob.PostAsync("/api/v1/publishing/sites/lantern/rollback", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), Cancel)).StatusCode).ShouldBe(404);
    }

    private async Task Preview(SiteInfo site, Guid release, long sequence, string branch)
    {
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        await session.Connection.ExecuteAsync("insert into publishing.previews (site_id, label, kind, ref, release_id, sequence) values (@Id, @branch, 'branch', @branch, @release, @sequence)", new { site.Id, branch, release, sequence });
        await session.CommitAsync(Cancel);
    }
}
