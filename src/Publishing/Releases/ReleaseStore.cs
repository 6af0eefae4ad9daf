using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Releases as rows.</summary>
internal static class ReleaseStore
{
    private const string Columns = "id, sequence, branch, commit, manifest, files, pages, bytes, theme, is_kept as IsKept, created_at as CreatedAt";

    /// <summary>The release of the site.</summary>
    /// <exception cref="Refusal"><c>publishing.release_not_found</c>.</exception>
    public static async Task<ReleaseInfo> FindAsync(TenantSession session, Guid site, Guid id, CancellationToken cancel) =>
        await TryFindAsync(session, site, id, cancel) ?? throw new Refusal("publishing.release_not_found", "The site has no such release; old ones are removed unless they are kept.", 404);

    /// <summary>The release of the site, or null.</summary>
    public static Task<ReleaseInfo?> TryFindAsync(TenantSession session, Guid site, Guid id, CancellationToken cancel) =>
        session.Connection.QuerySingleOrDefaultAsync<ReleaseInfo>(new CommandDefinition(
            $"select {Columns} from publishing.releases where tenant_id = @tenant and site_id = @site and id = @id", new { tenant = session.Tenant.Value, site, id }, cancellationToken: cancel));

    /// <summary>The newest release of the branch, else of the site: what a new build most likely resembles. Null when there is none.</summary>
    public static Task<ReleaseInfo?> NewestAsync(TenantSession session, Guid site, string branch, CancellationToken cancel) =>
        session.Connection.QueryFirstOrDefaultAsync<ReleaseInfo>(new CommandDefinition(
            $"select {Columns} from publishing.releases where tenant_id = @tenant and site_id = @site order by branch = @branch desc, sequence desc limit 1",
            new { tenant = session.Tenant.Value, site, branch }, cancellationToken: cancel));
}

/// <summary>A release as people see it.</summary>
internal sealed record ReleaseInfo
{
    public Guid Id { get; init; }

    /// <summary>Number of the request to publish that made it; grows with each push.</summary>
    public long Sequence { get; init; }

    public string Branch { get; init; } = "";

    public string Commit { get; init; } = "";

    /// <summary>SHA-256 of the manifest: two releases with the same one are the same site, byte for byte.</summary>
    public string Manifest { get; init; } = "";

    public int Files { get; init; }

    public int Pages { get; init; }

    /// <summary>Size of all files, uncompressed.</summary>
    public long Bytes { get; init; }

    public string Theme { get; init; } = "";

    /// <summary>Kept whatever its age.</summary>
    public bool IsKept { get; init; }

    public DateTime CreatedAt { get; init; }
}
