using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Rialto.Kernel;

/// <summary>
/// One life of the workshop's process, from start to end. Whatever goes wrong with it (it dies, prints garbage, grows too large, hangs)
/// ends this life and fails every call in it with <see cref="WorkshopDiedException"/>; the next call begins another.
/// </summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(500);

    private readonly RunningChild process;
    private readonly WorkshopOptions options;
    private readonly ConcurrentDictionary<int, Pending> calls = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly CancellationTokenSource over = new();
    private readonly Timer watch;
    private int lastId;
    private volatile string? end;

    private NodeProcess(RunningChild process, WorkshopOptions options)
    {
        (this.process, this.options) = (process, options);
        watch = new Timer(_ => Watch(), null, WatchEvery, WatchEvery);
        _ = ListenAsync();
    }

    /// <summary>Process id, for tests and logs.</summary>
    public int Id => process.Id;

    /// <summary>False once this life is over.</summary>
    public bool Alive => end is null;

    /// <summary>Starts Node behind its fence: it may read its own folder and the machine's fonts, write nothing, start nothing.</summary>
    public static NodeProcess Start(WorkshopOptions options, string node, string folder)
    {
        var command = new ChildCommand(node,
        [
            "--no-warnings", "--experimental-permission", "--allow-addons",
            $"--allow-fs-read={folder}{Path.DirectorySeparatorChar}", "--allow-fs-read=/usr/share/fonts/", "--allow-fs-read=/usr/local/share/fonts/",
            string.Create(CultureInfo.InvariantCulture, $"--max-old-space-size={Math.Max(32, options.MemoryLimitBytes / 2 / 1024 / 1024)}"),
            Path.Combine(folder, "main.mjs"),
        ]) { WorkingDirectory = folder, TimeoutSeconds = 0, InstallHint = "install Node 20.12 or later" };
        return new(ChildProcess.Start(command), options);
    }

    /// <summary>Sends one call and waits for its answer.</summary>
    /// <param name="frame">Makes the frame for a request id.</param>
    /// <param name="cancel">Gives up waiting; the process is not disturbed.</param>
    public async Task<Frame.Incoming> CallAsync(Func<int, ReadOnlyMemory<byte>> frame, CancellationToken cancel)
    {
        var id = Interlocked.Increment(ref lastId);
        var pending = new Pending();
        calls[id] = pending;
        try
        {
            if (end is { } reason) throw new WorkshopDiedException(reason, atFault: false);
            var bytes = frame(id);
            await writing.WaitAsync(cancel);
            try
            {
                // Not with the caller's token: half a frame would be the end for everyone.
                await process.Input.WriteAsync(bytes, over.Token);
                await process.Input.FlushAsync(over.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                End("it closed its input");
            }
            finally { writing.Release(); }
            return await pending.Answer.Task.WaitAsync(cancel);
        }
        finally { calls.TryRemove(id, out _); }
    }

    private async Task ListenAsync()
    {
        try
        {
            while (await Frame.ReadAsync(process.Output, over.Token) is { } frame)
            {
                var header = frame.Header.RootElement;
                if (header.TryGetProperty("started", out var started)) { if (calls.TryGetValue(started.GetInt32(), out var begun)) begun.StartedAt = Stopwatch.GetTimestamp(); }
                else if (header.TryGetProperty("id", out var id) && calls.TryGetValue(id.GetInt32(), out var pending)) { pending.Answer.TrySetResult(frame); continue; }
                frame.Header.Dispose();
            }
            End("it left");
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or KeyNotFoundException or FormatException) { End($"it wrote garbage ({e.Message})"); }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException) { End("it left in mid-sentence"); }
    }

    private void Watch()
    {
        foreach (var call in calls.Values)
            if (call.StartedAt is > 0 and var at && Stopwatch.GetElapsedTime(at).TotalSeconds > options.CallTimeoutSeconds)
            {
                call.Overdue = true;
                End("a call did not come to an end");
                return;
            }
        try
        {
            using var view = Process.GetProcessById(process.Id);
            if (view.WorkingSet64 > options.MemoryLimitBytes) End("it used too much memory");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended between the question and the answer; the listener has noticed.
        }
    }

    /// <summary>Ends this life, once. A call that was being worked on is at fault, unless another is known to be.</summary>
    private void End(string reason)
    {
        if (Interlocked.CompareExchange(ref end, reason, null) is not null) return;
        watch.Dispose();
        process.Kill();
        over.CancelAfter(TimeSpan.FromMilliseconds(200));
        var words = process.ErrorText;
        foreach (var call in calls.Values)
            call.Answer.TrySetException(new WorkshopDiedException(reason, atFault: call.StartedAt > 0) { Overdue = call.Overdue, LastWords = words });
        // A call that was registered while we were looking finds `end` set, or is found here.
        foreach (var call in calls.Values) call.Answer.TrySetException(new WorkshopDiedException(reason, atFault: false));
    }

    public async ValueTask DisposeAsync()
    {
        End("it was closed");
        await process.DisposeAsync();
    }

    private sealed class Pending
    {
        public readonly TaskCompletionSource<Frame.Incoming> Answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public long StartedAt;
        public bool Overdue;
    }
}
