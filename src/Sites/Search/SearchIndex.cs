using Rialto.Kernel;

namespace Rialto.Sites;

/// <summary>Makes the index that the browser searches, from the texts of the pages; needs no page to be drawn, so it runs beside that.</summary>
internal static class SearchIndex
{
    public const string Script = "assets/search.js";
    private const double TimeoutSeconds = 120;

    public static async Task WriteAsync(SiteModel model, PagefindProgram? pagefind, CountingOutput output, WarningList warnings, CancellationToken cancel)
    {
        if (!Covers(model)) return;
        if (pagefind is null)
        {
            warnings.Add("search.unavailable", "", "Pagefind is not installed, so the site has no search; ./rialto doctor says how to get it.");
            return;
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(TimeoutSeconds));
        try
        {
            foreach (var (path, content) in await IndexAsync(model, pagefind, limit.Token))
                // Its own user interfaces are not used: the site brings one that fits.
                if (!path.Contains("-ui", StringComparison.Ordinal) && !path.StartsWith("pagefind-highlight", StringComparison.Ordinal) && !path.StartsWith("pagefind-modular", StringComparison.Ordinal)) await output.WriteAsync("pagefind/" + path, content, cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new Refusal("search.failed", $"Pagefind took longer than {TimeoutSeconds:0} seconds to index the site and was stopped.", 503);
        }
        await output.WriteAsync(Script, Resources.Bytes("search.js"), cancel);
    }

    /// <summary>Whether there is any page to search, and search is wanted.</summary>
    public static bool Covers(SiteModel model) => model.Settings.Search && model.Pages.Any(IsCovered);

    private static bool IsCovered(SitePage page) => page.Kind is PageKind.Document or PageKind.Changelog;

    private static async Task<IEnumerable<(string Path, byte[] Content)>> IndexAsync(SiteModel model, PagefindProgram pagefind, CancellationToken cancel)
    {
        await using var session = new PagefindSession(pagefind, cancel);
        foreach (var page in model.Pages.Where(IsCovered)) await session.AddAsync("/" + page.Url, TextOf(page, model), cancel);
        return (await session.FinishAsync(cancel)).OrderBy(file => file.Path, StringComparer.Ordinal);
    }

    /// <summary>Only the text of a page is indexed: the frame would be found on every page.</summary>
    private static string TextOf(SitePage page, SiteModel model)
    {
        var body = page.Html ?? string.Concat(model.Releases.Select(release => $"<h2 id=\"{release.Anchor}\">{Entities.Escape(release.Version)}</h2>{release.Html}"));
        return $"<!DOCTYPE html><html lang=\"{Entities.Escape(page.Language)}\"><head><title>{Entities.Escape(page.Title)}</title></head><body data-pagefind-body><h1 data-pagefind-meta=\"title\" hidden>{Entities.Escape(page.Title)}</h1>{body}</body></html>";
    }
}
