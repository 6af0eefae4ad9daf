using System.Threading.Channels;

namespace Rialto.Cli;

/// <summary>Tells when files of a work tree have changed, once for a burst of changes.</summary>
internal sealed class ChangeWatch : IDisposable
{
    private const int QuietMilliseconds = 120;
    private readonly FileSystemWatcher watcher;
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChangeWatch(string root)
    {
        watcher = new FileSystemWatcher(root) { IncludeSubdirectories = true, InternalBufferSize = 64 * 1024, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size };
        watcher.Changed += (_, change) => Notice(root, change.FullPath);
        watcher.Created += (_, change) => Notice(root, change.FullPath);
        watcher.Deleted += (_, change) => Notice(root, change.FullPath);
        watcher.Renamed += (_, change) => Notice(root, change.FullPath);
        watcher.Error += (_, _) => changes.Writer.TryWrite(true);
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>Completes when something has changed and then nothing more for a moment.</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        await changes.Reader.ReadAsync(cancel);
        do await Task.Delay(QuietMilliseconds, cancel);
        while (changes.Reader.TryRead(out _));
    }

    public void Dispose() => watcher.Dispose();

    private void Notice(string root, string path)
    {
        var inside = Path.GetRelativePath(root, path).Replace('\\', '/');
        var top = inside.Split('/')[0];
        // Of Git's own files only a new commit or branch matters; packages are nobody's text.
        if (top == ".git" ? inside is ".git/HEAD" or ".git/index" : !inside.Contains("node_modules/", StringComparison.Ordinal)) changes.Writer.TryWrite(true);
    }
}
