using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>Counts calls in memory and adds them to the database now and then: a call costs a few increments.</summary>
internal sealed class UsageCounts(Database database, TimeProvider clock) : IAsyncDisposable
{
    private const int LongestLine = 20_000;
    // Asked for by an operation that holds a connection itself.
    private readonly Lazy<DatabaseLane> lane = new(() => database.OpenLane(2));
    private ConcurrentDictionary<(TenantId Tenant, DateOnly Day, string Operation, string Subject), Tally> counting = new();

    /// <summary>Ends of the histogram's slots in milliseconds; the last slot has none.</summary>
    public static IReadOnlyList<int> SlotMillis { get; } = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

    public void Count(Caller caller, string operation, int status, TimeSpan took)
    {
        // Addresses are not kept: who is nobody is counted as such.
        var subject = caller.Subject.StartsWith("anonymous:", StringComparison.Ordinal) ? "anonymous" : caller.Subject;
        var now = counting;
        if (now.Count > LongestLine) subject = "others";
        now.GetOrAdd((caller.Tenant, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), operation, subject), static _ => new Tally()).Add(status, took);
    }

    /// <summary>Adds what was counted to the database; how many lines.</summary>
    public async Task<int> FlushAsync(CancellationToken cancel)
    {
        var counted = Interlocked.Exchange(ref counting, new());
        foreach (var tenant in counted.GroupBy(line => line.Key.Tenant))
        {
            await using var session = await lane.Value.BeginAsync(tenant.Key, cancel);
            await using var batch = new NpgsqlBatch(session.Connection);
            // In one order everywhere, so that two nodes never wait for each other in a circle.
            foreach (var (key, tally) in tenant.OrderBy(line => (line.Key.Day, line.Key.Operation, line.Key.Subject)))
            {
                var command = new NpgsqlBatchCommand("""
                    insert into gateway.usage as u (day, operation, subject, calls, refused, failed, micros, histogram) values ($1, $2, $3, $4, $5, $6, $7, $8)
                    on conflict (tenant_id, day, operation, subject) do update set calls = u.calls + excluded.calls, refused = u.refused + excluded.refused, failed = u.failed + excluded.failed,
                      micros = u.micros + excluded.micros, histogram = (select array_agg(mine + theirs order by slot) from unnest(u.histogram, excluded.histogram) with ordinality as s(mine, theirs, slot))
                    """);
                command.Parameters.Add(new NpgsqlParameter { Value = key.Day, NpgsqlDbType = NpgsqlDbType.Date });
                foreach (var value in (object[])[key.Operation, key.Subject, tally.Calls, tally.Refused, tally.Failed, tally.Micros, tally.Histogram]) command.Parameters.Add(new NpgsqlParameter { Value = value });
                batch.BatchCommands.Add(command);
            }
            await batch.ExecuteNonQueryAsync(cancel);
            await session.CommitAsync(cancel);
        }
        return counted.Count;
    }

    public ValueTask DisposeAsync() => lane.IsValueCreated ? lane.Value.DisposeAsync() : ValueTask.CompletedTask;

    private sealed class Tally
    {
        private long calls, refused, failed, micros;

        public long[] Histogram { get; } = new long[SlotMillis.Count + 1];

        public long Calls => Interlocked.Read(ref calls);

        public long Refused => Interlocked.Read(ref refused);

        public long Failed => Interlocked.Read(ref failed);

        public long Micros => Interlocked.Read(ref micros);

        public void Add(int status, TimeSpan took)
        {
            Interlocked.Increment(ref calls);
            if (status is >= 400 and < 500) Interlocked.Increment(ref refused);
            if (status >= 500) Interlocked.Increment(ref failed);
            Interlocked.Add(ref micros, took.Ticks / TimeSpan.TicksPerMicrosecond);
            var slot = 0;
            while (slot < SlotMillis.Count && took.TotalMilliseconds > SlotMillis[slot]) slot++;
            Interlocked.Increment(ref Histogram[slot]);
        }
    }
}
