using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Sites, looked at.</summary>
internal static class SiteOperations
{
    public static readonly RefusalNote NotFound = new("publishing.site_not_found", 404, "the organisation has no such site");

    private static readonly Listing<SiteInfo> Sites = new("publishing.sites", "id, name, source, branch, theme, visibility, single_page, block_on_secrets, keep_releases, live_release, live_at, is_pinned, created_at",
        row => new SiteInfo
        {
            Id = row.GetGuid(0), Name = row.GetString(1), Source = row.GetString(2), Branch = row.IsDBNull(3) ? null : row.GetString(3), Theme = row.IsDBNull(4) ? null : row.GetString(4), Visibility = row.GetString(5),
            IsSinglePage = row.GetBoolean(6), BlockOnSecrets = row.GetBoolean(7), KeepReleases = row.GetInt32(8), LiveRelease = row.IsDBNull(9) ? null : row.GetGuid(9), LiveAt = row.IsDBNull(10) ? null : row.GetDateTime(10),
            IsPinned = row.GetBoolean(11), CreatedAt = row.GetDateTime(12),
        }, [("createdAt", "created_at", "timestamptz"), ("name", "name", "text")], [("name", "name", "text"), ("visibility", "visibility", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/publishing/sites", List).As(new Operation("publishing.list_sites", "publishing.read", "Lists sites, newest first."));
        routes.MapGet("/api/v1/publishing/sites/{name}", Get).As(new Operation("publishing.get_site", "publishing.read", "Shows one site.") { Refusals = [NotFound] });
    }

    private static async Task<Ok<Page<SiteInfo>>> List([AsParameters] PageQuery page, string? visibility, string? createdAtFrom, string? createdAtBefore, TenantSession session, PublishingOptions options, CancellationToken cancel)
    {
        var found = await Sites.ReadAsync(session, page, new Dictionary<string, string?> { ["visibility"] = visibility, ["createdAtFrom"] = createdAtFrom, ["createdAtBefore"] = createdAtBefore }, cancel);
        return TypedResults.Ok(found with { Items = [.. found.Items.Select(site => site with { Url = options.AddressOf(site.Name).AbsoluteUri })] });
    }

    private static async Task<Ok<SiteInfo>> Get(string name, TenantSession session, PublishingOptions options, CancellationToken cancel) =>
        TypedResults.Ok(await SiteStore.FindAsync(session, name, cancel) with { Url = options.AddressOf(name).AbsoluteUri });
}
