using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rialto.Kernel;

/// <inheritdoc/>
/// <remarks>
/// Every method is a pure function of its request, so a call whose process died may be made again. A call that was being worked on is made
/// again once; one that was only waiting is made again without being counted.
/// </remarks>
internal sealed class NodeWorkshop : IWorkshop
{
    private const int LivesPerCall = 6;

    private readonly WorkshopOptions options;
    private readonly SemaphoreSlim turns;
    private readonly Lock gate = new();
    private readonly Timer idle;
    private NodeProcess? process;
    private int callsNow;
    private bool closed;

    public NodeWorkshop(WorkshopOptions options)
    {
        this.options = options;
        turns = new(options.CallsAtOnce, options.CallsAtOnce);
        idle = new(_ => Retire());
    }

    public bool IsAvailable => WorkshopFolder.Obstacle(options) is null;

    /// <summary>Process id of the present process; null when none runs. For tests.</summary>
    internal int? ProcessId { get { lock (gate) return process is { Alive: true } p ? p.Id : null; } }

    public async Task<WorkshopAnswer<TAnswer>> CallAsync<TRequest, TAnswer>(
        string method, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType,
        ReadOnlyMemory<byte> bytes = default, CancellationToken cancel = default)
    {
        await turns.WaitAsync(cancel);
        Interlocked.Increment(ref callsNow);
        try
        {
            var frame = await CallAsync(method, id => Frame.Call(id, method, request, requestType, bytes), cancel);
            using var header = frame.Header;
            if (header.RootElement.TryGetProperty("error", out var error))
                throw new Refusal(error.GetProperty("code").GetString() ?? "workshop.failed", error.GetProperty("message").GetString() ?? "The workshop could not do this.");
            var value = header.RootElement.GetProperty("body").Deserialize(answerType);
            return new(value!, frame.Bytes);
        }
        finally
        {
            turns.Release();
            if (Interlocked.Decrement(ref callsNow) == 0) RestTimer();
        }
    }

    private async Task<Frame.Incoming> CallAsync(string method, Func<int, ReadOnlyMemory<byte>> frame, CancellationToken cancel)
    {
        var faults = 0;
        for (var life = 1; ; life++)
        {
            try { return await Running().CallAsync(frame, cancel); }
            catch (WorkshopDiedException death)
            {
                if (death.AtFault) faults++;
                if (death.Overdue) throw Failed($"The workshop gave up on \"{method}\" after {options.CallTimeoutSeconds:0.#} s; the input is too much for it.", death);
                if (faults > 1) throw Failed($"The workshop stopped twice while working on \"{method}\": {death.Reason}.", death);
                if (life == LivesPerCall) throw new Refusal("workshop.unavailable", $"The workshop does not keep running ({death.Reason}); run \"rialto doctor\".", 503);
            }
        }
    }

    private static Refusal Failed(string sentence, WorkshopDiedException death) =>
        new("workshop.failed", sentence) { Details = new Dictionary<string, string> { ["reason"] = death.Reason, ["output"] = death.LastWords } };

    private NodeProcess Running()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            if (process is { Alive: true } running) return running;
            if (WorkshopFolder.Obstacle(options) is { } obstacle) throw new Refusal("workshop.unavailable", obstacle, 503);
            if (process is { } dead) _ = dead.DisposeAsync().AsTask();
            return process = NodeProcess.Start(options, WorkshopFolder.FindNode(options)!, WorkshopFolder.Find(options)!);
        }
    }

    private void RestTimer()
    {
        lock (gate) if (!closed) idle.Change(TimeSpan.FromSeconds(options.IdleSeconds), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Lets an unused process go.</summary>
    private void Retire()
    {
        NodeProcess? unused;
        lock (gate)
        {
            if (Volatile.Read(ref callsNow) > 0) return;
            (unused, process) = (process, null);
        }
        if (unused is not null) _ = unused.DisposeAsync().AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        NodeProcess? last;
        lock (gate)
        {
            if (closed) return;
            closed = true;
            (last, process) = (process, null);
        }
        await idle.DisposeAsync();
        if (last is not null) await last.DisposeAsync();
    }
}
