using Npgsql;

namespace Rialto.Kernel;

/// <summary>
/// One topic of one tenant on this node, while somebody here follows it: read once however many follow, and the last messages kept in memory.
/// Followers have places and no buffers, so that a slow one costs nothing.
/// </summary>
internal sealed class TopicFeed : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1), WhenBehind = TimeSpan.FromMilliseconds(50);
    private readonly Bell bell;
    private readonly ILiveStore store;
    private readonly TenantId tenant;
    private readonly string topic;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly List<LiveMessage> kept = [];
    private readonly Task running;
    private string? before;
    private TaskCompletionSource changed = New();

    public TopicFeed(Bell bell, ILiveStore store, TenantId tenant, string topic)
    {
        (this.bell, this.store, this.tenant, this.topic) = (bell, store, tenant, topic);
        running = Task.Run(RunAsync);
    }

    /// <summary>What it listens for.</summary>
    public string Bell => store.Bell(tenant, topic);

    /// <summary>How many follow. Guarded by the feed's owner.</summary>
    public int Followers { get; set; }

    /// <summary>Completes when there is something new; take it before looking.</summary>
    public Task Changed
    {
        get
        {
            lock (gate) return changed.Task;
        }
    }

    /// <summary>What came after a place; null when this feed does not reach back to it.</summary>
    public IReadOnlyList<LiveMessage>? After(string at)
    {
        lock (gate)
        {
            for (var index = kept.Count - 1; index >= 0; index--)
                if (kept[index].At == at) return kept.GetRange(index + 1, kept.Count - index - 1);
            return at == before ? [.. kept] : null;
        }
    }

    private async Task RunAsync()
    {
        string? at = null;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var seen = bell.Count(Bell);
                at ??= await BeginAsync();
                var reading = await store.ReadAsync(tenant, topic, at, stopping.Token);
                if (reading.IsGone) at = null;
                else if (reading.Messages.Count > 0) at = Keep(reading.Messages);
                else await bell.WaitAsync(Bell, seen, reading.IsBehind ? WhenBehind : store.Patience, stopping.Token);
            }
            catch (Exception failure) when (failure is NpgsqlException or Refusal)
            {
                // The database is away; followers wait with us.
                await Task.Delay(AfterFailure, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<string> BeginAsync()
    {
        var at = await store.BeginAsync(tenant, topic, stopping.Token);
        lock (gate)
        {
            kept.Clear();
            before = at;
        }
        Ring();
        return at;
    }

    private string Keep(IReadOnlyList<LiveMessage> messages)
    {
        lock (gate)
        {
            kept.AddRange(messages);
            if (kept.Count > LiveTopics.MostKept)
            {
                before = kept[^(LiveTopics.MostKept + 1)].At;
                kept.RemoveRange(0, kept.Count - LiveTopics.MostKept);
            }
        }
        Ring();
        return messages[^1].At;
    }

    private void Ring()
    {
        TaskCompletionSource waiting;
        lock (gate) (waiting, changed) = (changed, New());
        waiting.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        // Its last follower and the end of the node may both come.
        await stopping.CancelAsync();
        await running;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
