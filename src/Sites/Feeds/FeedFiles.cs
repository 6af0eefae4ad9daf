using System.Globalization;
using System.Text;

namespace Rialto.Sites;

/// <summary>What machines read: the sitemap, robots.txt, the feed of releases, llms.txt.</summary>
internal static class FeedFiles
{
    /// <summary>Longest llms-full.txt, in characters; what is beyond is named in llms.txt.</summary>
    private const int MaxFullChars = 4 * 1024 * 1024;

    public static async Task WriteAsync(SiteModel model, IReadOnlyList<Document> documents, TreeIndex tree, CountingOutput output, CancellationToken cancel)
    {
        if (model.BaseUrl is not null) await output.WriteTextAsync("sitemap.xml", Sitemap(model), cancel);
        await output.WriteTextAsync("robots.txt", "User-agent: *\nAllow: /\n" + (model.Absolute("sitemap.xml") is { } map ? $"Sitemap: {map}\n" : ""), cancel);
        if (model.Releases.Count > 0) await output.WriteTextAsync("releases.atom", Atom(model), cancel);
        await output.WriteTextAsync("llms.txt", Guide(model), cancel);
        await output.WriteTextAsync("llms-full.txt", await FullAsync(model, documents, tree, cancel), cancel);
    }

    private static string Sitemap(SiteModel model)
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
        var changed = model.Facts.Repository.CommittedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var page in model.Pages.Where(page => page.Kind != PageKind.NotFound))
        {
            xml.Append("<url><loc>").AppendEscaped(model.Absolute(page.Url)).Append("</loc><lastmod>").Append(changed).Append("</lastmod>");
            foreach (var (language, _, url) in page.Alternates) xml.Append("<xhtml:link rel=\"alternate\" hreflang=\"").AppendEscaped(language).Append("\" href=\"").AppendEscaped(model.Absolute(url)).Append("\"/>");
            xml.Append("</url>\n");
        }
        return xml.Append("</urlset>\n").ToString();
    }

    /// <summary>Without a base URL addresses are relative to the feed, which the format allows; ids come from the repository, so they never change.</summary>
    private static string Atom(SiteModel model)
    {
        var repository = model.Facts.Repository;
        var root = repository.WebUrl ?? model.Absolute("") ?? $"urn:rialto:{Uri.EscapeDataString(repository.Name)}";
        var updated = model.Releases.Max(release => release.Date) is { } newest ? Day(newest) : repository.CommittedAt.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>").AppendEscaped($"{model.Title}: releases").Append("</title>\n<id>").AppendEscaped(root + "#releases").Append("</id>\n<updated>").Append(updated).Append("</updated>\n<author><name>").AppendEscaped(model.Title).Append("</name></author>\n<link rel=\"self\" href=\"").AppendEscaped(model.Absolute("releases.atom") ?? "releases.atom").Append("\"/>\n<link href=\"").AppendEscaped(model.Absolute("changelog/") ?? "changelog/").Append("\"/>\n");
        foreach (var release in model.Releases.Where(release => !release.Version.Equals("Unreleased", StringComparison.OrdinalIgnoreCase)).Take(30))
            xml.Append("<entry><title>").AppendEscaped(release.Version).Append("</title><id>").AppendEscaped($"{root}#release-{release.Anchor}").Append("</id><updated>").Append(release.Date is { } date ? Day(date) : updated)
                .Append("</updated><link href=\"").AppendEscaped((model.Absolute("changelog/") ?? "changelog/") + "#" + release.Anchor).Append("\"/><content type=\"html\">").AppendEscaped(release.Html).Append("</content></entry>\n");
        return xml.Append("</feed>\n").ToString();
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";

    private static string Guide(SiteModel model)
    {
        var text = new StringBuilder($"# {model.Title}\n\n> {Titles.Flatten(model.Facts.Summary?.Value ?? model.Pages[0].Description)}\n");
        if (model.Facts.Repository.WebUrl is { } web) text.Append($"\nSource: {web}\n");
        if (model.Facts.Licence is { } licence) text.Append($"Licence: {licence.Expression}\n");
        foreach (var group in model.Pages.Where(page => page.Kind is not (PageKind.NotFound or PageKind.Landing)).GroupBy(page => page.Kind == PageKind.Document ? "Documentation" : "Project"))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n");
            foreach (var page in group) text.Append($"- [{page.Title.Replace("]", "\\]", StringComparison.Ordinal)}]({model.Absolute(page.Url) ?? Paths.Href("", page.Url)}): {page.Description}\n");
        }
        return text.Append($"\n## Optional\n\n- [Everything in one file]({model.Absolute("llms-full.txt") ?? "llms-full.txt"})\n").ToString();
    }

    private static async Task<string> FullAsync(SiteModel model, IReadOnlyList<Document> documents, TreeIndex tree, CancellationToken cancel)
    {
        var text = new StringBuilder();
        var sources = documents.ToDictionary(document => document.Url, StringComparer.Ordinal);
        foreach (var page in model.Pages.Where(page => page.Kind == PageKind.Document && page.Language.Split('-')[0] == model.Language.Split('-')[0]))
        {
            if (text.Length > MaxFullChars) break;
            if (!sources.TryGetValue(page.Url, out var document) || tree.File(document.SourcePath) is not { } entry) continue;
            text.Append($"<!-- {document.SourcePath} -->\n\n").Append(FrontMatter.Split(await tree.TextAsync(entry, cancel)).Body.Trim()).Append("\n\n");
        }
        return text.ToString();
    }
}
