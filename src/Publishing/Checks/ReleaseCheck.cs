using AngleSharp.Html.Parser;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Looks at a whole release as its visitors will: links, weight, accessibility, headers. Reads the stored files; nothing is asked of the network.</summary>
internal sealed class ReleaseCheck(IBlobStore blobs)
{
    private const int MostPages = 2000, LargestPageBytes = 4 * 1024 * 1024;
    private const long HeavyPageBytes = 1536 * 1024, HeavyImageBytes = 512 * 1024;

    public async Task<CheckReport> RunAsync(ServedSite site, ReleaseManifest manifest, Uri address, CancellationToken cancel)
    {
        var release = site.Release!;
        var (found, links) = (new CheckFindings(), new SiteLinks(release, address));
        var outlines = new List<PageOutline>();
        var parser = new HtmlParser();
        var pages = manifest.Files.Where(file => file.IsPage).ToArray();
        foreach (var file in pages.Where(file => file.Bytes <= LargestPageBytes).OrderBy(file => file.Path.Count(letter => letter == '/')).Take(MostPages))
        {
            cancel.ThrowIfCancellationRequested();
            await using var stream = await blobs.OpenAsync(BlobId.Parse(file.Blob), cancel);
            using var page = await parser.ParseDocumentAsync(stream, cancel);
            AccessibilityRules.Check(file.Path, page, found);
            outlines.Add(PageOutline.Of(file.Path, page));
        }
        var followed = Follow(outlines, links, found);
        var weights = outlines.ToDictionary(outline => outline.Path, outline => Weigh(outline, release, links, found), StringComparer.Ordinal);
        if (release.Find("/") is { } front) HeaderChecks.Check(site, front, found);
        var heaviest = weights.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).FirstOrDefault();
        return new CheckReport
        {
            Release = Guid.Empty, Pages = pages.Length, PagesChecked = outlines.Count, Links = followed, FrontBytes = weights.GetValueOrDefault("index.html"), HeaviestPage = heaviest.Key ?? "",
            HeaviestBytes = heaviest.Value, Problems = found.Counts, Findings = found.Kept,
        };
    }

    private static int Follow(List<PageOutline> outlines, SiteLinks links, CheckFindings found)
    {
        var (byPath, followed) = (outlines.ToDictionary(outline => outline.Path, StringComparer.Ordinal), 0);
        foreach (var outline in outlines)
        {
            foreach (var written in outline.Links.Distinct(StringComparer.Ordinal))
            {
                if (links.Resolve(outline.Path, written) is not var (path, place)) continue;
                followed++;
                var target = links.Find(path);
                if (target is null)
                {
                    if (!links.IsSentOn(path)) found.Add("link.broken", outline.Path, $"{written} leads to nothing.");
                }
                else if (place.Length > 0 && !place.StartsWith(":~:", StringComparison.Ordinal) && place != "top" && byPath.TryGetValue(target.Path, out var there) && !there.Places.Contains(place))
                    found.Add("link.place", outline.Path, $"{written}: the page has no place called {place}.");
            }
            foreach (var written in outline.Resources.Distinct(StringComparer.Ordinal))
                if (links.Resolve(outline.Path, written) is var (path, _) && links.Find(path) is null && !links.IsSentOn(path)) found.Add("link.resource", outline.Path, $"{written} is loaded and not there.");
        }
        return followed;
    }

    private static long Weigh(PageOutline outline, ServedRelease release, SiteLinks links, CheckFindings found)
    {
        var bytes = release.Find("/" + outline.Path) is { } page ? Sent(page) : 0;
        foreach (var file in outline.Resources.Select(written => links.Resolve(outline.Path, written)).OfType<(string Path, string)>().Select(target => links.Find(target.Path)).OfType<ServedFile>().Distinct())
        {
            bytes += Sent(file);
            if (Sent(file) > HeavyImageBytes && file.Type.ToString().StartsWith("image/", StringComparison.Ordinal)) found.Add("weight.image", outline.Path, $"{file.Path} weighs {Sent(file) / 1024} kB; a smaller picture or AVIF would do.");
        }
        if (bytes > HeavyPageBytes) found.Add("weight.page", outline.Path, $"The page weighs {bytes / 1024} kB with all it loads; visitors on phones wait for it.");
        return bytes;
    }

    // As most visitors get it.
    private static long Sent(ServedFile file) => Math.Min(file.Brotli?.Bytes ?? long.MaxValue, file.Plain.Bytes);
}
