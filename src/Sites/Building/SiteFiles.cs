using Rialto.Media;
using Rialto.Sites.Themes.Catalogue;

namespace Rialto.Sites;

/// <summary>
/// Everything that is made from the finished model, at the same time: pages are drawn here while the workshop shapes the cards' text and
/// Pagefind reads the texts for the search.
/// </summary>
internal static class SiteFiles
{
    public static async Task WriteAsync(SiteModel model, SiteParts parts, SiteContext site, ThemeBundle bundle, ReadOnlyMemory<byte>? logo, CountingOutput output, Action<int> drawn, CancellationToken cancel)
    {
        var hasCards = parts.Cards is not null && model.BaseUrl is not null;
        if (hasCards) CardFiles.Assign(model);
        // Whatever fails stops the others: a build without its pages or its search is no build.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var search = Beside(() => SearchIndex.WriteAsync(model, parts.Search, output, site.Warnings, stop.Token));
        var cards = hasCards ? Beside(() => CardFiles.DrawAsync(model, parts.Cards!, logo, output, site.Warnings, stop.Token)) : Task.FromResult(true);
        var feeds = Beside(() => FeedFiles.WriteAsync(model, site.Documents.All, site.Tree, output, stop.Token));
        var pages = Beside(() => PageRenderer.RenderAsync(model, bundle, output, drawn, stop.Token));
        Task[] all = [search, cards, feeds, pages];
        try
        {
            await foreach (var done in Task.WhenEach(all)) await done;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(all).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        // The pages already name cards that will never be: rare, so they are simply drawn again.
        if (!await cards) await PageRenderer.RenderAsync(model, bundle, output, null, cancel);
    }

    private static Task Beside(Func<Task> work) => Task.Run(work);

    private static Task<bool> Beside(Func<Task<bool>> work) => Task.Run(work);
}
