using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Gives visitors another release: one update of one row, with its event, in the caller's transaction.</summary>
internal sealed class GoLive(SiteSignals signals, PublishingOptions options)
{
    /// <summary>
    /// After a build: only when nothing newer has ever been live, and nobody holds the site. Builds may end in any order; the site
    /// only moves forward. Returns <c>live</c>, <c>superseded</c> or <c>pinned</c>.
    /// </summary>
    public async Task<string> ByBuildAsync(TenantSession session, Guid site, Guid release, long sequence, CancellationToken cancel)
    {
        // The row is locked first, so that what was live before is known for certain.
        var before = await LockAsync(session, site, cancel);
        if (before.IsPinned) return "pinned";
        if (before.LiveSequence >= sequence) return "superseded";
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update publishing.sites set live_release = @release, live_sequence = @sequence, live_at = clock_timestamp() where tenant_id = @tenant and id = @site and live_sequence < @sequence and not is_pinned",
            new { tenant = session.Tenant.Value, site, release, sequence }, cancellationToken: cancel));
        await TellAsync(session, before, release, "build", cancel);
        return "live";
    }

    /// <summary>By decision: to any release of the site, older ones too. Newer pushes go on from there, unless <paramref name="pin"/> holds it.</summary>
    /// <exception cref="Refusal"><c>publishing.release_not_found</c>.</exception>
    public async Task ByDecisionAsync(TenantSession session, Guid site, Guid release, string reason, bool? pin, CancellationToken cancel)
    {
        var before = await LockAsync(session, site, cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            update publishing.sites s set live_release = r.id, live_sequence = greatest(s.live_sequence, r.sequence), live_at = clock_timestamp(), is_pinned = coalesce(@pin, is_pinned)
            from publishing.releases r where s.tenant_id = @tenant and s.id = @site and r.tenant_id = @tenant and r.site_id = @site and r.id = @release
            """, new { tenant = session.Tenant.Value, site, release, pin }, cancellationToken: cancel));
        if (before.LiveRelease != release) await TellAsync(session, before, release, reason, cancel);
    }

    /// <summary>Shows the release at the address of its commit and, with <paramref name="branch"/>, of its branch; there too the newest push wins.</summary>
    public async Task PreviewAsync(TenantSession session, SiteInfo site, NewRelease release, string? branch, CancellationToken cancel)
    {
        await ShowAsync(PreviewLabel.OfCommit(release.Commit), "commit", release.Commit);
        if (branch is not null) await ShowAsync(PreviewLabel.OfBranch(branch), "branch", branch);
        await signals.ChangedAsync(session, site.Name);

        async Task ShowAsync(string label, string kind, string reference)
        {
            var shown = await session.Connection.ExecuteAsync(new CommandDefinition(
                """
                insert into publishing.previews (site_id, label, kind, ref, release_id, sequence) values (@site, @label, @kind, @reference, @release, @Sequence)
                on conflict (tenant_id, site_id, label) do update set release_id = excluded.release_id, sequence = excluded.sequence, updated_at = now() where previews.sequence < excluded.sequence
                """, new { site = site.Id, label, kind, reference, release = release.Id, release.Sequence }, cancellationToken: cancel));
            if (shown > 0 && kind == "branch")
                await session.AnnounceAsync(PublishingEvents.PreviewReady, new PreviewReady(site.Name, label, reference, release.Id, options.AddressOf(site.Name, label).AbsoluteUri), "site:" + site.Name, cancel);
        }
    }

    private static async Task<Before> LockAsync(TenantSession session, Guid site, CancellationToken cancel) =>
        await session.Connection.QuerySingleOrDefaultAsync<Before>(new CommandDefinition(
            """
            select id, name, live_release as LiveRelease, live_sequence as LiveSequence, is_pinned as IsPinned
            from publishing.sites where tenant_id = @tenant and id = @site for update
            """, new { tenant = session.Tenant.Value, site }, cancellationToken: cancel)) ?? throw SiteStore.NotFound();

    private async Task TellAsync(TenantSession session, Before before, Guid release, string reason, CancellationToken cancel)
    {
        var made = await ReleaseStore.FindAsync(session, before.Id, release, cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "insert into publishing.switches (site_id, release_id, previous_id, reason, actor) values (@Id, @release, @LiveRelease, @reason, @Actor)",
            new { before.Id, release, before.LiveRelease, reason, session.Actor }, cancellationToken: cancel));
        await session.AnnounceAsync(PublishingEvents.SiteWentLive,
            new SiteWentLive(before.Name, release, before.LiveRelease, made.Sequence, made.Commit, reason, options.AddressOf(before.Name).AbsoluteUri), "site:" + before.Name, cancel);
        await session.EnqueueAsync(CheckRelease.Kind, new CheckRelease(before.Id, release), new JobRequest { DedupeKey = $"check {release:N}", Priority = QueuePriority.Low }, cancel);
        await DeployRelease.AskAllAsync(session, before.Id, release, reason, cancel);
        await signals.ChangedAsync(session, before.Name);
    }

    private sealed class Before
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public Guid? LiveRelease { get; init; }

        public long LiveSequence { get; init; }

        public bool IsPinned { get; init; }
    }
}
