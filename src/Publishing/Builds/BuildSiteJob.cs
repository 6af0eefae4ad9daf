using System.Text.Json;
using Dapper;
using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Publishing;

/// <summary>
/// Builds the newest push of a branch and publishes it. Everything before the last transaction is invisible; that one makes the release,
/// the switch, the event and the end of the job true together. A node that dies in between leaves the old site as it was.
/// </summary>
internal sealed class BuildSiteJob(BuildPipeline pipeline, GoLive goLive, SiteDirectory directory, IBlobStore blobs, IConnectedRepositories repositories, TenantSettings settings, PublishingOptions options) : IJobHandler<BuildSite>
{
    private const int MostQuietTimes = 10;

    public async Task HandleAsync(BuildSite payload, Job job, CancellationToken cancel)
    {
        await UntilQuietAsync(payload, job, cancel);
        if (await BeginAsync(payload, job, cancel) is not { } begun) return;
        await using var record = new BuildRecord(job, begun.Build, pipeline.Redact);
        record.Start();
        try
        {
            var built = await pipeline.RunAsync(job, new WantedBuild(begun.Site, begun.Branch, begun.Reference, begun.Like, begun.Known, begun.BlocksOnSecrets), record, cancel);
            await record.StageAsync("publish", () => PublishAsync(begun, built, record, job, cancel), outcome => (null, outcome));
        }
        catch (Exception failure)
        {
            await record.DisposeAsync();
            await FailedAsync(begun, record, failure, job);
            throw;
        }
        await record.DisposeAsync();
        await record.FlushAsync(CancellationToken.None, "done");
        await StagesAsync(record, job);
    }

    private async Task UntilQuietAsync(BuildSite payload, Job job, CancellationToken cancel)
    {
        var most = TimeSpan.FromSeconds(options.QuietSeconds * MostQuietTimes);
        for (var waited = TimeSpan.Zero; waited < most;)
        {
            TimeSpan unrest;
            await using (var session = await job.BeginAsync(cancel)) unrest = await BuildStore.UnrestAsync(session, payload.Site, payload.Branch, options.QuietSeconds, cancel);
            if (unrest <= TimeSpan.Zero) return;
            await Task.Delay(unrest, cancel);
            waited += unrest;
        }
    }

    private async Task<Begun?> BeginAsync(BuildSite payload, Job job, CancellationToken cancel)
    {
        var tenant = job.Tenant.Value;
        await using var session = await job.BeginAsync(cancel);
        var site = await SiteStore.FindAsync(session, payload.Site, cancel);
        // An attempt whose node died is not running any more.
        await session.Connection.ExecuteAsync(
            "update publishing.builds set state = 'failed', error_code = 'jobs.worker_lost', error = 'The node that built it stopped.', finished_at = clock_timestamp() where tenant_id = @tenant and job_id = @Id and state = 'running'", new { tenant, job.Id });
        var asked = await session.Connection.QuerySingleOrDefaultAsync<(string? Commit, long Sequence)?>(
            "select commit, sequence from publishing.heads where tenant_id = @tenant and site_id = @Site and branch = @Branch", new { tenant, payload.Site, payload.Branch });
        // The branch was deleted while the job waited.
        if (asked is not { } head) return null;
        var isMade = await session.Connection.ExecuteScalarAsync<bool>(
            "select exists (select from publishing.releases where tenant_id = @tenant and site_id = @Site and sequence = @Sequence)", new { tenant, payload.Site, head.Sequence });
        var build = Guid.CreateVersion7();
        if (!isMade)
            await session.Connection.ExecuteAsync("insert into publishing.builds (id, site_id, job_id, branch, commit, sequence) values (@build, @Site, @Id, @Branch, @Commit, @Sequence)",
                new { build, payload.Site, job.Id, payload.Branch, head.Commit, head.Sequence });
        var usual = (await repositories.FindAsync(session, site.Source, cancel))?.DefaultBranch;
        if (!isMade && head.Commit is not null) await repositories.ReportAsync(session, Report(site, payload.Branch, head.Commit, IsForLive(site, payload.Branch, usual), CommitState.Building, "is being built"), cancel);
        var like = await ReleaseStore.NewestAsync(session, site.Id, payload.Branch, cancel);
        var blocks = site.BlockOnSecrets || await settings.GetAsync(session, BuildSettings.Secrets, cancel) == "block";
        await session.CommitAsync(cancel);
        if (isMade) return null;
        return new Begun(site, build, payload.Branch, head.Commit, usual, head.Commit ?? (payload.Branch.Length > 0 ? payload.Branch : site.Branch), head.Sequence, like?.Id, await KnownAsync(like, cancel), blocks);
    }

    private async Task<ReleaseManifest?> KnownAsync(ReleaseInfo? like, CancellationToken cancel)
    {
        try
        {
            return like is null ? null : await ReleaseManifest.OpenAsync(blobs, like.Manifest, cancel);
        }
        catch (Refusal missing) when (missing.Code == "blobs.missing")
        {
            // Then everything is kept anew, which also repairs what was lost.
            return null;
        }
    }

    private async Task<string> PublishAsync(Begun begun, Built built, BuildRecord record, Job job, CancellationToken cancel)
    {
        var manifest = await ReleaseManifest.PutAsync(blobs, built.Manifest, cancel);
        // Read it back before anyone depends on it; and it is warm for the first visitor.
        await directory.OpenAsync(manifest.Value);
        var branch = begun.Branch.Length > 0 ? begun.Branch : built.Identity.Ref ?? built.Identity.DefaultBranch ?? "";
        var release = new NewRelease
        {
            Site = begun.Site.Id, Sequence = begun.Sequence, Branch = branch, Commit = built.Identity.Commit, Manifest = manifest.Value, Files = built.Manifest.Files.Count, Pages = built.Pages,
            Bytes = built.Manifest.Files.Sum(file => file.Bytes), Theme = built.Theme, SharesWith = built.SharesWith,
        };
        var isForLive = IsForLive(begun.Site, begun.Branch, built.Identity.DefaultBranch);
        await using var session = await job.BeginAsync(cancel);
        await release.InsertAsync(session, cancel);
        var outcome = isForLive ? await goLive.ByBuildAsync(session, begun.Site.Id, release.Id, release.Sequence, cancel) : await IsBranchThereAsync(session, begun, cancel) ? "preview" : "superseded";
        await goLive.PreviewAsync(session, begun.Site, release, outcome == "preview" ? begun.Branch : null, cancel);
        await BuildStore.RememberAsync(session, begun.Site.Id, built.Key, release.Id, cancel);
        await Retention.TrimAsync(session, begun.Site.Id, cancel);
        await BuildStore.TrimAsync(session, begun.Site.Id, cancel);
        var (became, says) = outcome switch { "live" => (CommitState.Live, "is live"), "preview" => (CommitState.Preview, "has a preview"), _ => (CommitState.Overtaken, "is not shown: something newer is") };
        await repositories.ReportAsync(session, Report(begun.Site, begun.Branch, release.Commit, isForLive, became, says), cancel);
        await session.Connection.ExecuteAsync(
            "update publishing.builds set state = 'done', outcome = @outcome, release_id = @release, commit = @Commit, stages = @stages::jsonb, finished_at = clock_timestamp() where tenant_id = @tenant and id = @Build",
            new { outcome, release = release.Id, release.Commit, stages = JsonSerializer.Serialize(record.Stages, PublishingJson.Default.IReadOnlyListStageTime), tenant = job.Tenant.Value, begun.Build });
        await session.AnnounceAsync(PublishingEvents.BuildFinished, new BuildFinished(begun.Site.Name, begun.Build, "done", outcome, release.Commit, null), "site:" + begun.Site.Name, cancel);
        await job.CompleteAsync(session, cancel);
        await session.CommitAsync(CancellationToken.None);
        return outcome switch
        {
            "live" => "live at " + options.AddressOf(begun.Site.Name), "superseded" => "not live: something newer already is", "pinned" => "not live: the site is held at its release",
            _ => "preview at " + options.AddressOf(begun.Site.Name, PreviewLabel.OfBranch(begun.Branch)),
        };
    }

    private static bool IsForLive(SiteInfo site, string branch, string? usual) => branch.Length == 0 || (site.Branch is null && branch == usual);

    private CommitReport Report(SiteInfo site, string branch, string commit, bool isForLive, CommitState state, string words) => new(site.Source, commit, site.Name, branch.Length > 0 ? branch : site.Branch ?? "", isForLive, state,
        isForLive ? options.AddressOf(site.Name) : options.AddressOf(site.Name, PreviewLabel.OfBranch(branch)), words);

    // Deleted while it was built: its preview must not come back.
    private static Task<bool> IsBranchThereAsync(TenantSession session, Begun begun, CancellationToken cancel) => session.Connection.ExecuteScalarAsync<bool>(new CommandDefinition(
        "select exists (select from publishing.heads where tenant_id = @tenant and site_id = @Id and branch = @Branch for share)", new { tenant = session.Tenant.Value, begun.Site.Id, begun.Branch }, cancellationToken: cancel));

    private async Task FailedAsync(Begun begun, BuildRecord record, Exception failure, Job job)
    {
        var state = failure is OperationCanceledException ? "cancelled" : "failed";
        var (code, words) = failure switch
        {
            Refusal refusal => (refusal.Code, pipeline.Redact(refusal.Message)),
            OperationCanceledException => ("publishing.stopped", "It was stopped: cancelled, out of time, or its node stopped."),
            _ => ("bug", "This is a fault of ours and has been recorded."),
        };
        record.Report(words);
        try
        {
            await record.FlushAsync(CancellationToken.None);
            await using var session = await job.BeginAsync();
            var changed = await session.Connection.ExecuteAsync(
                "update publishing.builds set state = @state, error_code = @code, error = @words, finished_at = clock_timestamp() where tenant_id = @tenant and id = @Build and state = 'running'",
                new { state, code, words, tenant = job.Tenant.Value, begun.Build });
            if (changed > 0 && begun.Commit is not null)
                await repositories.ReportAsync(session, Report(begun.Site, begun.Branch, begun.Commit, IsForLive(begun.Site, begun.Branch, begun.Usual), state == "failed" ? CommitState.Failed : CommitState.Stopped, words));
            if (changed > 0) await session.AnnounceAsync(PublishingEvents.BuildFinished, new BuildFinished(begun.Site.Name, begun.Build, state, null, null, code), "site:" + begun.Site.Name);
            if (changed > 0) await BuildNews.PublishAsync(session, begun.Build, state, record.Stages, []);
            await session.CommitAsync();
        }
        catch (Exception lost) when (lost is Npgsql.NpgsqlException or Refusal { Code: "database.unreachable" })
        {
            // The next attempt closes this one.
        }
    }

    private static async Task StagesAsync(BuildRecord record, Job job)
    {
        await using var session = await job.BeginAsync();
        await session.Connection.ExecuteAsync("update publishing.builds set stages = @stages::jsonb where tenant_id = @tenant and id = @Id",
            new { stages = JsonSerializer.Serialize(record.Stages, PublishingJson.Default.IReadOnlyListStageTime), tenant = job.Tenant.Value, record.Id });
        await session.CommitAsync();
    }

    private sealed record Begun(SiteInfo Site, Guid Build, string Branch, string? Commit, string? Usual, string? Reference, long Sequence, Guid? Like, ReleaseManifest? Known, bool BlocksOnSecrets);
}
