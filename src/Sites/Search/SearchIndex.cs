using Rialto.Kernel;

namespace Rialto.Sites;

/// <summary>Makes the index that the browser searches, from the texts that were just written.</summary>
internal static class SearchIndex
{
    public const string Script = "assets/search.js";
    private const double TimeoutSeconds = 120;

    public static async Task WriteAsync(SiteModel model, PagefindProgram? pagefind, CountingOutput output, WarningList warnings, CancellationToken cancel)
    {
        if (pagefind is null)
        {
            warnings.Add("search.unavailable", "", "Pagefind is not installed, so the site has no search; ./rialto doctor says how to get it.");
            return;
        }
        var folder = Directory.CreateTempSubdirectory("rialto-search-").FullName;
        try
        {
            foreach (var page in model.Pages.Where(page => page.Kind is PageKind.Document or PageKind.Changelog)) await PutAsync(folder, page, model, cancel);
            var run = await ChildProcess.RunAsync(new ChildCommand(pagefind.Program, ["--site", folder, "--output-subdir", "pagefind", "--quiet"]) { TimeoutSeconds = TimeoutSeconds }, cancel: cancel);
            run.OrRefuse("search.failed", "Pagefind could not index the site.");
            var made = Path.Combine(folder, "pagefind");
            foreach (var file in Directory.EnumerateFiles(made, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var name = Path.GetRelativePath(made, file).Replace('\\', '/');
                // Its own user interfaces are not used: the site brings one that fits.
                if (!name.Contains("-ui", StringComparison.Ordinal) && !name.StartsWith("pagefind-highlight", StringComparison.Ordinal) && !name.StartsWith("pagefind-modular", StringComparison.Ordinal)) await output.WriteAsync("pagefind/" + name, await File.ReadAllBytesAsync(file, cancel), cancel);
            }
            await output.WriteAsync(Script, Resources.Bytes("search.js"), cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Only the text of a page is indexed: the frame would be found on every page.</summary>
    private static async Task PutAsync(string folder, SitePage page, SiteModel model, CancellationToken cancel)
    {
        var body = page.Html ?? string.Concat(model.Releases.Select(release => $"<h2 id=\"{release.Anchor}\">{Entities.Escape(release.Version)}</h2>{release.Html}"));
        var file = Path.Combine(folder, PageRenderer.FileOf(page.Url));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, $"<!DOCTYPE html><html lang=\"{Entities.Escape(page.Language)}\"><head><title>{Entities.Escape(page.Title)}</title></head><body data-pagefind-body><h1 data-pagefind-meta=\"title\" hidden>{Entities.Escape(page.Title)}</h1>{body}</body></html>", cancel);
    }
}
