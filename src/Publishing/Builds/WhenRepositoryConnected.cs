using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Publishing;

/// <summary>Makes the site that was asked for with the repository. Safe to run twice: a site that is there already is only asked to be built.</summary>
internal sealed class WhenRepositoryConnected(PublishingOptions options) : IEventReader
{
    private const int MostTries = 20;

    public string Name => "publishing.repository_connected";

    public IReadOnlyCollection<string> Kinds { get; } = [RepositoriesEvents.Connected.Name];

    public async Task HandleAsync(RecordedEvent happened, TenantSession session, CancellationToken cancel)
    {
        var connected = happened.Read(RepositoriesEvents.Connected);
        if (connected.Site is null) return;
        var wanted = SiteName.From(connected.Site.Length > 0 ? connected.Site : LastWord(connected.Source));
        // Names are addresses, so somebody else may have it: the next free one is taken.
        for (var number = 1; number <= MostTries; number++)
        {
            var name = number == 1 ? wanted : $"{wanted}-{number}";
            if (await SiteStore.TryFindAsync(session, name, cancel) is { } own && own.Source != connected.Source || !await SiteNames.TakeAsync(session, name, cancel)) continue;
            var site = await SiteStore.TryFindAsync(session, name, cancel) ?? await CreateSiteOperation.CreateAsync(session, name, connected.Source, null, null, cancel);
            await BuildRequests.AskAsync(session, site, null, null, options, cancel);
            return;
        }
    }

    private static string LastWord(string source) => source[(source.LastIndexOfAny(['/', ':']) + 1)..];
}
