using System.Diagnostics;
using System.Net;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class TwoNodesTests : BuildTestBed
{
    private static readonly string[] Names = ["amber", "beacon", "candle"];

    [Fact]
    public async Task Two_nodes_share_the_builds_and_the_loss_of_either_loses_none_and_doubles_none()
    {
        for (var page = 0; page < 20; page++) Repository.Write($"docs/page{page}.md", $"# Page {page}\n\nWords stand here.\n");
        Repository.Write("README.md", "# Lantern\n\nFirst words.\n").Commit();
        using var first = await StartNode();
        using var second = await StartNode();
        foreach (var name in Names) await Push(name);
        await KillAtWork(first);
        await Quiet();
        await EverySiteHas("First words", releases: 1);

        using var third = await StartNode();
        Repository.Write("README.md", "# Lantern\n\nSecond words.\n").Commit();
        foreach (var name in Names) await Push(name);
        await KillAtWork(second);
        await Quiet();
        await EverySiteHas("Second words", releases: 2);
        await Kill(third);

        (await Ask<int>("select count(*)::int from publishing.builds where state = 'running'")).ShouldBe(0);
        (await Ask<int>("select count(*)::int from kernel.jobs where state <> 'done'")).ShouldBe(0);
        (await Events("publishing.site_went_live")).Count.ShouldBe(2 * Names.Length);
    }

    [Fact]
    public async Task Visitors_of_a_node_that_stays_notice_nothing_of_the_one_that_goes()
    {
        var site = await Live(("index.html", "first"));
        await using var database = await Test.OpenSecondNodeAsync(Schemas);
        var leaving = await StartHostAsync(database);
        using (var client = Anonymous(leaving)) (await client.GetStringAsync("/s/lantern/", Cancel)).ShouldBe("first");
        (await Text(await Get("/s/lantern/"))).ShouldBe("first");
        await leaving.DisposeAsync();
        (await Text(await Get("/s/lantern/"))).ShouldBe("first");
        await EndBuild(site, await Release(site, 2, ("index.html", "second")), 2);
        (await Text(await Get("/s/lantern/"))).ShouldBe("second");
    }

    [Fact]
    public async Task A_site_deleted_on_one_node_is_gone_on_the_other()
    {
        await Live(("index.html", "first"));
        await using var database = await Test.OpenSecondNodeAsync(Schemas);
        await using var other = await StartHostAsync(database);
        using var client = Anonymous(other);
        (await client.GetStringAsync("/s/lantern/", Cancel)).ShouldBe("first");
        await Ada.DeleteAsync("/api/v1/publishing/sites/lantern", Cancel);
        await Eventually.Happens(async () => (await client.GetAsync("/s/lantern/", Cancel)).StatusCode == HttpStatusCode.NotFound);
    }

    // In the middle of a build where that can be had; a node that found nothing to do is killed idle.
    private async Task KillAtWork(Process node)
    {
        await Eventually.Happens(async () => await Ask<int>($"select count(*)::int from kernel.jobs where state = 'running' and node like '%/{node.Id}'") > 0
            || await Ask<int>("select count(*)::int from kernel.jobs where state in ('waiting', 'running')") == 0);
        await Kill(node);
    }

    private async Task EverySiteHas(string words, int releases)
    {
        foreach (var name in Names)
        {
            await Eventually.Happens(async () => (await Text(await Get($"/s/{name}/"))).Contains(words, StringComparison.Ordinal));
            (await Ask<int>($"select count(*)::int from publishing.releases r join publishing.sites s on s.id = r.site_id where s.name = '{name}'")).ShouldBe(releases, name);
        }
    }
}
