using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <inheritdoc cref="ISitePublishing"/>
internal sealed class SitePublishing(Database database, PublishingOptions options) : ISitePublishing
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    public async Task<SitePublication> PublishAsync(TenantSession session, string source, string? name = null, CancellationToken cancel = default)
    {
        name = name is null ? SiteName.From(LastWord(source)) : SiteName.Require(name);
        var found = await SiteStore.TryFindAsync(session, name, cancel);
        var site = found ?? await CreateSiteOperation.CreateAsync(session, name, source, null, null, cancel);
        if (site.Source != source) throw new Refusal("publishing.name_taken", $"The site {name} shows {site.Source}; choose another name.", 409);
        var asked = await BuildRequests.AskAsync(session, site, null, null, options, cancel);
        return new SitePublication(name, options.AddressOf(name), asked.Job!.Value, found is null);
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
                var job = await session.FindJobAsync(publication.Job, cancel);
                if (job.State == "done") return publication.Address;
                if (job.State is "failed" or "cancelled") throw new Refusal(job.ErrorCode ?? "publishing.stopped", job.Error ?? "The build was stopped.");
            }
            await Task.Delay(BetweenLooks, cancel);
        }
    }

    private static string LastWord(string source)
    {
        var end = source.TrimEnd('/');
        if (end.EndsWith("/.git", StringComparison.Ordinal)) end = end[..^5];
        var word = end[(end.LastIndexOfAny(['/', '\\', ':']) + 1)..];
        return word.Split('@')[0] is var bare && bare.EndsWith(".git", StringComparison.Ordinal) ? bare[..^4] : bare;
    }
}
