using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>How a node runs jobs.</summary>
public sealed record JobRunnerOptions
{
    /// <summary>How long a job stays with a node that says nothing any more, in seconds. A living node prolongs at a third of it.</summary>
    public double LeaseSeconds { get; init; } = 30;

    /// <summary>How long a stopping node lets running jobs go on before it cancels and returns them, in seconds.</summary>
    public double StopPatienceSeconds { get; init; } = 5;

    /// <summary>Days an ended job can still be looked at.</summary>
    public int KeepDays { get; init; } = 7;
}

/// <summary>
/// One node's workers on all queues it has handlers for. Start as many nodes as wanted on one database: each job is with one
/// node at a time, by a lease; when a node vanishes, its jobs run again as soon as their leases are over.
/// </summary>
public sealed partial class JobRunner
{
    private readonly JobRunnerOptions options;
    private readonly ILogger logger;
    private readonly QueueWorker[] workers;
    private readonly ScheduleTicker ticker;
    private readonly JobStore store;
    private readonly Database database;

    /// <param name="database">Where the jobs are.</param>
    /// <param name="handlers">What this node can do; jobs of other kinds are left to others.</param>
    /// <param name="services">Handlers get scopes of it.</param>
    /// <param name="options">Leases and patience.</param>
    /// <param name="logger">Where failures are told.</param>
    public JobRunner(Database database, IEnumerable<JobHandler> handlers, IServiceProvider services, JobRunnerOptions? options = null, ILogger<JobRunner>? logger = null)
    {
        this.database = database;
        this.options = options ?? new JobRunnerOptions();
        this.logger = logger ?? NullLogger<JobRunner>.Instance;
        store = new JobStore(database, $"{Environment.MachineName}/{Environment.ProcessId}");
        ticker = new ScheduleTicker(database);
        var execution = new JobExecution(database, services, store, this.logger);
        workers = [.. handlers.GroupBy(handler => handler.Queue).Select(group =>
            new QueueWorker(QueueDefinition.Of(group.Key), [.. group], database, store, execution, this.options, this.logger))];
    }

    /// <summary>Works until <paramref name="cancel"/>; then finishes or gives back what it holds and returns.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(
        [.. workers.Select(worker => worker.RunAsync(cancel)), LookAfterAsync(cancel), KeepCalendarAsync(cancel)]);

    private Task LookAfterAsync(CancellationToken cancel)
    {
        var rounds = 0;
        return EveryAsync(TimeSpan.FromSeconds(options.LeaseSeconds / 2), async () =>
        {
            foreach (var queue in await store.ReclaimAsync(cancel)) database.Bell.Ring(JobQueue.QueueTopic(queue));
            if (rounds++ % 40 == 0)
                while (await store.ForgetAsync(options.KeepDays, cancel) > 0) { }
            return null;
        }, cancel);
    }

    private Task KeepCalendarAsync(CancellationToken cancel) => EveryAsync(TimeSpan.FromSeconds(20), async () => await ticker.TickAsync(cancel), cancel);

    private async Task EveryAsync(TimeSpan longest, Func<Task<TimeSpan?>> work, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var pause = longest;
            var heard = database.Bell.Count(Schedules.Topic);
            try
            {
                if (await work() is { } sooner && sooner < pause) pause = sooner;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or Refusal { Code: "database.unreachable" })
            {
                RoundFailed(logger, failure.Message);
            }
            // A little chance keeps many nodes from coming at the same moment.
            pause += TimeSpan.FromMilliseconds(Random.Shared.Next(0, (int)Math.Min(1000, longest.TotalMilliseconds / 10)));
            try
            {
                await database.Bell.WaitAsync(Schedules.Topic, heard, pause, cancel);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking after the jobs failed and is tried again: {Words}")]
    private static partial void RoundFailed(ILogger logger, string words);
}
