using System.Text.Json;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Look at a release that went live.</summary>
internal sealed record CheckRelease(Guid Site, Guid Release)
{
    public static readonly JobKind<CheckRelease> Kind = new("publishing.check", QueueDefinition.Default, PublishingJson.Default.CheckRelease);
}

/// <summary>Looks at a release, keeps the result beside it, and tells the owner when it is worse than what was live before.</summary>
internal sealed class CheckReleaseJob(SiteDirectory directory, IBlobStore blobs, PublishingOptions options) : IJobHandler<CheckRelease>
{
    public async Task HandleAsync(CheckRelease payload, Job job, CancellationToken cancel)
    {
        SiteInfo site;
        ReleaseInfo release;
        await using (var session = await job.BeginAsync(cancel))
        {
            // Deleted meanwhile, or thrown away as old: nobody asks any more.
            if (await SiteStore.TryFindAsync(session, payload.Site, cancel) is not { } found || await ReleaseStore.TryFindAsync(session, payload.Site, payload.Release, cancel) is not { } made) return;
            (site, release) = (found, made);
        }
        var manifest = await ReleaseManifest.OpenAsync(blobs, release.Manifest, cancel);
        var served = new ServedSite
        {
            Tenant = job.Tenant.Value, Id = site.Id, Name = site.Name, Visibility = Visibility.Public, Secret = [], IsSinglePage = site.IsSinglePage, IsPreview = false, Release = await directory.OpenAsync(release.Manifest),
        };
        var report = await new ReleaseCheck(blobs).RunAsync(served, manifest, options.AddressOf(site.Name), cancel) with { Release = release.Id };
        await using var writing = await job.BeginAsync(cancel);
        await CheckStore.KeepAsync(writing, site.Id, report, cancel);
        var previous = await CheckStore.BeforeAsync(writing, site.Id, release.Id, cancel);
        var worse = previous is null ? [] : CheckComparison.Worse(previous, report);
        var about = "site:" + site.Name;
        await writing.AnnounceAsync(PublishingEvents.SiteChecked, new SiteChecked(site.Name, release.Id, report.Problems.Values.Sum(), report.FrontBytes), about, cancel);
        if (worse.Count > 0) await writing.AnnounceAsync(PublishingEvents.SiteWorsened, new SiteWorsened(site.Name, release.Id, previous!.Release, worse), about, cancel);
        await job.CompleteAsync(writing, cancel);
        await writing.CommitAsync(cancel);
    }
}

/// <summary>Results as rows.</summary>
internal static class CheckStore
{
    public static Task KeepAsync(TenantSession session, Guid site, CheckReport report, CancellationToken cancel) => session.Connection.ExecuteAsync(new CommandDefinition(
        """
        insert into publishing.checks (site_id, release_id, problems, front_bytes, report) values (@site, @Release, @problems, @FrontBytes, @json::jsonb)
        on conflict (tenant_id, release_id) do update set problems = excluded.problems, front_bytes = excluded.front_bytes, report = excluded.report, checked_at = clock_timestamp()
        """, new { site, report.Release, problems = report.Problems.Values.Sum(), report.FrontBytes, json = JsonSerializer.Serialize(report, PublishingJson.Default.CheckReport) }, cancellationToken: cancel));

    /// <summary>The result of a release; null when nobody looked yet.</summary>
    public static async Task<CheckReport?> FindAsync(TenantSession session, Guid release, CancellationToken cancel)
    {
        var row = await session.Connection.QuerySingleOrDefaultAsync<(string Report, DateTime At)>(new CommandDefinition(
            "select report::text, checked_at from publishing.checks where tenant_id = @tenant and release_id = @release", new { tenant = session.Tenant.Value, release }, cancellationToken: cancel));
        return row.Report is null ? null : JsonSerializer.Deserialize(row.Report, PublishingJson.Default.CheckReport)! with { CheckedAt = row.At };
    }

    /// <summary>The result of what was live before <paramref name="release"/>; null when there is none.</summary>
    public static async Task<CheckReport?> BeforeAsync(TenantSession session, Guid site, Guid release, CancellationToken cancel) =>
        await session.Connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            "select previous_id from publishing.switches where tenant_id = @tenant and site_id = @site and release_id = @release order by at desc limit 1",
            new { tenant = session.Tenant.Value, site, release }, cancellationToken: cancel)) is { } previous ? await FindAsync(session, previous, cancel) : null;
}
