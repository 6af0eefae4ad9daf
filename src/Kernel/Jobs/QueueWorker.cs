using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>
/// One queue on one node: a dispatcher that takes jobs, workers that do them, a keeper that prolongs leases, and a clerk that
/// writes many ends at once. While jobs are quick it takes more than it has workers, so that the database is asked rarely.
/// </summary>
internal sealed partial class QueueWorker(
    QueueDefinition queue, JobHandler[] handlers, Database database, JobStore store, JobExecution execution, JobRunnerOptions options, ILogger logger)
{
    private const int LargestBatch = 200;
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20), LongestWait = TimeSpan.FromSeconds(5), AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, JobHandler> handlers = handlers.ToDictionary(handler => handler.Kind);
    private readonly string topic = JobQueue.QueueTopic(queue.Name);
    private readonly ConcurrentDictionary<Guid, HeldJob> held = new();
    private readonly Channel<HeldJob> begun = Channel.CreateUnbounded<HeldJob>();
    private readonly Channel<HeldJob> ended = Channel.CreateUnbounded<HeldJob>();
    private readonly SemaphoreSlim roomMade = new(0, 1);
    private double averageMilliseconds = Quick.TotalMilliseconds * 2;
    private int inHand;

    public async Task RunAsync(CancellationToken stop)
    {
        using var abort = new CancellationTokenSource();
        using var over = new CancellationTokenSource();
        var workers = Enumerable.Range(0, queue.Workers).Select(_ => Task.Run(() => WorkAsync(stop, abort.Token), CancellationToken.None)).ToArray();
        var clerk = Task.Run(WriteEndsAsync, CancellationToken.None);
        var keeper = Task.Run(() => KeepLeasesAsync(over.Token), CancellationToken.None);
        await DispatchAsync(stop);

        begun.Writer.Complete();
        abort.CancelAfter(TimeSpan.FromSeconds(options.StopPatienceSeconds));
        await Task.WhenAll(workers);
        ended.Writer.Complete();
        await clerk;
        await over.CancelAsync();
        await keeper;
        await TryAsync(() => store.ReleaseAsync([.. held.Values.Select(job => job.Claimed)], CancellationToken.None));
    }

    private async Task DispatchAsync(CancellationToken stop)
    {
        var kinds = handlers.Keys.ToArray();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var wanted = Wanted();
                if (wanted <= 0)
                {
                    await roomMade.WaitAsync(stop);
                    continue;
                }
                var heard = database.Bell.Count(topic);
                var claimed = await store.ClaimAsync(queue.Name, kinds, wanted, options.LeaseSeconds, CancellationToken.None);
                foreach (var job in claimed) Take(job);
                if (claimed.Count > 0) continue;
                var due = await store.NextDueAsync(queue.Name, stop) ?? LongestWait;
                var pause = due < LongestWait ? due : LongestWait;
                await database.Bell.WaitAsync(topic, heard, pause + TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20)), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or Refusal { Code: "database.unreachable" })
            {
                DatabaseLost(logger, queue.Name, failure.Message);
                await Task.Delay(AfterFailure, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private int Wanted()
    {
        var capacity = averageMilliseconds < Quick.TotalMilliseconds ? LargestBatch * 2 : queue.Workers;
        var room = capacity - Volatile.Read(ref inHand);
        // With quick jobs, half a store is enough to be busy while the next half is fetched.
        return capacity > queue.Workers && room < LargestBatch ? 0 : Math.Min(room, LargestBatch);
    }

    private void Take(ClaimedJob claimed)
    {
        var job = new HeldJob(claimed);
        held[claimed.Id] = job;
        Interlocked.Increment(ref inHand);
        begun.Writer.TryWrite(job);
    }

    private async Task WorkAsync(CancellationToken stop, CancellationToken abort)
    {
        await foreach (var job in begun.Reader.ReadAllAsync(CancellationToken.None))
        {
            // A stopping node gives back what it has not begun.
            if (stop.IsCancellationRequested) continue;
            var clock = Stopwatch.StartNew();
            var end = await execution.RunAsync(job, handlers[job.Claimed.Kind], abort);
            averageMilliseconds += (clock.Elapsed.TotalMilliseconds - averageMilliseconds) / 16;
            if (end == JobEnd.GiveBack) continue;
            if (end == JobEnd.Done) ended.Writer.TryWrite(job);
            else Forget(job);
        }
    }

    private void Forget(HeldJob job)
    {
        held.TryRemove(job.Claimed.Id, out _);
        job.Dispose();
        Interlocked.Decrement(ref inHand);
        try
        {
            roomMade.Release();
        }
        catch (SemaphoreFullException)
        {
            // The dispatcher has been told already.
        }
    }

    private async Task WriteEndsAsync()
    {
        var batch = new List<HeldJob>();
        while (await ended.Reader.WaitToReadAsync())
        {
            while (batch.Count < LargestBatch && ended.Reader.TryRead(out var job)) batch.Add(job);
            // An end that cannot be written is tried until its lease is over; then the job is done again, as promised.
            for (var attempt = 1; !await TryAsync(() => store.CompleteAsync([.. batch.Select(job => job.Claimed)], CancellationToken.None)) && attempt < 5; attempt++)
                await Task.Delay(Backoff.Delay(attempt));
            foreach (var job in batch) Forget(job);
            batch.Clear();
        }
    }

    private async Task KeepLeasesAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var heard = database.Bell.Count(JobQueue.CancelTopic);
            try
            {
                await database.Bell.WaitAsync(JobQueue.CancelTopic, heard, TimeSpan.FromSeconds(options.LeaseSeconds / 3), over);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            var jobs = held.Values.ToArray();
            await TryAsync(async () =>
            {
                var kept = await store.ProlongAsync([.. jobs.Select(job => job.Claimed)], options.LeaseSeconds, CancellationToken.None);
                foreach (var job in jobs)
                    if (!kept.TryGetValue(job.Claimed.Id, out var stopIt)) job.Stop(JobStop.LeaseLost);
                    else if (stopIt) job.Stop(JobStop.Cancelled);
            });
        }
    }

    private async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or Refusal { Code: "database.unreachable" })
        {
            DatabaseLost(logger, queue.Name, failure.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue {Queue} lost the database: {Words}")]
    private static partial void DatabaseLost(ILogger logger, string queue, string words);
}
