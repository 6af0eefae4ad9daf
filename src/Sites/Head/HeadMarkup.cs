using System.Text;

namespace Rialto.Sites;

/// <summary>What search engines, chats and browsers read in a page's head.</summary>
internal static class HeadMarkup
{
    public static string For(SiteModel model, SitePage page)
    {
        var head = new StringBuilder(2048);
        var title = page.Kind == PageKind.Landing ? LandingTitle(model) : page.Title == model.Title ? page.Title : $"{page.Title} · {model.Title}";
        head.Append("<title>").AppendEscaped(title).Append("</title>\n");
        Meta(head, "name", "description", page.Description);
        if (page.Kind == PageKind.NotFound) Meta(head, "name", "robots", "noindex");
        else Addresses(head, model, page);
        Cards(head, model, page, title);
        Icons(head, model, page);
        if (page.Kind != PageKind.NotFound) head.Append("<script type=\"application/ld+json\">").Append(StructuredData.For(model, page)).Append("</script>\n");
        return head.ToString();
    }

    private static string LandingTitle(SiteModel model)
    {
        var line = model.Settings.Tagline ?? model.Facts.Tagline?.Value ?? model.Facts.Summary?.Value;
        return line is null ? model.Title : $"{model.Title} · {Titles.Shorten(line, 60)}";
    }

    private static void Addresses(StringBuilder head, SiteModel model, SitePage page)
    {
        if (model.Absolute(page.Url) is { } canonical) Link(head, "canonical", canonical);
        foreach (var (language, _, url) in page.Alternates)
            head.Append("<link rel=\"alternate\" hreflang=\"").AppendEscaped(language).Append("\" href=\"").AppendEscaped(model.Absolute(url) ?? model.Href(page, url)).Append("\">\n");
        if (model.Releases.Count > 0)
            head.Append("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"").AppendEscaped(model.Title).Append("\" href=\"").AppendEscaped(model.Href(page, "releases.atom")).Append("\">\n");
        if (page.Previous is { } previous) Link(head, "prev", model.Href(page, previous.Url));
        if (page.Next is { } next) Link(head, "next", model.Href(page, next.Url));
    }

    private static void Cards(StringBuilder head, SiteModel model, SitePage page, string title)
    {
        Meta(head, "property", "og:type", page.Kind == PageKind.Landing ? "website" : "article");
        Meta(head, "property", "og:title", page.Kind == PageKind.Landing ? model.Title : page.Title);
        Meta(head, "property", "og:description", page.Description);
        Meta(head, "property", "og:site_name", model.Title);
        Meta(head, "property", "og:locale", page.Language.Replace('-', '_'));
        if (model.Absolute(page.Url) is { } address) Meta(head, "property", "og:url", address);
        var card = page.CardUrl is { } url ? model.Absolute(url) : null;
        Meta(head, "name", "twitter:card", card is null ? "summary" : "summary_large_image");
        if (card is null) return;
        Meta(head, "property", "og:image", card);
        Meta(head, "property", "og:image:width", "1200");
        Meta(head, "property", "og:image:height", "630");
        Meta(head, "property", "og:image:alt", title);
    }

    private static void Icons(StringBuilder head, SiteModel model, SitePage page)
    {
        foreach (var icon in model.Icons)
        {
            var href = model.Href(page, icon);
            if (icon == "favicon.svg") head.Append("<link rel=\"icon\" type=\"image/svg+xml\" href=\"").Append(href).Append("\">\n");
            else if (icon == "favicon.ico") head.Append("<link rel=\"icon\" sizes=\"32x32\" href=\"").Append(href).Append("\">\n");
            else if (icon == "apple-touch-icon.png") Link(head, "apple-touch-icon", href);
        }
        Link(head, "manifest", model.Href(page, "manifest.webmanifest"));
        if (model.Accent is { } accent) Meta(head, "name", "theme-color", accent);
    }

    private static void Meta(StringBuilder head, string kind, string name, string content)
    {
        if (content.Length > 0) head.Append("<meta ").Append(kind).Append("=\"").Append(name).Append("\" content=\"").AppendEscaped(content).Append("\">\n");
    }

    private static void Link(StringBuilder head, string relation, string href) =>
        head.Append("<link rel=\"").Append(relation).Append("\" href=\"").AppendEscaped(href).Append("\">\n");
}
