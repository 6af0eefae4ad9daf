using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Deletes a site with its releases, previews, builds and history. Visitors get nothing any more with the commit; the bytes go in the nightly collection.</summary>
internal static class DeleteSiteOperation
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/v1/publishing/sites/{name}", Handle).As(
        new Operation("publishing.delete_site", "publishing.write", "Deletes a site for good; its name stays with the organisation.") { Changes = true, Refusals = [SiteOperations.NotFound] });

    private static async Task<NoContent> Handle(string name, TenantSession session, SiteSignals signals, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var of = new { tenant = session.Tenant.Value, site.Id };
        // Held until the commit: a build that ends now finds no site, and one that has ended is counted.
        await session.Connection.ExecuteAsync(new CommandDefinition("select 1 from publishing.sites where tenant_id = @tenant and id = @Id for update", of, cancellationToken: cancel));
        await SiteNames.TakeAsync(session, name, cancel);
        foreach (var job in await session.Connection.QueryAsync<Guid>(new CommandDefinition("select job_id from publishing.builds where tenant_id = @tenant and site_id = @Id and state = 'running'", of, cancellationToken: cancel)))
            await session.CancelJobAsync(job, cancel);
        var releases = await session.Connection.ExecuteScalarAsync<int>(new CommandDefinition("select count(*)::int from publishing.releases where tenant_id = @tenant and site_id = @Id", of, cancellationToken: cancel));
        await session.Connection.ExecuteAsync(new CommandDefinition("delete from publishing.sites where tenant_id = @tenant and id = @Id", of, cancellationToken: cancel));
        await session.AnnounceAsync(PublishingEvents.SiteDeleted, new SiteDeleted(name, site.Id, releases), "site:" + name, cancel);
        await signals.ChangedAsync(session, name);
        return TypedResults.NoContent();
    }
}
