using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;

namespace Rialto.Publishing.Tests;

/// <summary>A few builds here; <c>./rialto bench reliability</c> asks for two hundred by <c>RIALTO_RELIABILITY_BUILDS</c>.</summary>
public sealed partial class RandomKillTests : BuildTestBed
{
    private const int UsualBuilds = 3, LongestMilliseconds = 1500;

    private static int Builds => int.TryParse(Environment.GetEnvironmentVariable("RIALTO_RELIABILITY_BUILDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : UsualBuilds;

    [Fact]
    public async Task Nodes_killed_at_random_moments_of_builds_lose_none_double_none_and_the_site_only_moves_forward()
    {
        for (var page = 0; page < 60; page++) Repository.Write($"docs/page{page}.md", $"# Page {page}\n\n{string.Concat(Enumerable.Repeat("Many words stand here. ", 50))}\n");
        Repository.Write("README.md", "# Lantern\n\nEdition 0 is here.\n").Commit();
        await WithNode(async () => await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel));
        var (chance, seen) = (new Random(Builds), 0);
        for (var edition = 1; edition <= Builds; edition++)
        {
            Repository.Write("README.md", $"# Lantern\n\nEdition {edition} is here.\n").Commit();
            await Push();
            using var node = await StartNode();
            await Task.Delay(chance.Next(LongestMilliseconds), Cancel);
            await Kill(node);
            seen = await VisitAsync(seen, edition);
        }
        using var last = await StartNode();
        await Eventually.Happens(async () => await VisitAsync(seen, Builds) == Builds);
        await Quiet();
        await Kill(last);
        (await Ask<int>("select count(*)::int from publishing.builds where state = 'running'")).ShouldBe(0);
        (await Ask<int>("select (count(*) - count(distinct sequence))::int from publishing.releases")).ShouldBe(0, "no push was published twice");
        (await Ask<int>("select count(*)::int from publishing.releases")).ShouldBe((await Events("publishing.site_went_live")).Count);
    }

    private async Task<int> VisitAsync(int least, int most)
    {
        using var page = await Get("/s/lantern/");
        var text = await Text(page);
        ((int)page.StatusCode).ShouldBe(200, text);
        text.ShouldEndWith("</html>\n");
        var edition = int.Parse(Edition().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        edition.ShouldBeInRange(least, most);
        return edition;
    }

    [GeneratedRegex("Edition ([0-9]+) is here", RegexOptions.NonBacktracking)]
    private static partial Regex Edition();
}
