using System.Text.Json;
using Dapper;

namespace Rialto.Kernel;

/// <summary>Work that comes back by the calendar. Each due time makes one job, whatever the number of nodes.</summary>
public static class Schedules
{
    internal const string Topic = "schedules";

    /// <summary>
    /// Sets the tenant's schedule <paramref name="name"/>, new or changed. After a time without any node the job runs once, not once for each
    /// time that was missed.
    /// </summary>
    /// <param name="session">Whose.</param>
    /// <param name="name">Unique in the tenant: <c>trust.daily</c>.</param>
    /// <param name="kind">What to do.</param>
    /// <param name="payload">With what.</param>
    /// <param name="cron">See <see cref="Cron"/>.</param>
    /// <param name="timeZone">IANA name the rule is read in: <c>Europe/Rome</c>.</param>
    /// <param name="cancel">Cancels the writing.</param>
    /// <exception cref="Refusal"><c>schedules.cron_invalid</c>, <c>schedules.time_zone_unknown</c>, <c>schedules.never</c> when the rule names no time.</exception>
    public static async Task SetScheduleAsync<T>(
        this TenantSession session, string name, JobKind<T> kind, T payload, string cron, string timeZone = "UTC", CancellationToken cancel = default)
    {
        var next = Cron.Parse(cron).Next(DateTimeOffset.UtcNow, Zone(timeZone))
            ?? throw new Refusal("schedules.never", $"\"{cron}\" names no time at all.", 400);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into kernel.schedules (name, cron, time_zone, queue, kind, payload, next_at) values (@name, @cron, @timeZone, @Queue, @Kind, @payload::jsonb, @next)
            on conflict (tenant_id, name) do update set cron = excluded.cron, time_zone = excluded.time_zone, queue = excluded.queue, kind = excluded.kind,
              payload = excluded.payload,
              next_at = case when (schedules.cron, schedules.time_zone) = (excluded.cron, excluded.time_zone) then schedules.next_at else excluded.next_at end
            """, new { name, cron, timeZone, kind.Queue, Kind = kind.Name, payload = JsonSerializer.Serialize(payload, kind.Json), next = next.UtcDateTime }, cancellationToken: cancel));
        var bell = session.Bell;
        session.AfterCommit(() => bell.Ring(Topic));
    }

    /// <summary>Takes a schedule away; jobs it has made stay. False when there was none.</summary>
    public static async Task<bool> RemoveScheduleAsync(this TenantSession session, string name, CancellationToken cancel = default) =>
        await session.Connection.ExecuteAsync(new CommandDefinition("delete from kernel.schedules where name = @name", new { name }, cancellationToken: cancel)) > 0;

    internal static TimeZoneInfo Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        ? zone
        : throw new Refusal("schedules.time_zone_unknown", $"There is no time zone \"{name}\"; use an IANA name such as Europe/Rome.", 400);
}
