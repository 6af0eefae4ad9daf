using System.Text;
using System.Text.Json;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Carry a release to a target.</summary>
internal sealed record DeployRelease(Guid Deployment)
{
    private const double LongestSeconds = 900;

    public static readonly JobKind<DeployRelease> Kind = new("publishing.deploy", QueueDefinition.Default, PublishingJson.Default.DeployRelease) { MaxAttempts = 5 };

    /// <summary>Makes the deployment and its job in the session's transaction, and returns the deployment.</summary>
    public static async Task<Guid> AskAsync(TenantSession session, Guid site, Guid target, Guid release, string reason, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        // One after the other for a target: the last that was asked for is what stands there in the end.
        var job = await session.EnqueueAsync(Kind, new DeployRelease(id), new JobRequest { ExclusiveKey = $"target {target:N}", TimeoutSeconds = LongestSeconds }, cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "insert into publishing.deployments (id, target_id, site_id, release_id, reason, job_id) values (@id, @target, @site, @release, @reason, @job)", new { id, target, site, release, reason, job }, cancellationToken: cancel));
        return id;
    }

    /// <summary>Asks for every target of the site that is switched on.</summary>
    public static async Task AskAllAsync(TenantSession session, Guid site, Guid release, string reason, CancellationToken cancel)
    {
        foreach (var target in await session.Connection.QueryAsync<Guid>(new CommandDefinition(
            "select id from publishing.targets where tenant_id = @tenant and site_id = @site and is_enabled order by id", new { tenant = session.Tenant.Value, site }, cancellationToken: cancel)))
            await AskAsync(session, site, target, release, reason, cancel);
    }
}

/// <summary>Carries a release to its target. Older than another that was asked for since, it gives way.</summary>
internal sealed class DeployReleaseJob(IEnumerable<ITargetDriver> drivers, FieldCipher cipher, IBlobStore blobs) : IJobHandler<DeployRelease>
{
    public async Task HandleAsync(DeployRelease payload, Job job, CancellationToken cancel)
    {
        if (await BeginAsync(payload.Deployment, job, cancel) is not { } begun) return;
        try
        {
            var manifest = await ReleaseManifest.OpenAsync(blobs, begun.Manifest, cancel);
            var before = begun.Before is null ? null : await TryOpenAsync(begun.Before, cancel);
            var driver = drivers.First(one => one.Kind == begun.Kind);
            var done = await driver.DeployAsync(begun.Access, new TargetRelease(begun.Site, begun.Commit, manifest.Files, before?.Files, begun.IsBeforeExact, blobs), cancel);
            await using var session = await job.BeginAsync(cancel);
            await session.Connection.ExecuteAsync(new CommandDefinition(
                """
                update publishing.deployments set state = 'done', url = @Url, remote_id = @RemoteId, files = @files, uploaded = @Uploaded, uploaded_bytes = @UploadedBytes, error = null, error_code = null, finished_at = clock_timestamp()
                where tenant_id = @tenant and id = @Deployment
                """, new { done.Url, done.RemoteId, files = manifest.Files.Count, done.Uploaded, done.UploadedBytes, tenant = job.Tenant.Value, payload.Deployment }, cancellationToken: cancel));
            await session.AnnounceAsync(PublishingEvents.SiteDeployed, new SiteDeployed(begun.Site, begun.Target, payload.Deployment, begun.Release, done.Url), "site:" + begun.Site, cancel);
            await job.CompleteAsync(session, cancel);
            await session.CommitAsync(cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await FailedAsync(payload.Deployment, begun, failure, job);
            throw;
        }
    }

    private async Task<Begun?> BeginAsync(Guid deployment, Job job, CancellationToken cancel)
    {
        await using var session = await job.BeginAsync(cancel);
        var of = new { tenant = job.Tenant.Value, deployment };
        var row = await session.Connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select t.id as TargetId, t.kind, t.name as Target, t.settings::text as Settings, t.secret, s.name as Site, r.id as Release, r.commit, r.manifest,
                   exists (select from publishing.deployments n where n.tenant_id = d.tenant_id and n.target_id = d.target_id and n.created_at > d.created_at and n.state <> 'failed') as IsOld,
                   (select b.manifest from publishing.deployments p join publishing.releases b on b.tenant_id = p.tenant_id and b.id = p.release_id
                    where p.tenant_id = d.tenant_id and p.target_id = d.target_id and p.state = 'done' order by p.finished_at desc limit 1) as Before,
                   not exists (select from publishing.deployments f where f.tenant_id = d.tenant_id and f.target_id = d.target_id and f.state = 'failed' and f.started_at is not null and f.id <> d.id
                     and f.created_at > coalesce((select max(p.created_at) from publishing.deployments p where p.tenant_id = d.tenant_id and p.target_id = d.target_id and p.state = 'done'), '-infinity')) as IsBeforeExact
            from publishing.deployments d join publishing.targets t on t.tenant_id = d.tenant_id and t.id = d.target_id
            join publishing.sites s on s.tenant_id = d.tenant_id and s.id = d.site_id left join publishing.releases r on r.tenant_id = d.tenant_id and r.id = d.release_id
            where d.tenant_id = @tenant and d.id = @deployment and d.state <> 'done'
            """, of, cancellationToken: cancel));
        if (row is null) return null;
        var state = row.IsOld || row.Manifest is null ? "superseded" : "running";
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update publishing.deployments set state = @state, started_at = coalesce(started_at, clock_timestamp()), finished_at = case when @state = 'superseded' then clock_timestamp() end where tenant_id = @tenant and id = @deployment",
            new { of.tenant, of.deployment, state }, cancellationToken: cancel));
        var secret = row.Secret is null ? "" : Encoding.UTF8.GetString(await cipher.DecryptAsync(session, TargetStore.SecretAt(row.TargetId), row.Secret, cancel));
        await session.CommitAsync(cancel);
        if (state == "superseded") return null;
        var settings = JsonSerializer.Deserialize(row.Settings, PublishingJson.Default.DictionaryStringString)!;
        return new Begun(row.Kind, row.Target, new TargetAccess(settings, secret), row.Site, row.Release!.Value, row.Commit!, row.Manifest!, row.Before, row.IsBeforeExact);
    }

    private async Task<ReleaseManifest?> TryOpenAsync(string manifest, CancellationToken cancel)
    {
        try
        {
            return await ReleaseManifest.OpenAsync(blobs, manifest, cancel);
        }
        catch (Refusal gone) when (gone.Code == "blobs.missing")
        {
            return null;
        }
    }

    private static async Task FailedAsync(Guid deployment, Begun begun, Exception failure, Job job)
    {
        var refusal = failure as Refusal;
        var isOver = refusal is { Status: not (429 or 503) } || job.Attempt >= DeployRelease.Kind.MaxAttempts;
        var (code, words) = (refusal?.Code ?? "bug", refusal is null ? "This is a fault of ours and has been recorded." : Redaction.Clean(refusal.Message, [begun.Access.Secret]));
        await using var session = await job.BeginAsync();
        await session.Connection.ExecuteAsync(
            "update publishing.deployments set state = @state, error_code = @code, error = @words, finished_at = case when @isOver then clock_timestamp() end where tenant_id = @tenant and id = @deployment",
            new { state = isOver ? "failed" : "waiting", code, words, isOver, tenant = job.Tenant.Value, deployment });
        if (isOver) await session.AnnounceAsync(PublishingEvents.DeploymentFailed, new DeploymentFailed(begun.Site, begun.Target, deployment, code, words), "site:" + begun.Site);
        await session.CommitAsync();
    }

    private sealed record Begun(string Kind, string Target, TargetAccess Access, string Site, Guid Release, string Commit, string Manifest, string? Before, bool IsBeforeExact);

    private sealed class Row
    {
        public Guid TargetId { get; init; }

        public string Kind { get; init; } = "";

        public string Target { get; init; } = "";

        public string Settings { get; init; } = "";

        public byte[]? Secret { get; init; }

        public string Site { get; init; } = "";

        public Guid? Release { get; init; }

        public string? Commit { get; init; }

        public string? Manifest { get; init; }

        public bool IsOld { get; init; }

        public string? Before { get; init; }

        public bool IsBeforeExact { get; init; }
    }
}
