using System.Collections.Concurrent;
using System.Diagnostics;
using Rialto.Kernel;
using Rialto.Sites;

namespace Rialto.Cli;

/// <summary>The site that a preview serves: the last build that went well, and what is wrong with the last one, if it did not.</summary>
internal sealed class PreviewSite(Func<ISiteOutput, CancellationToken, Task<string>> build)
{
    private volatile MemorySite current = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why the last build failed; null when it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>What the last build said about itself.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Completes at the next build.</summary>
    public Task Changed => changed.Task;

    public ReadOnlyMemory<byte>? Find(string path) => current.Files.TryGetValue(path, out var bytes) ? bytes : null;

    public async Task BuildAsync(CancellationToken cancel)
    {
        try
        {
            var next = new MemorySite();
            var since = Stopwatch.GetTimestamp();
            var about = await build(next, cancel);
            (current, Failure) = (next, null);
            Summary = $"{about} in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.00} s";
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            Failure = wrong is Refusal ? wrong.Message : $"This is a bug in Rialto: {Redaction.Clean(wrong.Message)}";
            Summary = Failure;
        }
        Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private sealed class MemorySite : ISiteOutput
    {
        public ConcurrentDictionary<string, ReadOnlyMemory<byte>> Files { get; } = new(StringComparer.Ordinal);

        public ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel = default)
        {
            Files[path] = content.ToArray();
            return ValueTask.CompletedTask;
        }
    }
}
