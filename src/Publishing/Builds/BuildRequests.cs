using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Takes requests to publish. However many come for a branch, one build runs and at most one more waits, for the newest of them.</summary>
internal static class BuildRequests
{
    /// <summary>
    /// Asks for a build of <paramref name="commit"/> (the newest of the branch when null) in the session's transaction.
    /// The same commit of the same branch asked for again, as a webhook delivered twice would, changes nothing.
    /// </summary>
    /// <exception cref="Refusal"><c>publishing.site_not_found</c>.</exception>
    public static async Task<BuildRequested> AskAsync(TenantSession session, SiteInfo site, string? branch, string? commit, PublishingOptions options, CancellationToken cancel)
    {
        var tenant = session.Tenant.Value;
        if (branch == site.Branch || branch is null) branch = "";
        // The site's row is held until the commit: numbers are given in the order in which requests become true.
        var sequence = await session.Connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "update publishing.sites set last_sequence = last_sequence + 1 where tenant_id = @tenant and id = @Id returning last_sequence", new { tenant, site.Id }, cancellationToken: cancel));
        var isNew = await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into publishing.heads (site_id, branch, commit, sequence) values (@Id, @branch, @commit, @sequence)
            on conflict (tenant_id, site_id, branch) do update set commit = excluded.commit, sequence = excluded.sequence, at = now()
            where excluded.commit is null or heads.commit is distinct from excluded.commit
            """, new { site.Id, branch, commit, sequence }, cancellationToken: cancel)) > 0;
        if (!isNew) return new BuildRequested { Site = site.Name, Branch = branch, Commit = commit };
        var key = $"{site.Id:N}/{branch}";
        var job = await session.EnqueueAsync(BuildSite.Kind, new BuildSite(site.Id, branch), new JobRequest { DedupeKey = key, ExclusiveKey = key, TimeoutSeconds = options.BuildTimeoutSeconds }, cancel);
        return new BuildRequested { Site = site.Name, Branch = branch, Commit = commit, Job = job, Sequence = sequence };
    }
}

/// <summary>A request that was taken.</summary>
internal sealed record BuildRequested
{
    public required string Site { get; init; }

    /// <summary>The branch; empty for the one that goes live.</summary>
    public required string Branch { get; init; }

    public string? Commit { get; init; }

    /// <summary>The job that will build it; null when this very commit had been asked for already.</summary>
    public Guid? Job { get; init; }

    /// <summary>Its number among the site's requests; 0 when nothing new was asked for.</summary>
    public long Sequence { get; init; }
}
