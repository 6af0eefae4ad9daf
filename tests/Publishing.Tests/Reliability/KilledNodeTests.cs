using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class KilledNodeTests : BuildTestBed
{
    [Fact]
    public async Task A_node_killed_in_the_middle_of_a_build_leaves_the_old_site_and_another_finishes()
    {
        Repository.Write("README.md", "# Lantern\n\nOld words.\n").Commit();
        await WithNode(async () => await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel));
        for (var page = 0; page < 150; page++) Repository.Write($"docs/page{page}.md", $"# Page {page}\n\n{string.Concat(Enumerable.Repeat("Many words stand here. ", 200))}\n");
        Repository.Write("README.md", "# Lantern\n\nNew words.\n").Commit();
        await Push();

        var stages = new[] { "fetch", "generate" };
        foreach (var stage in stages)
        {
            using var node = await StartNode();
            await Eventually.Happens(async () => await Ask<int>($"select count(*)::int from publishing.builds where state = 'running' and stages @> '[{{\"name\":\"{stage}\"}}]'") > 0 || await IsNewAsync());
            await Kill(node);
            (await Text(await Get("/s/lantern/"))).ShouldContain(await IsNewAsync() ? "New words" : "Old words");
        }
        using var last = await StartNode();
        await Eventually.Happens(IsNewAsync);
        await Eventually.Happens(async () => (await Text(await Get("/s/lantern/"))).Contains("New words", StringComparison.Ordinal));
        await Kill(last);
        (await Ask<int>("select count(*)::int from publishing.releases")).ShouldBe(2);
        (await Events("publishing.site_went_live")).Count.ShouldBe(2);
        (await Ask<int>("select count(*)::int from publishing.builds where state = 'running'")).ShouldBe(0);

        async Task<bool> IsNewAsync() => await Ask<int>("select count(*)::int from publishing.releases") == 2;
    }
}
