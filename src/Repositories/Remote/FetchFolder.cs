using Rialto.Kernel;
using Rialto.Repositories.Git;

namespace Rialto.Repositories.Remote;

/// <summary>A bare repository of ours that holds what one fetch brought; it goes with the tree that reads it.</summary>
internal sealed class FetchFolder : IDisposable
{
    private readonly bool sha256;

    private FetchFolder(string path, bool sha256) => (Path, this.sha256) = (path, sha256);

    public string Path { get; }

    /// <summary>Whether the history here is cut off.</summary>
    public bool IsShallow => new FileInfo(System.IO.Path.Combine(Path, "shallow")) is { Exists: true, Length: > 0 };

    public static FetchFolder Create(string commit)
    {
        var path = Directory.CreateTempSubdirectory("rialto-fetch-").FullName;
        Directory.CreateDirectory(System.IO.Path.Combine(path, "objects"));
        Directory.CreateDirectory(System.IO.Path.Combine(path, "refs"));
        var folder = new FetchFolder(path, commit.Length == 64);
        File.WriteAllText(System.IO.Path.Combine(path, "HEAD"), "ref: refs/heads/none\n");
        folder.WriteConfig();
        return folder;
    }

    /// <summary>Fetches one commit and nothing that was not asked for.</summary>
    public async Task<ChildResult> FetchAsync(RemoteGit remote, string commit, int timeoutSeconds, IReadOnlyList<string> options, CancellationToken cancel)
    {
        // Git accepts a filtered answer only from a remote that has a name.
        var named = remote with { Settings = [.. remote.Settings, ("remote.source.url", remote.Url)] };
        var command = named.Command(timeoutSeconds, ["--git-dir", Path, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", .. options, "--", "source", commit + ":refs/rialto/commit"]);
        var result = await ChildProcess.RunAsync(command, cancel: cancel);
        // A filtered fetch leaves a promise to ask the remote for what is missing; nothing here may ever ask.
        WriteConfig();
        return result;
    }

    /// <summary>Makes HEAD name <paramref name="commit"/>.</summary>
    public void Point(string commit) => File.WriteAllText(System.IO.Path.Combine(Path, "HEAD"), commit + "\n");

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)) File.SetAttributes(file, FileAttributes.Normal);
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A child that is just ending may still hold it; the folder is temporary.
        }
    }

    private void WriteConfig() => File.WriteAllText(System.IO.Path.Combine(Path, "config"), ObjectView.Config(sha256));
}
