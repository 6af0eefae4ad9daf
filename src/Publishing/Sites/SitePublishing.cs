using Dapper;
using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Publishing;

/// <inheritdoc cref="ISitePublishing"/>
internal sealed class SitePublishing(Database database, IConnectedRepositories repositories, PublishingOptions options) : ISitePublishing
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    public async Task<SitePublication> PublishAsync(TenantSession session, string source, string? name = null, CancellationToken cancel = default)
    {
        name = name is null ? SiteName.From(LastWord(source)) : SiteName.Require(name);
        var found = await SiteStore.TryFindAsync(session, name, cancel);
        var site = found ?? await CreateSiteOperation.CreateAsync(session, name, source, null, null, cancel);
        if (found is null) await repositories.AddLocalAsync(session, source, cancel);
        if (site.Source != source) throw new Refusal("publishing.name_taken", $"The site {name} shows {site.Source}; choose another name.", 409);
        var asked = await BuildRequests.AskAsync(session, site, null, null, options, cancel);
        return new SitePublication(name, options.AddressOf(name), asked.Job, found is null);
    }

    public async Task<SitePublication> PublishFirstAsync(TenantId tenant, string source, CancellationToken cancel = default)
    {
        var name = SiteName.From(LastWord(source));
        // Not the live one: who has gone back to an older release is not sent forward by a restart.
        string? newest;
        await using (var session = await database.BeginAsync(tenant, cancel))
            newest = await session.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                """
                select r.commit from publishing.sites s join publishing.releases r on r.tenant_id = s.tenant_id and r.site_id = s.id
                where s.tenant_id = @tenant and s.name = @name and s.source = @source and s.live_release is not null order by r.sequence desc limit 1
                """, new { tenant = tenant.Value, name, source }, cancellationToken: cancel));
        if (newest is not null && await CommitAsync(tenant, source, cancel) == newest) return new SitePublication(name, options.AddressOf(name), null, false);
        await using (var session = await database.BeginAsync(tenant, cancel))
        {
            session.Actor = "platform";
            var asked = await PublishAsync(session, source, name, cancel);
            await session.CommitAsync(cancel);
            return asked;
        }
    }

    public async Task<IReadOnlyList<SitePublication>> ListOpenAsync(CancellationToken cancel = default)
    {
        await using var session = await database.BeginAsync(TenantId.Platform, cancel);
        var names = await session.Connection.QueryAsync<string>(new CommandDefinition(
            "select name from (select name, live_at from publishing.sites where visibility = 'public' and live_release is not null order by live_at desc limit 100) s order by name", cancellationToken: cancel));
        return [.. names.Select(name => new SitePublication(name, options.AddressOf(name), null, false))];
    }

    public async Task<IReadOnlyList<string>> PushedAsync(TenantSession session, string source, string branch, string commit, CancellationToken cancel = default)
    {
        var sites = (await session.Connection.QueryAsync<SiteInfo>(new CommandDefinition(
            $"select {SiteStore.Columns} from publishing.sites where tenant_id = @tenant and source = @source order by id", new { tenant = session.Tenant.Value, source }, cancellationToken: cancel))).AsList();
        foreach (var site in sites) await BuildRequests.AskAsync(session, site, branch, commit, options, cancel);
        return [.. sites.Select(site => site.Name)];
    }

    public async Task<Uri> WaitUntilLiveAsync(TenantId tenant, SitePublication publication, CancellationToken cancel = default)
    {
        while (true)
        {
            await using (var session = await database.BeginAsync(tenant, cancel))
            {
                var job = await session.FindJobAsync(publication.Job ?? throw new ArgumentException("Nothing is being built.", nameof(publication)), cancel);
                if (job.State == "done") return publication.Address;
                if (job.State is "failed" or "cancelled") throw new Refusal(job.ErrorCode ?? "publishing.stopped", job.Error ?? "The build was stopped.");
            }
            await Task.Delay(BetweenLooks, cancel);
        }
    }

    private async Task<string> CommitAsync(TenantId tenant, string source, CancellationToken cancel)
    {
        await using var tree = await repositories.OpenAsync(tenant, source, cancel: cancel);
        return tree.Identity.Commit;
    }

    private static string LastWord(string source)
    {
        var end = source.TrimEnd('/');
        if (end.EndsWith("/.git", StringComparison.Ordinal)) end = end[..^5];
        var word = end[(end.LastIndexOfAny(['/', '\\', ':']) + 1)..];
        return word.Split('@')[0] is var bare && bare.EndsWith(".git", StringComparison.Ordinal) ? bare[..^4] : bare;
    }
}
