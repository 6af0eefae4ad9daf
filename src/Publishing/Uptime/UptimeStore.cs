using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>What probes found: the state of now, an hour in a row, outages. One failure may be chance; the second in a row is an outage that began with the first.</summary>
internal static class UptimeStore
{
    private const int FailuresOfOutage = 2, KeepDays = 90;

    public static async Task RecordAsync(TenantSession session, ProbedSite site, ProbeResult result, CancellationToken cancel)
    {
        var state = await session.Connection.QuerySingleOrDefaultAsync<State>(new CommandDefinition(
            "select is_up as IsUp, since, failures, first_failure_at as FirstFailureAt from publishing.uptime where tenant_id = @Tenant and site_id = @Id for update", new { site.Tenant, site.Id }, cancellationToken: cancel));
        // Deleted since it was asked.
        if (state is null && await SiteStore.TryFindAsync(session, site.Id, cancel) is null) return;
        var failures = result.IsGood ? 0 : (state?.Failures ?? 0) + 1;
        DateTime? firstFailure = result.IsGood ? null : failures == 1 ? result.At : state?.FirstFailureAt ?? result.At;
        var wasUp = state?.IsUp ?? true;
        var isUp = result.IsGood || (wasUp && failures < FailuresOfOutage);
        var since = state is not null && isUp == wasUp ? state.Since : isUp ? result.At : firstFailure ?? result.At;
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into publishing.uptime (site_id, is_up, since, failures, first_failure_at, status, milliseconds, error, checked_at)
            values (@Id, @isUp, @since, @failures, @firstFailure, @Status, @Milliseconds, @Error, @At)
            on conflict (tenant_id, site_id) do update set is_up = excluded.is_up, since = excluded.since, failures = excluded.failures, first_failure_at = excluded.first_failure_at,
              status = excluded.status, milliseconds = excluded.milliseconds, error = excluded.error, checked_at = excluded.checked_at;
            insert into publishing.uptime_hours (site_id, hour, probes, failures, total_milliseconds, longest_milliseconds)
            values (@Id, date_trunc('hour', @At, 'UTC'), 1, @failed, @Milliseconds, @Milliseconds)
            on conflict (tenant_id, site_id, hour) do update set probes = uptime_hours.probes + 1, failures = uptime_hours.failures + excluded.failures,
              total_milliseconds = uptime_hours.total_milliseconds + excluded.total_milliseconds, longest_milliseconds = greatest(uptime_hours.longest_milliseconds, excluded.longest_milliseconds)
            """, new { site.Id, isUp, since, failures, firstFailure, result.Status, result.Milliseconds, result.Error, result.At, failed = result.IsGood ? 0 : 1 }, cancellationToken: cancel));
        if (result.At.Minute == 0) await TrimAsync(session, site.Id, cancel);
        if (wasUp && !isUp) await BeginAsync(session, site, firstFailure ?? result.At, result.Error ?? "", cancel);
        if (!wasUp && isUp) await EndAsync(session, site, result.At, state!.Since, cancel);
    }

    /// <summary>Removes what is older than three months.</summary>
    public static Task TrimAsync(TenantSession session, Guid site, CancellationToken cancel) => session.Connection.ExecuteAsync(new CommandDefinition(
        "delete from publishing.uptime_hours where tenant_id = @tenant and site_id = @site and hour < now() - make_interval(days => @KeepDays)", new { tenant = session.Tenant.Value, site, KeepDays }, cancellationToken: cancel));

    private static async Task BeginAsync(TenantSession session, ProbedSite site, DateTime began, string reason, CancellationToken cancel)
    {
        await session.Connection.ExecuteAsync(new CommandDefinition("insert into publishing.outages (site_id, began_at, reason) values (@Id, @began, @reason)", new { site.Id, began, reason }, cancellationToken: cancel));
        await session.AnnounceAsync(PublishingEvents.SiteDown, new SiteDown(site.Name, began, reason), "site:" + site.Name, cancel);
    }

    private static async Task EndAsync(TenantSession session, ProbedSite site, DateTime ended, DateTime began, CancellationToken cancel)
    {
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update publishing.outages set ended_at = @ended where tenant_id = @Tenant and site_id = @Id and ended_at is null", new { site.Tenant, site.Id, ended }, cancellationToken: cancel));
        await session.AnnounceAsync(PublishingEvents.SiteUp, new SiteUp(site.Name, ended, (long)(ended - began).TotalSeconds), "site:" + site.Name, cancel);
    }

    private sealed class State
    {
        public bool IsUp { get; init; }

        public DateTime Since { get; init; }

        public int Failures { get; init; }

        public DateTime? FirstFailureAt { get; init; }
    }
}
