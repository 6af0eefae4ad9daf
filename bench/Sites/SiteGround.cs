using System.Diagnostics;
using System.Globalization;

namespace Rialto.Bench;

/// <summary>
/// The ground on which generators are compared: the same pages laid out as each of them wants them, and for every run an output folder of
/// its own. Nothing is deleted between runs, because a file system that has just forgotten thousands of files makes new ones slowly.
/// </summary>
internal sealed class SiteGround : IDisposable
{
    private readonly string home;
    private readonly string folder;
    private int runs;

    public SiteGround(string home, string tools)
    {
        (this.home, folder) = (home, Path.Combine(tools, $"ground-{Environment.ProcessId}"));
        Directory.CreateDirectory(folder);
    }

    /// <summary>A folder that nobody has used yet.</summary>
    public string Fresh(string name) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{++runs}"));

    /// <summary>A peer's project: its own files of <c>bench/Sites/Peers</c>, and pages under <paramref name="content"/>.</summary>
    public string Project(string peer, string content, int pages)
    {
        var source = Path.Combine(home, "bench", "Sites", "Peers", peer);
        var target = Fresh($"{peer}-{pages}");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        Corpus.Write(Path.Combine(target, content), pages);
        return target;
    }

    /// <summary>A Git repository with the pages under <c>docs/</c>.</summary>
    public string Repository(int pages) => Committed($"repository-{pages}", target =>
    {
        Corpus.Write(Path.Combine(target, "docs"), pages);
        File.WriteAllText(Path.Combine(target, "README.md"), "# Handbook\n\nA handbook of many pages about ledgers.\n");
    });

    /// <summary>A Git repository filled by <paramref name="fill"/>.</summary>
    public string Committed(string name, Action<string> fill)
    {
        var target = Fresh(name);
        Directory.CreateDirectory(target);
        fill(target);
        var start = new ProcessStartInfo("sh", ["-c", "git init -q -b main && git add -A && git -c user.name=Ada -c user.email=ada@example.org commit -q -m Pages && git gc -q"]) { WorkingDirectory = target };
        using var shell = Process.Start(start)!;
        shell.WaitForExit();
        return shell.ExitCode == 0 ? target : throw new InvalidOperationException("git could not make the repository.");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
