using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Tells whether a site answers, and did.</summary>
internal static class UptimeOperations
{
    private const int HoursTold = 48, OutagesTold = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/publishing/sites/{name}/uptime", Get).As(
        new Operation("publishing.get_uptime", "publishing.read", "Tells whether a site answers, how fast, how often it did, and its outages.") { Refusals = [SiteOperations.NotFound] });

    private static async Task<Ok<UptimeInfo>> Get(string name, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var of = new { tenant = session.Tenant.Value, site.Id, HoursTold, OutagesTold };
        var now = await session.Connection.QuerySingleOrDefaultAsync<UptimeInfo>(new CommandDefinition(
            """
            select is_up as IsUp, since, status, milliseconds, error, checked_at as CheckedAt from publishing.uptime where tenant_id = @tenant and site_id = @Id
            """, of, cancellationToken: cancel)) ?? new UptimeInfo();
        var (day, week, month) = await session.Connection.QuerySingleAsync<(double?, double?, double?)>(new CommandDefinition(
            """
            select 1 - sum(failures) filter (where hour > now() - interval '1 day')::float8 / nullif(sum(probes) filter (where hour > now() - interval '1 day'), 0),
                   1 - sum(failures) filter (where hour > now() - interval '7 days')::float8 / nullif(sum(probes) filter (where hour > now() - interval '7 days'), 0),
                   1 - sum(failures)::float8 / nullif(sum(probes), 0)
            from publishing.uptime_hours where tenant_id = @tenant and site_id = @Id and hour > now() - interval '30 days'
            """, of, cancellationToken: cancel));
        var hours = await session.Connection.QueryAsync<UptimeHour>(new CommandDefinition(
            """
            select hour, probes, failures, (total_milliseconds / probes)::int as MeanMilliseconds, longest_milliseconds as LongestMilliseconds
            from publishing.uptime_hours where tenant_id = @tenant and site_id = @Id order by hour desc limit @HoursTold
            """, of, cancellationToken: cancel));
        var outages = await session.Connection.QueryAsync<OutageInfo>(new CommandDefinition(
            "select began_at as BeganAt, ended_at as EndedAt, reason from publishing.outages where tenant_id = @tenant and site_id = @Id order by began_at desc limit @OutagesTold", of, cancellationToken: cancel));
        return TypedResults.Ok(now with { Day = day, Week = week, Month = month, Hours = hours.AsList(), Outages = outages.AsList() });
    }
}

/// <summary>Whether a site answers.</summary>
internal sealed record UptimeInfo
{
    /// <summary>Null while nobody has asked it yet.</summary>
    public bool? IsUp { get; init; }

    /// <summary>Since when it is so.</summary>
    public DateTime? Since { get; init; }

    public DateTime? CheckedAt { get; init; }

    public int? Status { get; init; }

    public int? Milliseconds { get; init; }

    /// <summary>What was wrong at the last probe.</summary>
    public string? Error { get; init; }

    /// <summary>Part of the probes of a day that were answered well, from 0 to 1; null without any.</summary>
    public double? Day { get; init; }

    public double? Week { get; init; }

    public double? Month { get; init; }

    /// <summary>The last two days, newest first.</summary>
    public IReadOnlyList<UptimeHour> Hours { get; init; } = [];

    /// <summary>The latest fifty, newest first.</summary>
    public IReadOnlyList<OutageInfo> Outages { get; init; } = [];
}

internal sealed record UptimeHour
{
    public DateTime Hour { get; init; }

    public int Probes { get; init; }

    public int Failures { get; init; }

    public int MeanMilliseconds { get; init; }

    public int LongestMilliseconds { get; init; }
}

internal sealed record OutageInfo
{
    public DateTime BeganAt { get; init; }

    /// <summary>Null while it lasts.</summary>
    public DateTime? EndedAt { get; init; }

    public string Reason { get; init; } = "";
}
