using System.Globalization;

namespace Rialto.Bench;

/// <summary>
/// Whole sites: 1,000 pages beside Hugo, Eleventy, Astro and VitePress; repositories of up to 5,000 files against a fixed bar; and what ten
/// and a hundred times as many pages cost. <c>RIALTO_REPOSITORIES</c> (paths, a colon between) adds real ones.
/// </summary>
internal sealed class SitesBench : IBench
{
    private const int Rounds = 5;
    private const double WarmBarSeconds = 2, ColdBarSeconds = 4, MemoryBarMegabytes = 300;

    public string Name => "sites";

    public string Summary => "1,000 pages beside Hugo, Eleventy, Astro and VitePress; whole repositories; growth";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        var folder = Path.Combine(bench.Home, "artifacts", "bench", "peers");
        var (tools, reason) = PeerTools.Install(bench.Home, folder);
        if (tools is null) bench.Missing("eleventy, astro, vitepress", reason!);
        using var ground = new SiteGround(bench.Home, folder);
        await CompareAsync(bench, ground, tools, cancel);
        await RepositoriesAsync(bench, ground, cancel);
        await GrowAsync(bench, ground, cancel);
    }

    private static async Task CompareAsync(Bench bench, SiteGround ground, PeerTools? tools, CancellationToken cancel)
    {
        var pages = bench.Quick ? 250 : 1000;
        bench.Heading(string.Create(CultureInfo.InvariantCulture, $"{pages:N0} pages"));
        var (ours, peers) = (new RialtoSide(bench, ground), new PeerSides(ground, tools, pages));
        var repository = ground.Repository(pages);
        var sides = await bench.CompareAsync(Rounds, [
            ours.Pages("rialto pages", repository, warm: true), ours.Pages("rialto pages, cold cache", repository, warm: false),
            ours.Everything("rialto everything", repository, warm: true), ours.Everything("rialto everything, cold cache", repository, warm: false),
            peers.Hugo(), peers.Eleventy(), peers.Astro(), peers.VitePress(),
        ], cancel);
        bench.Heading("pages with templates and highlighting; the bar is 1");
        bench.Ratio(sides, "rialto pages", "hugo");
        bench.Ratio(sides, "rialto pages, cold cache", "hugo");
        bench.Heading("with search, a card for each page and icons; the bar is 2 for Hugo, 1 for the others");
        foreach (var peer in new[] { "hugo", "eleventy", "astro", "vitepress" })
        {
            bench.Ratio(sides, "rialto everything", peer);
            bench.Ratio(sides, "rialto everything, cold cache", peer);
        }
    }

    private static async Task RepositoriesAsync(Bench bench, SiteGround ground, CancellationToken cancel)
    {
        var repositories = new List<(string Name, string Path)>
        {
            ("code 5000", ground.Committed("code-5000", target => CodeCorpus.Write(target, 5000, 60))),
            ("documentation 5000", ground.Committed("documentation-5000", target => CodeCorpus.Write(target, 5000, 1000))),
        };
        foreach (var path in (Environment.GetEnvironmentVariable("RIALTO_REPOSITORIES") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            repositories.Add((Path.GetFileName(path.TrimEnd('/')) is "repo" or ".git" ? Path.GetFileName(Path.GetDirectoryName(path.TrimEnd('/')))! : Path.GetFileName(path.TrimEnd('/')), path));
        foreach (var (name, path) in repositories)
        {
            bench.Heading($"{name}: analyse and build; the bar is {WarmBarSeconds} s warm, {ColdBarSeconds} s cold, {MemoryBarMegabytes} MB");
            var ours = new RialtoSide(bench, ground);
            var sides = await bench.CompareAsync(Rounds, [ours.Everything($"{name}, warm", path, warm: true), ours.Everything($"{name}, cold cache", path, warm: false)], cancel);
            foreach (var result in sides.Values) bench.Value($"{result.Name}: with its helpers", result.TreePeakBytes / 1048576.0, "MB");
        }
    }

    /// <summary>Once, ten and a hundred times the pages: the cost may grow no faster than they do.</summary>
    private static async Task GrowAsync(Bench bench, SiteGround ground, CancellationToken cancel)
    {
        bench.Heading("growth");
        var few = bench.Quick ? 10 : 100;
        var ours = new RialtoSide(bench, ground);
        var sides = new[] { 1, 10, 100 }.Select(times => (Pages: few * times, Side: ours.Everything($"rialto everything, {few * times} pages", ground.Repository(few * times), warm: false))).ToArray();
        var results = await bench.CompareAsync(3, [.. sides.Select(side => side.Side)], cancel);
        if (results.Count < sides.Length) return;
        for (var i = 1; i < sides.Length; i++) bench.Ratio(results, sides[i].Side.Name, sides[0].Side.Name);
        foreach (var (pages, side) in sides) bench.Value($"{pages} pages: processor time each", results[side.Name].MedianCpuSeconds * 1000 / pages, "ms");
    }
}
