using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Rialto.Kernel;
using Rialto.Testing;

namespace Rialto.Bench;

/// <summary>
/// From a forge's delivery to the moment visitors get the new site: a node as it is used, a Git host over TLS beside it, a small
/// repository, and those of <c>RIALTO_REPOSITORIES</c> (paths, a colon between).
/// </summary>
internal sealed class PushBench : IBench
{
    private const double SmallBarSeconds = 3, LargestBarSeconds = 30;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    public string Name => "push";

    public string Summary => "from a push's delivery to the site being live";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        await using var host = await GitHost.StartAsync();
        using var repository = new TestRepository().Write("README.md", "# Lantern\n\nEdition zero of a small static server.\n");
        for (var page = 1; page <= 8; page++) repository.Write($"docs/page{page}.md", $"# Page {page}\n\nWords about part {page} of the lantern.\n\n```sh\nlantern --part {page}\n```\n");
        repository.Commit();
        await using var node = await PushNode.StartAsync(bench, host, repository.Path, cancel);

        host.Publish(repository, "acme/lantern.git");
        var hook = await node.ConnectAsync(host.Url("acme/lantern"), "lantern", cancel);
        var samples = new List<Sample>();
        for (var round = 0; round <= (bench.Quick ? 5 : 15); round++)
        {
            var before = host.Branches("acme/lantern.git").Single().Commit;
            var after = repository.Write("README.md", $"# Lantern\n\nEdition {round + 1} of a small static server.\n").Commit();
            host.Push(repository, "acme/lantern.git");
            var seconds = await MeasureAsync(node, hook, "lantern", before, after, cancel);
            // The first one warms the node.
            if (round > 0) samples.Add(new Sample(seconds));
        }
        var small = bench.Add("push to live, small repository", samples);
        bench.Value($"its median; the bar is {SmallBarSeconds}", small.MedianSeconds, "s");
        await LargeAsync(bench, host, node, cancel);
    }

    private static async Task LargeAsync(Bench bench, GitHost host, PushNode node, CancellationToken cancel)
    {
        var (largest, files) = (0.0, 0);
        foreach (var path in (Environment.GetEnvironmentVariable("RIALTO_REPOSITORIES") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Path.GetFileName(path.TrimEnd('/')) is "repo" or ".git" ? Path.GetFileName(Path.GetDirectoryName(path.TrimEnd('/')))! : Path.GetFileName(path.TrimEnd('/'));
            var site = new string([.. name.ToLowerInvariant().Where(letter => char.IsAsciiLetterOrDigit(letter))]);
            // A work tree of its own, whose branch is called main whatever it was called.
            using var repository = new TestRepository();
            repository.Git("fetch", "--quiet", "--depth=1", "file://" + Path.GetFullPath(path), "HEAD");
            repository.Git("reset", "--quiet", "--hard", "FETCH_HEAD");
            var count = repository.Git("ls-files").Count(letter => letter == '\n');
            host.Publish(repository, $"large/{site}.git");
            var hook = await node.ConnectAsync(host.Url("large/" + site), "large-" + site, cancel);
            var before = repository.Git("rev-parse", "HEAD").Trim();
            var after = repository.Write("pushed.md", "# Pushed\n\nA page more.\n").Commit();
            host.Push(repository, $"large/{site}.git");
            var seconds = await MeasureAsync(node, hook, "large-" + site, before, after, cancel);
            bench.Value(string.Create(CultureInfo.InvariantCulture, $"push to live, {name}, {count:N0} files"), seconds, "s");
            if (count > files) (largest, files) = (seconds, count);
        }
        if (files > 0) bench.Value(string.Create(CultureInfo.InvariantCulture, $"the largest tried, {files:N0} files; the bar is {LargestBarSeconds}"), largest, "s");
    }

    // What is measured begins with the delivery and ends when the commit is the one visitors get.
    private static async Task<double> MeasureAsync(PushNode node, JsonNode hook, string site, string before, string after, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        await node.DeliverAsync(hook, before, after, cancel);
        while (await node.LiveCommitAsync(site, cancel) != after) await Task.Delay(BetweenLooks, cancel);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
