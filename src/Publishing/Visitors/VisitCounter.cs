using System.Collections.Concurrent;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>
/// Counts the pages that are shown, by site, day and page. No cookie is set and no address, browser or origin of a visitor is looked at or
/// kept, so nothing can be told of anybody. Counts are gathered in memory and written a few times a minute; a node that is killed loses
/// those of the last seconds.
/// </summary>
internal sealed partial class VisitCounter(Database database, TimeProvider clock, ILogger<VisitCounter> logger) : BackgroundService
{
    private const int MostGathered = 50_000, PagesOfDay = 1000, KeepDays = 400, LongestPage = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly string[] Machines = ["bot", "crawl", "spider", "slurp", "curl/", "wget/", "python-", "go-http-client", "rialto-probe", "headless", "lighthouse", "monitor"];
    private ConcurrentDictionary<(Guid Tenant, Guid Site, DateOnly Day, string Page), StrongBox> gathered = new();

    /// <summary>Counts one answer, when it is a page that a person may have asked for.</summary>
    public void Count(HttpContext http, ServedSite site, ServedFile page)
    {
        if (!page.IsPage || site.IsPreview || !HttpMethods.IsGet(http.Request.Method) || gathered.Count > MostGathered || IsMachine(http.Request)) return;
        var key = (site.Tenant, site.Id, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), page.Path.Length > LongestPage ? "" : page.Path);
        Interlocked.Increment(ref gathered.GetOrAdd(key, static _ => new StrongBox()).Views);
    }

    /// <summary>Writes what was gathered. What cannot be written now stays for the next time.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        var batch = Interlocked.Exchange(ref gathered, new());
        foreach (var site in batch.GroupBy(entry => (entry.Key.Tenant, entry.Key.Site)))
        {
            try
            {
                await WriteAsync(site.Key.Tenant, site.Key.Site, [.. site], cancel);
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException or IOException or Refusal { Code: "database.unreachable" })
            {
                NotWritten(logger, lost.Message);
                foreach (var (key, box) in site) Interlocked.Add(ref gathered.GetOrAdd(key, static _ => new StrongBox()).Views, Interlocked.Read(ref box.Views));
            }
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                if (!gathered.IsEmpty) await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The node stops; what is left is written by StopAsync.
        }
    }

    private async Task WriteAsync(Guid tenant, Guid site, KeyValuePair<(Guid Tenant, Guid Site, DateOnly Day, string Page), StrongBox>[] counts, CancellationToken cancel)
    {
        await using var session = await database.BeginAsync(new TenantId(tenant), cancel);
        // The site's row is held: it may be deleted meanwhile, and two nodes do not both find room for a last page.
        if (await session.Connection.ExecuteScalarAsync<int?>(new CommandDefinition("select 1 from publishing.sites where tenant_id = @tenant and id = @site for no key update", new { tenant, site }, cancellationToken: cancel)) is null) return;
        foreach (var day in counts.GroupBy(entry => entry.Key.Day))
        {
            var ordered = day.OrderBy(entry => entry.Key.Page, StringComparer.Ordinal).ToArray();
            await session.Connection.ExecuteAsync(new CommandDefinition(
                """
                with seen as (select page from publishing.visits where tenant_id = @tenant and site_id = @site and day = @day),
                  room as (select @PagesOfDay - (select count(*) from seen) as free),
                  counted as (select c.page, c.views, c.page in (select page from seen) as is_known, row_number() over (partition by c.page in (select page from seen) order by c.views desc, c.page) as place
                    from unnest(@pages, @views) as c(page, views)),
                  kept as (select case when is_known or place <= (select free from room) then page else '' end as page, sum(views)::bigint as views from counted group by 1)
                insert into publishing.visits (site_id, day, page, views) select @site, @day, page, views from kept
                on conflict (tenant_id, site_id, day, page) do update set views = visits.views + excluded.views
                """, new { tenant, site, day = day.Key.ToDateTime(TimeOnly.MinValue), PagesOfDay, pages = ordered.Select(entry => entry.Key.Page).ToArray(), views = ordered.Select(entry => Interlocked.Read(ref entry.Value.Views)).ToArray() }, cancellationToken: cancel));
        }
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "delete from publishing.visits where tenant_id = @tenant and site_id = @site and day < current_date - @KeepDays", new { tenant, site, KeepDays }, cancellationToken: cancel));
        await session.CommitAsync(cancel);
    }

    // Who says that it is a program is not counted; no more is read from the header, and nothing of it is kept.
    private static bool IsMachine(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        if (agent.Length == 0 || request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var word in Machines)
            if (agent.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counts of visits wait for the database: {Words}")]
    private static partial void NotWritten(ILogger logger, string words);

    private sealed class StrongBox
    {
        public long Views;
    }
}
