using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;

namespace Rialto.Bench;

/// <summary>
/// Small jobs on a PostgreSQL of our own that keeps every commit: from being asked for to being written down as done, on one node with the workers
/// of one queue. The ratio compares a queue ten times as long: what a job costs must not grow with the line.
/// </summary>
internal sealed class QueueBench : IBench
{
    private static readonly JobKind<Ticket> Kind = new("bench.small", "deployment", QueueJson.Default.Ticket);

    public string Name => "queue";

    public string Summary => "how many small jobs a node does in a second";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        var folder = Path.Combine(Path.GetTempPath(), "rialto-bench-queue-" + Environment.ProcessId);
        Directory.CreateDirectory(folder);
        try
        {
            await using var database = await Database.StartAsync(Path.Combine(folder, "postgres"), [], cancel: cancel);
            var sides = await bench.CompareAsync(rounds: 5, [
                new Side("1,000 jobs", token => MeasureAsync(database, 1_000, token)),
                new Side("10,000 jobs", token => MeasureAsync(database, 10_000, token)),
            ], cancel);
            bench.Value("jobs a second, line of 1,000", 1_000 / sides["1,000 jobs"].MedianSeconds, "1/s");
            bench.Value("jobs a second, line of 10,000", 10_000 / sides["10,000 jobs"].MedianSeconds, "1/s");
            bench.Ratio(sides, "10,000 jobs", "1,000 jobs");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Sample> MeasureAsync(Database database, int count, CancellationToken cancel)
    {
        var tenant = TenantId.New();
        await using var services = new ServiceCollection().BuildServiceProvider();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var done = 0;
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = JobHandler.For(Kind, (_, _, _) =>
        {
            if (Interlocked.Increment(ref done) == count) over.SetResult();
            return Task.CompletedTask;
        });
        var clock = Stopwatch.StartNew();
        await using (var session = await database.BeginAsync(tenant, cancel))
        {
            await session.EnqueueManyAsync(Kind, Enumerable.Range(0, count).Select(number => new Ticket(number)), cancel);
            await session.CommitAsync(cancel);
        }
        var running = new JobRunner(database, [handler], services).RunAsync(stop.Token);
        await over.Task.WaitAsync(cancel);
        // A stopping node writes down every end before it returns: that belongs to the time.
        await stop.CancelAsync();
        await running;
        return new Sample(clock.Elapsed.TotalSeconds);
    }
}

internal sealed record Ticket(int Number);

[JsonSerializable(typeof(Ticket))]
internal sealed partial class QueueJson : JsonSerializerContext;
