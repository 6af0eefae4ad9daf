using System.Diagnostics;
using System.Text.Json;
using Rialto.Repositories;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

/// <summary>
/// Compares with the <c>github-linguist</c> command on real repositories, named in <c>RIALTO_REPOSITORIES</c> (paths with a colon
/// between). The command may be older than our data, so single languages may differ; the shares must not.
/// </summary>
[Trait("category", "reference")]
public sealed class LinguistCommandTests(ITestOutputHelper output)
{
    /// <summary>Half the sum of all differences of shares: 0 is the same, 1 has nothing in common.</summary>
    private const double LargestDistance = 0.03;

    [Fact]
    public async Task Shares_of_real_repositories_agree_with_the_command()
    {
        var repositories = (Environment.GetEnvironmentVariable("RIALTO_REPOSITORIES") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        if (repositories.Length == 0) Assert.Skip("Set RIALTO_REPOSITORIES to paths of Git repositories to run this test.");
        var reader = RepositoriesModule.CreateReader();
        var far = new List<string>();
        foreach (var path in repositories)
        {
            await using var tree = await reader.OpenAsync(path, cancel: TestContext.Current.CancellationToken);
            var watch = Stopwatch.StartNew();
            var ours = await LanguageStatistics.ComputeAsync(tree, TestContext.Current.CancellationToken);
            var languages = watch.Elapsed;
            var licence = await LicenceDetection.DetectAsync(tree, [], TestContext.Current.CancellationToken);
            var both = watch.Elapsed;
            var version = VersionFinder.Find(await tree.TagsAsync(TestContext.Current.CancellationToken), tree.Identity, null);
            var theirs = Command(path);
            var total = Math.Max(1, theirs.Values.Sum());
            var names = ours.Select(l => l.Name).Union(theirs.Keys).ToList();
            var rows = names.Select(n => (Name: n, Ours: ours.FirstOrDefault(l => l.Name == n)?.Share ?? 0, Theirs: theirs.GetValueOrDefault(n) / (double)total)).OrderByDescending(r => r.Theirs).ToList();
            var distance = rows.Sum(r => Math.Abs(r.Ours - r.Theirs)) / 2;
            output.WriteLine($"{tree.Identity.Source}: {tree.Entries.Count} files, languages {languages.TotalMilliseconds:F0} ms, licence {(both - languages).TotalMilliseconds:F0} ms, {licence?.Expression ?? "no licence"}, {version?.Value ?? "no version"} {version?.LatestPrerelease}, distance {distance:P2}");
            foreach (var row in rows.Where(r => Math.Abs(r.Ours - r.Theirs) > 0.002)) output.WriteLine($"  {row.Name}: {row.Ours:P2}, the command {row.Theirs:P2}");
            if (distance > LargestDistance) far.Add(path);
        }
        far.ShouldBeEmpty();
    }

    private static Dictionary<string, long> Command(string path)
    {
        var start = new ProcessStartInfo("github-linguist", [path, "--json"]) { RedirectStandardOutput = true };
        using var command = Process.Start(start) ?? throw new InvalidOperationException();
        var json = JsonDocument.Parse(command.StandardOutput.ReadToEnd());
        command.WaitForExit();
        return json.RootElement.EnumerateObject().ToDictionary(l => l.Name, l => l.Value.ValueKind == JsonValueKind.Object ? l.Value.GetProperty("size").GetInt64() : l.Value.GetInt64());
    }
}
