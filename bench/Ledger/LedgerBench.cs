using System.Diagnostics;
using Rialto.Kernel;
using Rialto.Ledger;

namespace Rialto.Bench;

/// <summary>
/// Payments that are on disk when they are answered, beside pgbench's TPC-B on the same server in the same run; then balances read at ×1, ×10
/// and ×100 transfers. Both sides make the same number of transactions, so a ratio of 0.33 is three times the speed.
/// </summary>
internal sealed class LedgerBench : IBench
{
    private const string Ours = "payments, 1,024 callers", Hot = "payments into one account, 1,024 callers", InSessions = "payments in callers' own transactions, 16 callers";

    public string Name => "ledger";

    public string Summary => "payments a second, beside pgbench; balances at 10 million transfers";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        var folder = Path.Combine(Path.GetTempPath(), "rialto-bench-ledger-" + Environment.ProcessId);
        Directory.CreateDirectory(folder);
        try
        {
            await using var database = await Database.StartAsync(Path.Combine(folder, "postgres"), [LedgerModule.Schema], cancel: cancel);
            await ThroughputAsync(bench, database, new ServerClock(Path.Combine(folder, "postgres")), cancel);
            foreach (var transfers in bench.Quick ? [100_000, 1_000_000] : new[] { 100_000, 1_000_000, 10_000_000 }) await ReadingAsync(bench, database, transfers, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ThroughputAsync(Bench bench, Database database, ServerClock clock, CancellationToken cancel)
    {
        var count = bench.Quick ? 10_240 : 51_200;
        await using var load = new LedgerLoad(database);
        await load.OpenAsync(10_000, cancel);
        PgBench? peer = null;
        if (PgBench.Find() is { } program)
        {
            peer = new PgBench(program, database.Address.Owner);
            await peer.InitializeAsync(10, cancel);
        }
        bench.Heading($"{count:N0} transactions, every one durable (synchronous_commit on)");
        var sides = await bench.CompareAsync(rounds: 15, [
            new Side(Ours, clock.Timed(token => load.PayAsync(count, 1024, token))),
            new Side(Hot, clock.Timed(token => load.PayIntoOneAsync(count, 1024, token))),
            new Side("pgbench TPC-B, 8 clients", peer is null ? null : clock.Timed(token => peer.TransactionsAsync(count, 8, token))),
            new Side("pgbench TPC-B, 32 clients", peer is null ? null : clock.Timed(token => peer.TransactionsAsync(count, 32, token))),
        ], cancel);
        foreach (var side in sides.Values) bench.Value($"a second: {side.Name}", count / side.MedianSeconds, "1/s");
        foreach (var ours in new[] { Ours, Hot })
            foreach (var theirs in new[] { "pgbench TPC-B, 8 clients", "pgbench TPC-B, 32 clients" }) bench.Ratio(sides, ours, theirs);
        bench.Value($"a second: {InSessions}", count / 10 / (await load.PayInSessionsAsync(count / 10, 16, cancel)).Seconds, "1/s");
    }

    private static async Task ReadingAsync(Bench bench, Database database, int transfers, CancellationToken cancel)
    {
        var history = new LedgerHistory(database);
        var clock = Stopwatch.StartNew();
        await history.MakeAsync(transfers, cancel);
        bench.Heading($"{transfers:N0} transfers, {history.Accounts:N0} accounts, one of them in every tenth transfer (made in {clock.Elapsed.TotalSeconds:0} s)");
        await using var load = new LedgerLoad(database);
        var rounds = bench.Quick ? 2_000 : 5_000;
        await ReadAsync(bench, "a session without a question, for comparison", rounds, _ => history.ReadAsync(_ => Task.FromResult(0), cancel));
        await ReadAsync(bench, "balance now", rounds, random => history.ReadAsync(session => load.Ledger.FindAccountAsync(session, history.Any(random), cancel), cancel));
        await ReadAsync(bench, "balance as it was recorded at a time", rounds, random => history.ReadAsync(
            session => load.Ledger.BalanceAsOfAsync(session, history.Any(random), history.Time(random), TimeAxis.Recorded, cancel), cancel));
        await ReadAsync(bench, "balance as of an effective time", rounds, random => history.ReadAsync(
            session => load.Ledger.BalanceAsOfAsync(session, history.Any(random), history.Time(random), TimeAxis.Effective, cancel), cancel));
        await ReadAsync(bench, "balance of the busy account, as it was recorded at a time", rounds / 10, random => history.ReadAsync(
            session => load.Ledger.BalanceAsOfAsync(session, LedgerHistory.Busy, history.Time(random), TimeAxis.Recorded, cancel), cancel));
    }

    private static async Task ReadAsync(Bench bench, string what, int rounds, Func<Random, Task> read)
    {
        var random = new Random(1);
        for (var warm = 0; warm < rounds / 10; warm++) await read(random);
        var times = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await read(random);
            times[round] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        Array.Sort(times);
        bench.Value($"{what}, p50", times[rounds / 2], "ms");
        bench.Value($"{what}, p95", times[rounds * 95 / 100], "ms");
    }
}
