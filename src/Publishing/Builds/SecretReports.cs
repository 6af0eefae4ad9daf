using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;
using Rialto.Secrets;

namespace Rialto.Publishing;

/// <summary>Secrets that builds found: told at once, and kept to be shown.</summary>
internal static class SecretReports
{
    private const int PlacesTold = 20;

    private static readonly Listing<SecretReport> Reports = new("publishing.secret_reports", "id, commit, count, places, is_blocked, found_at", row => new SecretReport
    {
        Id = row.GetGuid(0), Commit = row.GetString(1), Count = row.GetInt32(2), Places = row.GetFieldValue<string[]>(3), IsBlocked = row.GetBoolean(4), FoundAt = row.GetDateTime(5),
    }, [("foundAt", "found_at", "timestamptz")], [("site", "site_id", "uuid"), ("commit", "commit", "text")]);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/publishing/sites/{name}/secrets", List).As(
        new Operation("publishing.list_secrets", "publishing.read", "Lists commits of a site in which secrets were found, by place, newest first.") { Refusals = [SiteOperations.NotFound] });

    /// <summary>Keeps and announces what a scan found, in a transaction of its own: whoever owns it must know before anything else happens.</summary>
    public static async Task TellAsync(Job job, SiteInfo site, SecretScan scan, bool blocks, CancellationToken cancel)
    {
        await using var session = await job.BeginAsync(cancel);
        var places = scan.Findings.Take(PlacesTold).Select(finding => $"{finding.Path}:{finding.Line}").ToArray();
        var commit = scan.Tree.Identity.Commit;
        var isNew = await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into publishing.secret_reports (site_id, commit, count, places, is_blocked) values (@Id, @commit, @Count, @places, @blocks)
            on conflict (tenant_id, site_id, commit) do update set count = excluded.count, places = excluded.places, is_blocked = excluded.is_blocked, found_at = clock_timestamp()
            where secret_reports.is_blocked <> excluded.is_blocked or secret_reports.count <> excluded.count
            """, new { site.Id, commit, scan.Findings.Count, places, blocks }, cancellationToken: cancel)) > 0;
        // A commit that is built again, as after a failure, says nothing new.
        if (isNew) await session.AnnounceAsync(PublishingEvents.SecretsFound, new SecretsFound(site.Name, commit, scan.Findings.Count, places, blocks), "site:" + site.Name, cancel);
        await session.CommitAsync(cancel);
    }

    private static async Task<Ok<Page<SecretReport>>> List(string name, [AsParameters] PageQuery page, string? commit, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        return TypedResults.Ok(await Reports.ReadAsync(session, page, new Dictionary<string, string?> { ["site"] = site.Id.ToString("D"), ["commit"] = commit }, cancel));
    }
}

/// <summary>Secrets of one commit.</summary>
internal sealed record SecretReport
{
    public required Guid Id { get; init; }

    public required string Commit { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>File and line of the first ones; never the secrets.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>True when nothing was published because of them.</summary>
    public required bool IsBlocked { get; init; }

    public required DateTime FoundAt { get; init; }
}
