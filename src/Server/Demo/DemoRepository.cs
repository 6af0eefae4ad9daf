using System.Reflection;
using Rialto.Kernel;

namespace Rialto.Server;

/// <summary>A real Git repository made of embedded files: <c>Repositories/name/step/path</c>, a commit for each step.</summary>
internal sealed class DemoRepository(string parent, string name)
{
    private const string Prefix = "demo/";
    private static readonly Assembly Home = typeof(DemoRepository).Assembly;
    private static readonly string[] Authors = ["Grace Hopper <grace@lantern.example>", "Ada Lovelace <ada@lantern.example>", "Alan Turing <alan@lantern.example>"];

    /// <summary>The repositories there are.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Home.GetManifestResourceNames().Select(Slashes).Where(file => file.StartsWith(Prefix, StringComparison.Ordinal)).Select(file => file.Split('/')[1]).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Where it lies.</summary>
    public string Folder { get; } = Path.Combine(parent, name);

    /// <summary>Writes and commits one step; false when there is none of that number.</summary>
    public async Task<bool> CommitStepAsync(int step, CancellationToken cancel)
    {
        var prefix = $"{Prefix}{name}/{step}/";
        var files = Home.GetManifestResourceNames().Where(file => Slashes(file).StartsWith(prefix, StringComparison.Ordinal)).ToArray();
        if (files.Length == 0) return false;
        if (step == 1)
        {
            Directory.CreateDirectory(Folder);
            await GitAsync(0, cancel, "init", "--quiet", "--initial-branch=main");
        }
        foreach (var file in files) await WriteAsync(file, Path.Combine(Folder, Slashes(file)[prefix.Length..]), cancel);
        await GitAsync(step, cancel, "add", "--all");
        await GitAsync(step, cancel, "commit", "--quiet", "--message", step == 1 ? $"Begin {name}" : "Say what is new", "--author", Authors[step % Authors.Length]);
        await GitAsync(step, cancel, "tag", $"v1.{step - 1}.0");
        return true;
    }

    private static async Task WriteAsync(string resource, string file, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var from = Home.GetManifestResourceStream(resource)!;
        await using var to = File.Create(file);
        await from.CopyToAsync(to, cancel);
    }

    // Nothing of the machine's own configuration, and dates that do not change: the same studio everywhere.
    private async Task GitAsync(int step, CancellationToken cancel, params string[] arguments)
    {
        var date = $"2026-0{step + 1}-1{step}T09:30:00Z";
        var command = new ChildCommand("git", arguments)
        {
            WorkingDirectory = Folder, TimeoutSeconds = 60,
            Environment = new Dictionary<string, string?>
            {
                ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_SYSTEM"] = "/dev/null", ["GIT_COMMITTER_NAME"] = "Grace Hopper", ["GIT_COMMITTER_EMAIL"] = "grace@lantern.example",
                ["GIT_AUTHOR_DATE"] = date, ["GIT_COMMITTER_DATE"] = date,
            },
        };
        (await ChildProcess.RunAsync(command, cancel: cancel)).OrRefuse("server.demo_failed", "Git could not make a repository of the demo; is it installed?");
    }

    private static string Slashes(string resource) => resource.Replace('\\', '/');
}
