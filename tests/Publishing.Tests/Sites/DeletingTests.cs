using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class DeletingTests : PublishingTestBed
{
    [Fact]
    public async Task A_deleted_site_is_gone_for_visitors_and_lists_and_its_bytes_go_with_the_collection()
    {
        var site = await Live(("index.html", "front"), ("docs/index.html", "docs"));
        (await Text(await Get("/s/lantern/"))).ShouldBe("front");
        await Delete("sites/lantern", HttpStatusCode.NoContent);

        (await Get("/s/lantern/")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get("/", ("Host", "lantern.sites.test"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Call(HttpMethod.Get, "sites"))["items"]!.AsArray().Count.ShouldBe(0);
        (await Call(HttpMethod.Get, "sites/lantern", status: 404))["code"]!.GetValue<string>().ShouldBe("publishing.site_not_found");
        foreach (var table in new[] { "releases", "switches", "previews", "builds", "heads" }) (await Ask<int>($"select count(*)::int from publishing.{table}")).ShouldBe(0, table);
        var told = JsonNode.Parse((await Events("publishing.site_deleted")).ShouldHaveSingleItem())!;
        (told["site"]!.GetValue<string>(), told["id"]!.GetValue<Guid>(), told["releases"]!.GetValue<int>()).ShouldBe(("lantern", site.Id, 1));
        (await Service<Retention>().CollectAsync(TimeSpan.Zero, Cancel)).ShouldBe(3);
    }

    [Fact]
    public async Task Nobody_else_takes_the_name_of_a_deleted_site_and_its_owner_takes_it_again()
    {
        await Live(("index.html", "old"));
        await Delete("sites/lantern", HttpStatusCode.NoContent);
        await using (var bobs = await Test.Database.BeginAsync(TenantId.New(), Cancel))
            (await Should.ThrowAsync<Refusal>(() => CreateSiteOperation.CreateAsync(bobs, "lantern", "bob/lantern", null, null, Cancel))).Code.ShouldBe("publishing.name_taken");
        var again = await Site();
        await EndBuild(again, await Release(again, 1, ("index.html", "new")), 1);
        await Eventually.Happens(async () => await Text(await Get("/s/lantern/")) == "new");
    }

    [Fact]
    public async Task A_site_of_somebody_else_cannot_be_deleted_and_is_not_even_there()
    {
        await Live(("index.html", "hers"));
        using var bob = Host.As("bob", TenantId.New());
        var foreign = await bob.DeleteAsync("/api/v1/publishing/sites/lantern", Cancel);
        var unknown = await bob.DeleteAsync("/api/v1/publishing/sites/never-was", Cancel);
        (foreign.StatusCode, unknown.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        JsonNode.Parse(await Text(foreign))!["detail"]!.ToJsonString().ShouldBe(JsonNode.Parse(await Text(unknown))!["detail"]!.ToJsonString());
        using var reader = Host.As("reader", AdasTenant, "publishing.read");
        (await reader.DeleteAsync("/api/v1/publishing/sites/lantern", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Text(await Get("/s/lantern/"))).ShouldBe("hers");
    }

    [Fact]
    public async Task A_preview_is_taken_away_and_the_live_site_stays()
    {
        var site = await Live(("index.html", "front"));
        await Preview(site, await Release(site, 2, ("index.html", "bold")), 2, "bold");
        (await Text(await Get("/s/lantern@bold/"))).ShouldBe("bold");
        await Delete("sites/lantern/previews/bold", HttpStatusCode.NoContent);
        (await Get("/s/lantern@bold/")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Text(await Get("/s/lantern/"))).ShouldBe("front");
        await Delete("sites/lantern/previews/bold", HttpStatusCode.NotFound);
        (await Ask<int>("select count(*)::int from publishing.releases")).ShouldBe(2);
    }

    [Fact]
    public async Task Lists_are_cut_to_a_range_of_time()
    {
        var site = await Live(("index.html", "1"));
        for (var sequence = 2; sequence <= 5; sequence++) await Release(site, sequence, ("index.html", $"{sequence}"));
        await using (var super = await Test.OpenSuperAsync())
            await super.ExecuteAsync("update publishing.releases set created_at = '2026-01-01T00:00:00Z'::timestamptz + sequence * interval '1 day'");
        await Sequences("?createdAtFrom=2026-01-03T00:00:00Z", 5, 4, 3, 2);
        await Sequences("?createdAtBefore=2026-01-04T00:00:00Z", 2, 1);
        await Sequences("?createdAtFrom=2026-01-03T00:00:00Z&createdAtBefore=2026-01-05T00:00:00Z&sort=sequence", 2, 3);
        await Sequences("?createdAtFrom=2030-01-01T00:00:00Z");
        (await Call(HttpMethod.Get, "sites/lantern/releases?createdAtFrom=yesterdayish", status: 400))["code"]!.GetValue<string>().ShouldBe("request.filter_invalid");
        (await Call(HttpMethod.Get, "sites?createdAtBefore=2000-01-01"))["items"]!.AsArray().Count.ShouldBe(0);
    }

    private async Task Sequences(string query, params long[] expected) =>
        (await Call(HttpMethod.Get, "sites/lantern/releases" + query))["items"]!.AsArray().Select(one => one!["sequence"]!.GetValue<long>()).ShouldBe(expected, query);

    private async Task Delete(string path, HttpStatusCode status)
    {
        using var answer = await Ada.DeleteAsync("/api/v1/publishing/" + path, Cancel);
        answer.StatusCode.ShouldBe(status, await Text(answer));
    }

    private async Task Preview(SiteInfo site, Guid release, long sequence, string branch)
    {
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        await session.Connection.ExecuteAsync("insert into publishing.previews (site_id, label, kind, ref, release_id, sequence) values (@Id, @branch, 'branch', @branch, @release, @sequence)", new { site.Id, branch, release, sequence });
        await Service<SiteSignals>().ChangedAsync(session, site.Name);
        await session.CommitAsync(Cancel);
    }
}
