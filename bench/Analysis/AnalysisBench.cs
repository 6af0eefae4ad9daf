using System.Diagnostics;

namespace Rialto.Bench;

/// <summary>
/// <c>rialto analyze</c>, which finds all facts, beside <c>github-linguist</c> and <c>licensee</c>, which find two of them, on the same
/// repositories. Each peer gets what it reads: the one a repository, the other a folder. Set <c>RIALTO_BENCH_REPOSITORIES</c> to
/// paths of clones (a colon between) to measure real ones; without it the checkout itself is measured.
/// </summary>
internal sealed class AnalysisBench : IBench
{
    private const int Rounds = 5;
    private const int FilesAtOnce = 60;

    public string Name => "analysis";

    public string Summary => "all facts beside github-linguist and licensee, and the cost of more files";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        var repositories = (Environment.GetEnvironmentVariable("RIALTO_BENCH_REPOSITORIES") ?? bench.Home).Split(':', StringSplitOptions.RemoveEmptyEntries);
        foreach (var path in repositories) await CompareAsync(bench, path, Label(path), cancel);
        await GrowAsync(bench, cancel);
    }

    private static string Label(string path)
    {
        var name = Path.GetFileName(path.TrimEnd('/'));
        return name is "repo" or ".git" ? Path.GetFileName(Path.GetDirectoryName(path.TrimEnd('/')))! : name;
    }

    private static async Task CompareAsync(Bench bench, string path, string label, CancellationToken cancel)
    {
        using var files = Checkout.Of(path);
        var ours = $"rialto analyze {label}";
        var linguist = $"github-linguist {label}";
        var licensee = $"licensee {label}";
        var sides = await bench.CompareAsync(Rounds, [
            new Side(ours, Child.Of(bench.Rialto, "analyze", path, "--json")),
            new Side(linguist, Child.Of("github-linguist", path, "--json")),
            new Side(licensee, Child.Of("licensee", "detect", files.Path, "--json")),
        ], cancel);
        bench.Ratio(sides, ours, linguist);
        if (sides.TryGetValue(linguist, out var first) && sides.TryGetValue(licensee, out var second) && sides.TryGetValue(ours, out var mine))
            bench.Value($"{label}: times quicker than both together", (first.MedianSeconds + second.MedianSeconds) / mine.MedianSeconds, "times");
    }

    /// <summary>The same files once, ten and a hundred times: the cost may grow no faster than they do.</summary>
    private static async Task GrowAsync(Bench bench, CancellationToken cancel)
    {
        var names = new List<(string Name, int Times)>();
        var sides = new List<Side>();
        var made = new List<Checkout>();
        foreach (var times in bench.Quick ? new[] { 1, 10 } : [1, 10, 100])
        {
            var repository = Checkout.Made(FilesAtOnce * times);
            made.Add(repository);
            names.Add(($"rialto analyze, {FilesAtOnce * times} files", times));
            sides.Add(new Side(names[^1].Name, Child.Of(bench.Rialto, "analyze", repository.Path, "--json")));
        }
        var results = await bench.CompareAsync(Rounds, sides, cancel);
        if (results.Count == names.Count)
            for (var i = 1; i < names.Count; i++) bench.Ratio(results, names[i].Name, names[0].Name);
        made.ForEach(repository => repository.Dispose());
    }

    /// <summary>A folder with a repository's files, deleted when done.</summary>
    private sealed class Checkout : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("rialto-bench-").FullName;

        public static Checkout Of(string repository)
        {
            var folder = new Checkout();
            Shell(folder.Path, $"git -C \"$1\" archive HEAD | tar -x", repository);
            return folder;
        }

        public static Checkout Made(int files)
        {
            var folder = new Checkout();
            File.WriteAllText(System.IO.Path.Combine(folder.Path, "README.md"), "# Many files\n\nA repository of many files.\n");
            for (var i = 0; i < files; i++)
            {
                var (name, text) = (i % 4) switch
                {
                    0 => ("h", $"#include <stdio.h>\nint f{i}(void);\n"),
                    1 => ("py", $"def f{i}():\n    return {i}\n"),
                    2 => ("ts", $"export const f{i} = (): number => {i};\n"),
                    _ => ("md", $"# Page {i}\n\nText of page {i}.\n"),
                };
                var path = System.IO.Path.Combine(folder.Path, $"part{i % 50}", $"file{i}.{name}");
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text + string.Concat(Enumerable.Repeat("\n", i % 40)));
            }
            Shell(folder.Path, "git init -q && git add -A && git -c user.name=Ada -c user.email=ada@example.org commit -q -m Files");
            return folder;
        }

        private static void Shell(string folder, string script, params string[] arguments)
        {
            using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script, "sh", .. arguments]) { WorkingDirectory = folder })!;
            shell.WaitForExit();
            if (shell.ExitCode != 0) throw new InvalidOperationException($"{script} ended with {shell.ExitCode}.");
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
