using Rialto.Analysis;
using Rialto.Repositories;
using Rialto.Secrets;

namespace Rialto.Bench;

/// <summary>
/// Beside <c>github-linguist</c> and <c>licensee</c>, which find two facts, on the same repositories: the same two facts (<c>--only languages,licence</c>)
/// and all of them. Once as commands, where starting counts, and once warm, the libraries in one process each. Each peer gets what it reads: the one a
/// repository, the other a folder. Set <c>RIALTO_BENCH_REPOSITORIES</c> to paths of clones (a colon between) to measure real ones; without it the
/// checkout itself is measured.
/// </summary>
internal sealed class AnalysisBench : IBench
{
    private const int Rounds = 5;
    private const int WarmRounds = 10;
    private const int WarmingRounds = 30;
    private const int FilesAtOnce = 60;

    public string Name => "analysis";

    public string Summary => "facts beside github-linguist and licensee, as commands and warm, and the cost of more files";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        var repositories = (Environment.GetEnvironmentVariable("RIALTO_BENCH_REPOSITORIES") ?? bench.Home).Split(':', StringSplitOptions.RemoveEmptyEntries);
        foreach (var path in repositories)
        {
            using var files = Checkout.Of(path);
            await CommandsAsync(bench, path, Label(path), files.Path, cancel);
            await WarmAsync(bench, path, Label(path), files.Path, cancel);
        }
        await GrowAsync(bench, cancel);
    }

    private static string Label(string path)
    {
        var name = Path.GetFileName(path.TrimEnd('/'));
        return name is "repo" or ".git" ? Path.GetFileName(Path.GetDirectoryName(path.TrimEnd('/')))! : name;
    }

    private static async Task CommandsAsync(Bench bench, string path, string label, string folder, CancellationToken cancel)
    {
        bench.Heading($"{label}, as commands");
        var sides = await bench.CompareAsync(Rounds, [
            new Side($"rialto, two facts: {label}", Child.Of(bench.Rialto, "analyze", path, "--only", "languages,licence")),
            new Side($"rialto, all facts: {label}", Child.Of(bench.Rialto, "analyze", path, "--json")),
            new Side($"github-linguist: {label}", Child.Of("github-linguist", path, "--json")),
            new Side($"licensee: {label}", Child.Of("licensee", "detect", folder, "--json")),
        ], cancel);
        Judge(bench, sides, label, "");
    }

    private static async Task WarmAsync(Bench bench, string path, string label, string folder, CancellationToken cancel)
    {
        bench.Heading($"{label}, warm");
        var reader = RepositoriesModule.CreateReader();
        var analyzer = AnalysisModule.NewAnalyzer();
        async Task TwoAsync(CancellationToken stop)
        {
            await using var tree = await reader.OpenAsync(path, cancel: stop);
            await analyzer.MakeupAsync(tree, stop);
        }
        async Task AllAsync(CancellationToken stop)
        {
            await using var tree = await reader.OpenAsync(path, cancel: stop);
            await analyzer.AnalyzeAsync((await SecretsModule.CreateScanner().ScanAsync(tree, cancel: stop)).Tree, cancel: stop);
        }
        for (var round = 0; round < (bench.Quick ? 3 : WarmingRounds); round++)
        {
            await TwoAsync(cancel);
            if (round % 3 == 0) await AllAsync(cancel);
        }
        var sides = new Dictionary<string, Result>(await bench.CompareAsync(WarmRounds, [
            new Side($"rialto, two facts: {label}", InProcess.Of(TwoAsync)),
            new Side($"rialto, all facts: {label}", InProcess.Of(AllAsync)),
        ], cancel));
        if (await WarmPeers.RunAsync(bench.Home, bench.Quick ? 3 : WarmRounds, path, folder, cancel) is not { } peers)
        {
            bench.Missing($"linguist and licensee, warm: {label}", "Ruby or a library is not on this machine");
            return;
        }
        sides[$"github-linguist: {label}"] = bench.Add($"github-linguist: {label}", peers.Linguist);
        sides[$"licensee: {label}"] = bench.Add($"licensee: {label}", peers.Licensee);
        Judge(bench, sides, label, ", warm");
    }

    /// <summary>How many times the processor time of both peers together is ours.</summary>
    private static void Judge(Bench bench, IReadOnlyDictionary<string, Result> sides, string label, string how)
    {
        if (!sides.TryGetValue($"github-linguist: {label}", out var linguist) || !sides.TryGetValue($"licensee: {label}", out var licensee)) return;
        foreach (var what in (string[])["two facts", "all facts"])
        {
            var ours = sides[$"rialto, {what}: {label}"];
            bench.Value($"{label}, {what}{how}: times less processor time than both", (linguist.MedianCpuSeconds + licensee.MedianCpuSeconds) / ours.MedianCpuSeconds, "times");
            bench.Value($"{label}, {what}{how}: times quicker than both", (linguist.MedianSeconds + licensee.MedianSeconds) / ours.MedianSeconds, "times");
        }
    }

    /// <summary>The same files once, ten and a hundred times: the cost may grow no faster than they do.</summary>
    private static async Task GrowAsync(Bench bench, CancellationToken cancel)
    {
        bench.Heading("more files");
        var names = new List<string>();
        var sides = new List<Side>();
        var made = new List<Checkout>();
        foreach (var times in bench.Quick ? new[] { 1, 10 } : [1, 10, 100])
        {
            var repository = Checkout.Made(FilesAtOnce * times);
            made.Add(repository);
            names.Add($"rialto analyze, {FilesAtOnce * times} files");
            sides.Add(new Side(names[^1], Child.Of(bench.Rialto, "analyze", repository.Path, "--json")));
        }
        var results = await bench.CompareAsync(Rounds, sides, cancel);
        if (results.Count == names.Count)
            for (var i = 1; i < names.Count; i++) bench.Ratio(results, names[i], names[0]);
        made.ForEach(repository => repository.Dispose());
    }
}
