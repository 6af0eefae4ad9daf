using Dapper;
using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Publishing;

/// <summary>
/// Builds what was pushed, and takes the preview of a deleted branch away. One reader for both, so that a branch deleted and made
/// again is treated in that order.
/// </summary>
internal sealed class WhenPushed(ISitePublishing publishing, SiteSignals signals) : IEventReader
{
    public string Name => "publishing.pushed";

    public IReadOnlyCollection<string> Kinds { get; } = [RepositoriesEvents.Pushed.Name, RepositoriesEvents.BranchDeleted.Name];

    public async Task HandleAsync(RecordedEvent happened, TenantSession session, CancellationToken cancel)
    {
        if (happened.Name == RepositoriesEvents.Pushed.Name)
        {
            var pushed = happened.Read(RepositoriesEvents.Pushed);
            await publishing.PushedAsync(session, pushed.Source, pushed.Branch, pushed.Commit, cancel);
            return;
        }
        var deleted = happened.Read(RepositoriesEvents.BranchDeleted);
        var sites = (await session.Connection.QueryAsync<SiteInfo>(new CommandDefinition(
            $"select {SiteStore.Columns} from publishing.sites where tenant_id = @tenant and source = @Source order by id", new { tenant = session.Tenant.Value, deleted.Source }, cancellationToken: cancel))).AsList();
        foreach (var site in sites) await ForgetAsync(session, site, deleted.Branch, cancel);
    }

    private async Task ForgetAsync(TenantSession session, SiteInfo site, string branch, CancellationToken cancel)
    {
        var of = new { tenant = session.Tenant.Value, site.Id, branch };
        // Without its head a build that waits does nothing and one that runs shows nothing.
        await session.Connection.ExecuteAsync(new CommandDefinition("delete from publishing.heads where tenant_id = @tenant and site_id = @Id and branch = @branch and branch <> ''", of, cancellationToken: cancel));
        var labels = (await session.Connection.QueryAsync<string>(new CommandDefinition(
            "delete from publishing.previews where tenant_id = @tenant and site_id = @Id and kind = 'branch' and ref = @branch returning label", of, cancellationToken: cancel))).AsList();
        if (labels.Count == 0) return;
        foreach (var label in labels) await session.AnnounceAsync(PublishingEvents.PreviewRemoved, new PreviewRemoved(site.Name, label, branch), "site:" + site.Name, cancel);
        await signals.ChangedAsync(session, site.Name);
    }
}
