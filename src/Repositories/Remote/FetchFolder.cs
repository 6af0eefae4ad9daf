using Rialto.Kernel;
using Rialto.Repositories.Git;

namespace Rialto.Repositories.Remote;

/// <summary>A bare repository of ours that holds what one fetch brought; it goes with the tree that reads it.</summary>
internal sealed class FetchFolder : IAsyncDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(50);
    private readonly bool sha256, isKept;

    private FetchFolder(string path, bool sha256, bool isKept = false) => (Path, this.sha256, this.isKept) = (path, sha256, isKept);

    public string Path { get; }

    /// <summary>Whether the history here is cut off.</summary>
    public bool IsShallow => new FileInfo(System.IO.Path.Combine(Path, "shallow")) is { Exists: true, Length: > 0 };

    /// <param name="commit">What will be fetched; its length tells SHA-1 from SHA-256.</param>
    /// <param name="parent">Where; null for the system's temporary folder.</param>
    public static FetchFolder Create(string commit, string? parent)
    {
        var folder = new FetchFolder(ScratchFolder.Create("rialto-fetch-", parent), commit.Length == 64);
        folder.Begin();
        return folder;
    }

    /// <summary>One that stays: what is fetched later adds to what is there.</summary>
    public static FetchFolder Keep(string path, string commit)
    {
        var folder = new FetchFolder(path, commit.Length == 64, isKept: true);
        if (!File.Exists(System.IO.Path.Combine(path, "HEAD"))) folder.Begin();
        return folder;
    }

    /// <summary>A folder of its own through which the objects here are read, as they are now; it goes when it is disposed.</summary>
    public FetchFolder View(string? parent)
    {
        var view = new FetchFolder(ScratchFolder.Create("rialto-fetch-", parent), sha256);
        view.Begin();
        Directory.CreateDirectory(System.IO.Path.Combine(view.Path, "objects", "info"));
        File.WriteAllText(System.IO.Path.Combine(view.Path, "objects", "info", "alternates"), ObjectView.Quote(System.IO.Path.Combine(Path, "objects")) + "\n");
        var shallow = System.IO.Path.Combine(Path, "shallow");
        if (File.Exists(shallow)) File.Copy(shallow, System.IO.Path.Combine(view.Path, "shallow"));
        return view;
    }

    /// <summary>Fetches one commit and nothing that was not asked for. Git is killed as soon as more than <paramref name="maxBytes"/> have come.</summary>
    /// <exception cref="Refusal"><c>repository.fetch_too_large</c></exception>
    public async Task<ChildResult> FetchAsync(RemoteGit remote, string commit, long maxBytes, IReadOnlyList<string> options, CancellationToken cancel)
    {
        // Git accepts a filtered answer only from a remote that has a name.
        var named = remote with { Settings = [.. remote.Settings, ("remote.source.url", remote.Url)] };
        var command = named.Command(["--git-dir", Path, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", .. options, "--", "source", $"+{commit}:refs/rialto/{(isKept ? commit : "commit")}"]);
        var before = ReceivedBytes();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = ChildProcess.RunAsync(command, cancel: stop.Token);
        while (await Task.WhenAny(running, Task.Delay(WatchInterval, CancellationToken.None)) != running)
            if (ReceivedBytes() - before > maxBytes) await stop.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        if (stop.IsCancellationRequested || ReceivedBytes() - before > maxBytes)
        {
            await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw TooLarge(maxBytes);
        }
        var result = await running;
        // A filtered fetch leaves a promise to ask the remote for what is missing; nothing here may ever ask.
        WriteConfig();
        return result;
    }

    /// <summary>Makes HEAD name <paramref name="commit"/>.</summary>
    public void Point(string commit) => File.WriteAllText(System.IO.Path.Combine(Path, "HEAD"), commit + "\n");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => isKept ? ValueTask.CompletedTask : ScratchFolder.DeleteAsync(Path);

    private void Begin()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "objects"));
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "refs"));
        File.WriteAllText(System.IO.Path.Combine(Path, "HEAD"), "ref: refs/heads/none\n");
        WriteConfig();
    }

    private long ReceivedBytes()
    {
        var sum = 0L;
        try
        {
            foreach (var file in new DirectoryInfo(System.IO.Path.Combine(Path, "objects")).EnumerateFiles("*", SearchOption.AllDirectories)) sum += file.Length;
        }
        catch (IOException)
        {
            // Git renames a file while it is looked at; the next look sees it.
        }
        return sum;
    }

    private static Refusal TooLarge(long maxBytes) => new("repository.fetch_too_large",
        $"The fetch brought more than {maxBytes} bytes and was stopped (MaxFetchBytes); raise it with RIALTO_MAX_FETCH_BYTES.", 413)
    {
        Details = new Dictionary<string, string> { ["limit"] = nameof(SourceLimits.MaxFetchBytes), ["value"] = maxBytes.ToString(System.Globalization.CultureInfo.InvariantCulture) },
    };

    private void WriteConfig() => File.WriteAllText(System.IO.Path.Combine(Path, "config"), ObjectView.Config(sha256));
}
