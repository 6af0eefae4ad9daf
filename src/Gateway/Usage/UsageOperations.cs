using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>How much an organisation called, and how it stands.</summary>
internal static class UsageOperations
{
    private const int LongestRangeDays = 400;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/gateway/usage", Read).As(new Operation("gateway.usage", "gateway.read", "Counts calls, refusals, failures and times by day, operation or caller.")
        {
            Refusals = [new RefusalNote("gateway.range_invalid", 400, "the range of days or the grouping is not acceptable")],
        });
        routes.MapGet("/api/v1/gateway/plan", Plan).As(new Operation("gateway.plan", "gateway.read", "Shows the organisation's tier and its limits."));
    }

    private static async Task<Ok<UsageReport>> Read(DateOnly? from, DateOnly? until, string? by, TenantSession session, UsageCounts counts, TimeProvider clock, CancellationToken cancel)
    {
        var last = until ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var first = from ?? last.AddDays(-29);
        var group = by ?? "operation";
        if (group is not ("day" or "operation" or "subject") || first > last || last.DayNumber - first.DayNumber > LongestRangeDays)
            throw new Refusal("gateway.range_invalid", $"Ask by day, operation or subject, for at most {LongestRangeDays} days.", 400);
        await counts.FlushAsync(cancel);
        await using var command = new NpgsqlCommand(
            $"""
            select {group}::text, sum(calls)::bigint, sum(refused)::bigint, sum(failed)::bigint, sum(micros)::bigint,
              (select array_agg(total order by slot) from (select slot, sum(value)::bigint as total from gateway.usage h, unnest(h.histogram) with ordinality as s(value, slot)
                where h.tenant_id = kernel.current_tenant() and h.day between $1 and $2 and h.{group} = u.{group} group by slot) slots)
            from gateway.usage u where tenant_id = kernel.current_tenant() and day between $1 and $2 group by {group} order by {(group == "day" ? "1" : "2 desc, 1")} limit 1000
            """, session.Connection);
        command.Parameters.AddWithValue(first);
        command.Parameters.AddWithValue(last);
        var lines = new List<UsageLine>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var (calls, histogram) = (row.GetInt64(1), row.GetFieldValue<long[]>(5));
            lines.Add(new UsageLine
            {
                Name = row.GetString(0), Calls = calls, Refused = row.GetInt64(2), Failed = row.GetInt64(3), MeanMillis = Math.Round(row.GetInt64(4) / 1000d / calls, 2),
                MedianMillis = Percentile(histogram, 0.5), SlowMillis = Percentile(histogram, 0.95),
            });
        }
        return TypedResults.Ok(new UsageReport { From = first, Until = last, By = group, Lines = lines });
    }

    private static async Task<Ok<PlanView>> Plan(Caller caller, IPlans plans, Home home, CancellationToken cancel)
    {
        var tier = await home.IsAsync(caller.Tenant, cancel) ? Tier.Of("enterprise") : await plans.FindAsync(caller.Tenant, cancel);
        return TypedResults.Ok(new PlanView { Tier = tier.Name, PerHour = tier.PerHour, Burst = tier.Burst, AtOnce = tier.AtOnce });
    }

    /// <summary>The end of the slot in which the share is reached: never less than the truth. Null beyond the last slot.</summary>
    internal static int? Percentile(IReadOnlyList<long> histogram, double share)
    {
        var wanted = histogram.Sum() * share;
        long seen = 0;
        for (var slot = 0; slot < UsageCounts.SlotMillis.Count; slot++)
            if ((seen += histogram[slot]) >= wanted) return UsageCounts.SlotMillis[slot];
        return null;
    }
}

/// <summary>Counts over a range of days.</summary>
internal sealed record UsageReport
{
    /// <summary>First day (UTC).</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly Until { get; init; }

    /// <summary><c>day</c>, <c>operation</c> or <c>subject</c>.</summary>
    public required string By { get; init; }

    /// <summary>Most called first; days in order.</summary>
    public required IReadOnlyList<UsageLine> Lines { get; init; }
}

/// <summary>Counts of one day, operation or caller.</summary>
internal sealed record UsageLine
{
    /// <summary>Which.</summary>
    public required string Name { get; init; }

    /// <summary>Calls, with those that were refused or failed.</summary>
    public required long Calls { get; init; }

    /// <summary>Answers from 400 to 499.</summary>
    public required long Refused { get; init; }

    /// <summary>Answers from 500 on.</summary>
    public required long Failed { get; init; }

    /// <summary>Mean time in milliseconds.</summary>
    public required double MeanMillis { get; init; }

    /// <summary>Half of the calls took no longer, in milliseconds, rounded up; null for more than 5000.</summary>
    public int? MedianMillis { get; init; }

    /// <summary>95 of 100 calls took no longer.</summary>
    public int? SlowMillis { get; init; }
}

/// <summary>A tier as its organisation sees it.</summary>
internal sealed record PlanView
{
    /// <summary>Its name.</summary>
    public required string Tier { get; init; }

    /// <summary>Calls an hour; null for no limit.</summary>
    public int? PerHour { get; init; }

    /// <summary>Calls at once.</summary>
    public required int Burst { get; init; }

    /// <summary>Calls running at the same time, on one node.</summary>
    public required int AtOnce { get; init; }
}
