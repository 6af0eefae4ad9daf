using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Tells how often a site's pages were shown.</summary>
internal static class VisitOperations
{
    private const int UsualDays = 30, MostDays = 400, PagesTold = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/publishing/sites/{name}/visits", Get).As(
        new Operation("publishing.get_visits", "publishing.read", "Tells how often a site's pages were shown, by day and by page. Nothing is known of who looked.")
        {
            Refusals = [SiteOperations.NotFound, new RefusalNote("publishing.days_invalid", 400, "more days than are kept, or none")],
        });

    private static async Task<Ok<VisitInfo>> Get(string name, int? days, TenantSession session, TimeProvider clock, CancellationToken cancel)
    {
        var span = days ?? UsualDays;
        if (span is < 1 or > MostDays) throw new Refusal("publishing.days_invalid", $"Ask for 1 to {MostDays} days.", 400);
        var site = await SiteStore.FindAsync(session, name, cancel);
        var today = clock.GetUtcNow().UtcDateTime.Date;
        var of = new { tenant = session.Tenant.Value, site.Id, from = today.AddDays(1 - span), PagesTold };
        var byDay = (await session.Connection.QueryAsync<(DateTime Day, long Views)>(new CommandDefinition(
            "select day::timestamp, sum(views)::bigint from publishing.visits where tenant_id = @tenant and site_id = @Id and day >= @from::date group by day", of, cancellationToken: cancel))).ToDictionary(row => row.Day.Date, row => row.Views);
        var pages = await session.Connection.QueryAsync<VisitedPage>(new CommandDefinition(
            "select page, sum(views)::bigint as Views from publishing.visits where tenant_id = @tenant and site_id = @Id and day >= @from::date group by page order by 2 desc, 1 limit @PagesTold", of, cancellationToken: cancel));
        return TypedResults.Ok(new VisitInfo
        {
            Views = byDay.Values.Sum(), Days = [.. Enumerable.Range(0, span).Select(back => DateOnly.FromDateTime(today.AddDays(-back))).Select(day => new VisitDay(day, byDay.GetValueOrDefault(day.ToDateTime(TimeOnly.MinValue))))], Pages = pages.AsList(),
        });
    }
}

/// <summary>Pages shown.</summary>
internal sealed record VisitInfo
{
    /// <summary>In all the days asked for.</summary>
    public required long Views { get; init; }

    /// <summary>Each day (UTC), newest first, those without any too.</summary>
    public required IReadOnlyList<VisitDay> Days { get; init; }

    /// <summary>The fifty shown most; an empty page stands for all beyond the thousand that a day keeps apart.</summary>
    public required IReadOnlyList<VisitedPage> Pages { get; init; }
}

/// <param name="Day">The day, UTC.</param>
/// <param name="Views">Pages shown.</param>
internal sealed record VisitDay(DateOnly Day, long Views);

internal sealed record VisitedPage
{
    /// <summary>Path of its file.</summary>
    public string Page { get; init; } = "";

    public long Views { get; init; }
}
