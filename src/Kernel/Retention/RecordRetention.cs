using Npgsql;

namespace Rialto.Kernel;

/// <summary>Takes away, once a day, what the Kernel's own tables have kept long enough: answers to idempotency keys, events, ended jobs, live messages.</summary>
internal sealed class RecordRetention(Database database, SettingLayers settings, OperationOptions operations)
{
    /// <summary>How long an ended job can be looked at.</summary>
    public static readonly Setting<long> JobDays = Settings.Number("retention.job_days", 7, "Days ended jobs are kept; failed ones stay until somebody decides.", 1, 3650);

    /// <summary>How long an event is kept.</summary>
    public static readonly Setting<long> EventDays = Settings.Number("retention.event_days", 400, "Days events are kept; 0 for ever. One that a reader has not read yet, or that is parked, stays.", 0, 36_500);

    public static readonly JobKind<RetireRecords> Kind = new("kernel.retire_records", QueueDefinition.Default, KernelJson.Default.RetireRecords);

    // What was missed for longer than this cannot be caught up with live; the page is loaded anew.
    private const int LiveHours = 24;
    private const int AtOnce = 5000;

    /// <summary>Takes away what is due; how many rows of each.</summary>
    public async Task<RetiredRecords> RunAsync(CancellationToken cancel) => new(
        await RepeatAsync(
            $"delete from kernel.idempotency i using (select tenant_id, subject, key from kernel.idempotency where created_at < now() - make_interval(days => $1) limit {AtOnce}) old where (i.tenant_id, i.subject, i.key) = (old.tenant_id, old.subject, old.key)",
            operations.KeyDays, cancel),
        settings.Get(EventDays) is > 0 and var days ? await RepeatAsync(Events, (int)days, cancel) : 0,
        await RepeatAsync($"delete from kernel.live_messages m using (select tenant_id, topic, number from kernel.live_messages where at < now() - make_interval(hours => $1) limit {AtOnce}) old where (m.tenant_id, m.topic, m.number) = (old.tenant_id, old.topic, old.number)", LiveHours, cancel)
        + await RepeatAsync($"delete from kernel.live_topics t using (select tenant_id, topic from kernel.live_topics where at < now() - make_interval(hours => $1) limit {AtOnce}) old where (t.tenant_id, t.topic) = (old.tenant_id, old.topic) and t.at < now() - make_interval(hours => $1)", LiveHours, cancel));

    // From the beginning of the log on, and never past the reader that is furthest behind.
    private const string Events = $"""
        delete from kernel.events e using (
          select tenant_id, id, at, transaction from kernel.events order by transaction, position limit 5000) old
        where e.tenant_id = old.tenant_id and e.id = old.id and old.at < now() - make_interval(days => $1)
          and old.transaction < coalesce((select min(transaction) from kernel.event_cursors), {EventLog.Horizon})
          and not exists (select from kernel.event_parked p where p.tenant_id = old.tenant_id and p.event_id = old.id)
        """;

    private async Task<long> RepeatAsync(string sql, int age, CancellationToken cancel)
    {
        long all = 0;
        while (true)
        {
            // Each portion is a transaction of its own: nobody waits for the end of it all.
            await using var connection = await database.OpenSystemAsync(cancel);
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
            command.Parameters.AddWithValue(age);
            var removed = await command.ExecuteNonQueryAsync(cancel);
            all += removed;
            if (removed < AtOnce) return all;
        }
    }
}

/// <summary>Asks for it.</summary>
internal sealed record RetireRecords;

/// <summary>How many rows went.</summary>
internal sealed record RetiredRecords(long Answers, long Events, long Live);
