using System.Net;
using System.Text.Json.Nodes;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class CheckJobTests : BuildTestBed
{
    private const string Good = "<!doctype html><html lang=\"en\"><title>Lantern</title><main><h1>Lantern</h1><a href=\"docs.html\">Docs</a></main>", Docs = "<!doctype html><html lang=\"en\"><title>Docs</title><main><h1>Docs</h1></main>";

    [Fact]
    public async Task What_goes_live_is_looked_at_and_its_owner_hears_when_it_became_worse()
    {
        var site = await Live(("index.html", Good), ("docs.html", Docs));
        await WithNode(Quiet);
        var first = await Only();
        (first["problems"]!.GetValue<int>(), first["frontBytes"]!.GetValue<long>()).ShouldBe((0, Good.Length));
        (await Events("publishing.site_worsened")).ShouldBeEmpty();

        var worse = await Release(site, 2, ("index.html", Good));
        await EndBuild(site, worse, 2);
        await WithNode(Quiet);
        var told = JsonNode.Parse((await Events("publishing.site_worsened")).ShouldHaveSingleItem())!;
        told["worse"]!.AsArray().Select(word => word!.GetValue<string>()).ShouldBe(["link.broken: 0 before, 1 now"]);
        told["previous"]!.GetValue<Guid>().ShouldBe(first["release"]!.GetValue<Guid>());
        var report = await Call(HttpMethod.Get, $"sites/lantern/releases/{worse}/check");
        report["findings"]!.AsArray().ShouldHaveSingleItem()!["detail"]!.GetValue<string>().ShouldContain("docs.html");
        (await Call(HttpMethod.Get, "sites/lantern/checks"))["items"]!.AsArray().Select(one => one!["problems"]!.GetValue<int>()).ShouldBe([1, 0]);

        // Back to the good one: nothing is worse, and nothing is told.
        await Call(HttpMethod.Post, "sites/lantern/rollback", new { });
        await WithNode(Quiet);
        (await Events("publishing.site_worsened")).Count.ShouldBe(1);
        (await Events("publishing.site_checked")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_release_is_looked_at_on_request_and_until_then_nothing_is_said_of_it()
    {
        var site = await Live(("index.html", Good), ("docs.html", Docs));
        var other = await Release(site, 2, ("index.html", Docs));
        (await Call(HttpMethod.Get, $"sites/lantern/releases/{other}/check", status: 404))["code"]!.GetValue<string>().ShouldBe("publishing.not_checked");
        (await Call(HttpMethod.Post, $"sites/lantern/releases/{other}/check", new { }, 202))["job"]!.GetValue<Guid>().ShouldNotBe(Guid.Empty);
        await WithNode(Quiet);
        (await Call(HttpMethod.Get, $"sites/lantern/releases/{other}/check"))["pages"]!.GetValue<int>().ShouldBe(1);
        (await Call(HttpMethod.Get, $"sites/lantern/releases/{Guid.NewGuid()}/check", status: 404))["code"]!.GetValue<string>().ShouldBe("publishing.release_not_found");
        using var bob = Host.As("bob", TenantId.New());
        (await bob.GetAsync($"/api/v1/publishing/sites/lantern/releases/{other}/check", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_site_deleted_before_anybody_looked_is_no_fault()
    {
        await Live(("index.html", Good));
        await Ada.DeleteAsync("/api/v1/publishing/sites/lantern", Cancel);
        await WithNode(Quiet);
        (await Ask<int>("select count(*)::int from kernel.jobs where state = 'done'")).ShouldBe(1);
    }

    private async Task<JsonNode> Only() => (await Call(HttpMethod.Get, "sites/lantern/checks"))["items"]!.AsArray().ShouldHaveSingleItem()!;
}
