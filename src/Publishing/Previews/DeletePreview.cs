using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Takes a preview's address away, as when its branch is merged. The release stays until it is old; the next push of the branch brings the preview back.</summary>
internal static class DeletePreviewOperation
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/v1/publishing/sites/{name}/previews/{label}", Handle).As(
        new Operation("publishing.delete_preview", "publishing.write", "Takes a preview's address away.") { Changes = true, Refusals = [SiteOperations.NotFound, new RefusalNote("publishing.preview_not_found", 404, "the site has no such preview")] });

    private static async Task<NoContent> Handle(string name, string label, TenantSession session, SiteSignals signals, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var gone = await session.Connection.ExecuteAsync(new CommandDefinition("delete from publishing.previews where tenant_id = @tenant and site_id = @Id and label = @label",
            new { tenant = session.Tenant.Value, site.Id, label }, cancellationToken: cancel));
        if (gone == 0) throw new Refusal("publishing.preview_not_found", "The site has no such preview.", 404);
        await signals.ChangedAsync(session, name);
        return TypedResults.NoContent();
    }
}
