using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Sites as rows.</summary>
internal static class SiteStore
{
    internal const string Columns = """
        id, name, source, branch, theme, visibility, single_page as IsSinglePage, block_on_secrets as BlockOnSecrets, keep_releases as KeepReleases,
        live_release as LiveRelease, live_at as LiveAt, is_pinned as IsPinned, created_at as CreatedAt
        """;

    /// <summary>The tenant's site called <paramref name="name"/>.</summary>
    /// <exception cref="Refusal"><c>publishing.site_not_found</c>.</exception>
    public static async Task<SiteInfo> FindAsync(TenantSession session, string name, CancellationToken cancel) => await TryFindAsync(session, name, cancel) ?? throw NotFound();

    /// <summary>The tenant's site, or null.</summary>
    public static Task<SiteInfo?> TryFindAsync(TenantSession session, string name, CancellationToken cancel) => session.Connection.QuerySingleOrDefaultAsync<SiteInfo>(
        new CommandDefinition($"select {Columns} from publishing.sites where tenant_id = @tenant and name = @name", new { tenant = session.Tenant.Value, name }, cancellationToken: cancel));

    /// <summary>The tenant's site by id.</summary>
    /// <exception cref="Refusal"><c>publishing.site_not_found</c>.</exception>
    public static async Task<SiteInfo> FindAsync(TenantSession session, Guid id, CancellationToken cancel) => await TryFindAsync(session, id, cancel) ?? throw NotFound();

    /// <summary>The tenant's site by id, or null.</summary>
    public static Task<SiteInfo?> TryFindAsync(TenantSession session, Guid id, CancellationToken cancel) => session.Connection.QuerySingleOrDefaultAsync<SiteInfo>(
        new CommandDefinition($"select {Columns} from publishing.sites where tenant_id = @tenant and id = @id", new { tenant = session.Tenant.Value, id }, cancellationToken: cancel));

    /// <summary>What is said of a site that is not there, and of one that is somebody else's.</summary>
    public static Refusal NotFound() => new("publishing.site_not_found", "There is no such site in this organisation.", 404);
}

/// <summary>A site as people see it.</summary>
internal sealed record SiteInfo
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The repository: a path, an address or <c>owner/name</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>The branch whose pushes go live; null for the repository's own default.</summary>
    public string? Branch { get; init; }

    public string? Theme { get; init; }

    /// <summary><c>public</c>, <c>password</c> or <c>private</c>.</summary>
    public string Visibility { get; init; } = "public";

    public bool IsSinglePage { get; init; }

    /// <summary>Publish nothing while secrets are found; otherwise they are hidden and the owner is told.</summary>
    public bool BlockOnSecrets { get; init; }

    public int KeepReleases { get; init; }

    public Guid? LiveRelease { get; init; }

    public DateTime? LiveAt { get; init; }

    /// <summary>Held at its release: new builds do not go live.</summary>
    public bool IsPinned { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public string Url { get; init; } = "";
}
