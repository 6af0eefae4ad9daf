using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;

namespace Rialto.Bench;

/// <summary>
/// Audit rows on a PostgreSQL of our own that keeps every commit, a transaction for each row, while the sequencer folds and signs beside the
/// writers. The time ends when the last row stands under a signed checkpoint. Ten organisations share the writers.
/// </summary>
internal sealed class AuditBench : IBench
{
    private const int Organisations = 10;

    public string Name => "audit";

    public string Summary => "how many audit rows a second 200 writers add, and how fast a log is verified";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        var folder = Path.Combine(Path.GetTempPath(), "rialto-bench-audit-" + Environment.ProcessId);
        Directory.CreateDirectory(folder);
        try
        {
            await using var database = await Database.StartAsync(Path.Combine(folder, "postgres"), [], cancel: cancel);
            var roots = RootKeys.Open(Path.Combine(folder, "root.key"));
            await using var services = new ServiceCollection().AddLogging().AddKernel(database).AddKernelSettings(roots, null, _ => null).AddKernelAudit(Path.Combine(folder, "audit")).BuildServiceProvider();
            var rows = bench.Quick ? 4_000 : 20_000;
            var tenants = new List<TenantId>();
            var sides = await bench.CompareAsync(rounds: 5, [
                new Side("200 writers", token => WriteAsync(services, database, 200, rows, tenants, token)),
                new Side("20 writers", token => WriteAsync(services, database, 20, rows, tenants, token)),
            ], cancel);
            foreach (var (side, result) in sides) bench.Value($"audit rows a second, {side}, until signed", rows / result.MedianSeconds, "1/s");
            var verifier = new AuditVerifier(database, roots, Path.Combine(folder, "audit"));
            var clock = Stopwatch.StartNew();
            long read = 0;
            foreach (var tenant in tenants)
            {
                var report = await verifier.VerifyAsync(tenant, cancel);
                if (report.Faults.Count > 0) throw new InvalidOperationException(report.Faults[0].Sentence);
                read += report.SignedSize;
            }
            bench.Value("audit rows verified a second", read / clock.Elapsed.TotalSeconds, "1/s");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Sample> WriteAsync(IServiceProvider services, Database database, int writers, int rows, List<TenantId> tenants, CancellationToken cancel)
    {
        var log = services.GetRequiredService<AuditLog>();
        var own = Enumerable.Range(0, Organisations).Select(_ => TenantId.New()).ToArray();
        tenants.AddRange(own);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var folding = services.GetRequiredService<AuditSequencer>().RunAsync(stop.Token);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var number = writer; number < rows; number += writers)
            {
                await using var session = await database.BeginAsync(own[number % Organisations], cancel);
                session.Actor = "user:0197fc2e-7b1c-7000-8000-1234567890ab";
                await log.RecordAsync(session, new AuditNote(AuditKind.Change, "bench.write", $"/api/v1/bench/{number}")
                {
                    Changes = """{"rows":[{"table":"bench.things","row":"1","before":{"name":"old"},"after":{"name":"new"}}]}""", Origin = "127.0.0.1 bench/1",
                }, cancel);
                await session.CommitAsync(cancel);
            }
        }, cancel)));
        // A stopping sequencer folds and signs all that waits before it returns.
        await stop.CancelAsync();
        await folding;
        return new Sample(clock.Elapsed.TotalSeconds);
    }
}
