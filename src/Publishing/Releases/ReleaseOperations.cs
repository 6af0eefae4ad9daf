using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Releases: looked at, compared, kept.</summary>
internal static class ReleaseOperations
{
    public static readonly RefusalNote NotFound = new("publishing.release_not_found", 404, "the site has no such release");

    private static readonly Listing<ReleaseInfo> Releases = new("publishing.releases", "id, sequence, branch, commit, manifest, files, pages, bytes, theme, is_kept, created_at",
        row => new ReleaseInfo
        {
            Id = row.GetGuid(0), Sequence = row.GetInt64(1), Branch = row.GetString(2), Commit = row.GetString(3), Manifest = row.GetString(4), Files = row.GetInt32(5), Pages = row.GetInt32(6), Bytes = row.GetInt64(7),
            Theme = row.GetString(8), IsKept = row.GetBoolean(9), CreatedAt = row.GetDateTime(10),
        }, [("sequence", "sequence", "bigint"), ("createdAt", "created_at", "timestamptz")], [("site", "site_id", "uuid"), ("branch", "branch", "text"), ("commit", "commit", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/publishing/sites/{name}/releases", List).As(new Operation("publishing.list_releases", "publishing.read", "Lists a site's releases, newest first.") { Refusals = [SiteOperations.NotFound] });
        routes.MapGet("/api/v1/publishing/sites/{name}/compare", Compare).As(new Operation("publishing.compare_releases", "publishing.read", "Says what is different between two releases.") { Refusals = [SiteOperations.NotFound, NotFound] });
        routes.MapPut("/api/v1/publishing/sites/{name}/releases/{release:guid}/kept", Keep).As(new Operation("publishing.keep_release", "publishing.write", "Keeps a release whatever its age, or no longer.")
        {
            Changes = true, Refusals = [SiteOperations.NotFound, NotFound], Example = """{"isKept":true}""",
        });
    }

    private static async Task<Ok<Page<ReleaseInfo>>> List(string name, [AsParameters] PageQuery page, string? branch, string? createdAtFrom, string? createdAtBefore, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        return TypedResults.Ok(await Releases.ReadAsync(session, page, new Dictionary<string, string?> { ["site"] = site.Id.ToString(), ["branch"] = branch, ["createdAtFrom"] = createdAtFrom, ["createdAtBefore"] = createdAtBefore }, cancel));
    }

    private static async Task<Ok<ReleaseDifference>> Compare(string name, Guid from, Guid to, TenantSession session, IBlobStore blobs, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var (before, after) = (await ReleaseStore.FindAsync(session, site.Id, from, cancel), await ReleaseStore.FindAsync(session, site.Id, to, cancel));
        return TypedResults.Ok(ReleaseDifference.Between(from, await ReleaseManifest.OpenAsync(blobs, before.Manifest, cancel), to, await ReleaseManifest.OpenAsync(blobs, after.Manifest, cancel)));
    }

    private static async Task<Ok<ReleaseInfo>> Keep(string name, Guid release, KeepRelease request, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        await session.Connection.ExecuteAsync("update publishing.releases set is_kept = @IsKept where tenant_id = @tenant and site_id = @Id and id = @release", new { request.IsKept, tenant = session.Tenant.Value, site.Id, release });
        return TypedResults.Ok(await ReleaseStore.FindAsync(session, site.Id, release, cancel));
    }
}

internal sealed record KeepRelease
{
    public required bool IsKept { get; init; }
}
