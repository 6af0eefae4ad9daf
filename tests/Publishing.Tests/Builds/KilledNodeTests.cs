using System.Diagnostics;
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

        var stages = new[] { "fetch", "analyse", "generate" };
        foreach (var stage in stages)
        {
            using var node = Start();
            await node.StandardOutput.ReadLineAsync(Cancel);
            await Eventually.Happens(async () => await Ask<int>($"select count(*)::int from publishing.builds where state = 'running' and stages @> '[{{\"name\":\"{stage}\"}}]'") > 0 || await IsNewAsync());
            node.Kill();
            await node.WaitForExitAsync(Cancel);
            (await Text(await Get("/s/lantern/"))).ShouldContain(await IsNewAsync() ? "New words" : "Old words");
        }
        using var last = Start();
        await Eventually.Happens(IsNewAsync);
        await Eventually.Happens(async () => (await Text(await Get("/s/lantern/"))).Contains("New words", StringComparison.Ordinal));
        last.Kill();
        await last.WaitForExitAsync(Cancel);
        (await Ask<int>("select count(*)::int from publishing.releases")).ShouldBe(2);
        (await Events("publishing.site_went_live")).Count.ShouldBe(2);
        (await Ask<int>("select count(*)::int from publishing.builds where state = 'running'")).ShouldBe(0);

        async Task<bool> IsNewAsync() => await Ask<int>("select count(*)::int from publishing.releases") == 2;
    }

    private Process Start()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "PublishingNode", "bin", configuration, "net10.0", "Rialto.PublishingNode"));
        var address = Test.Database.Address;
        return Process.Start(new ProcessStartInfo(program, [address.Owner, address.App, address.System, Path.Combine(Folder, "blobs"), "2"]) { RedirectStandardOutput = true })!;
    }
}
