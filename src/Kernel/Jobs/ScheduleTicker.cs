using Dapper;

namespace Rialto.Kernel;

/// <summary>Turns due schedules into jobs. Nodes share the work: a schedule that another one has in hand is passed over.</summary>
internal sealed class ScheduleTicker(Database database)
{
    /// <summary>Makes the jobs that are due and returns the time until the next one, null when there is none.</summary>
    public async Task<TimeSpan?> TickAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var due = await connection.QueryAsync<DueSchedule>(new CommandDefinition(
            """
            select tenant_id as TenantId, name, cron, time_zone as TimeZone, queue, kind, payload::text as Payload from kernel.schedules
            where next_at <= clock_timestamp() order by next_at limit 100 for update skip locked
            """, cancellationToken: cancel));
        foreach (var schedule in due)
        {
            var queue = QueueDefinition.Of(schedule.Queue);
            var next = Cron.Parse(schedule.Cron).Next(DateTimeOffset.UtcNow, Schedules.Zone(schedule.TimeZone));
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into kernel.jobs (tenant_id, queue, kind, payload, priority, max_attempts, timeout_seconds, dedupe_key)
                values (@TenantId, @Queue, @Kind, @Payload::jsonb, @priority, 5, @TimeoutSeconds, 'schedule ' || @Name)
                on conflict (tenant_id, queue, dedupe_key) where state = 'waiting' and dedupe_key is not null do nothing;
                update kernel.schedules set next_at = coalesce(@next, 'infinity') where tenant_id = @TenantId and name = @Name
                """,
                new { schedule.TenantId, schedule.Queue, schedule.Kind, schedule.Payload, schedule.Name, priority = (short)queue.Priority, queue.TimeoutSeconds, next = next?.UtcDateTime },
                cancellationToken: cancel));
        }
        var seconds = await connection.ExecuteScalarAsync<double?>(
            "select extract(epoch from min(next_at) - clock_timestamp())::float8 from kernel.schedules where next_at < 'infinity'");
        await transaction.CommitAsync(cancel);
        foreach (var queue in due.Select(schedule => schedule.Queue).Distinct()) database.Bell.Ring(JobQueue.QueueTopic(queue));
        return seconds is { } until ? TimeSpan.FromSeconds(Math.Clamp(until, 0.01, 3600)) : null;
    }

    private sealed class DueSchedule
    {
        public Guid TenantId { get; init; }

        public string Name { get; init; } = "";

        public string Cron { get; init; } = "";

        public string TimeZone { get; init; } = "";

        public string Queue { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Payload { get; init; } = "";
    }
}
