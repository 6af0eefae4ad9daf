using Rialto.Sites.Themes.Catalogue;
using Rialto.Sites.Themes.Wording;

namespace Rialto.Sites.Themes;

/// <summary>
/// What <see cref="PageView"/> needs to draw one page. The pipeline makes one per page; the bundle is shared by all pages.
/// </summary>
public sealed record PageContext
{
    public required SiteModel Site { get; init; }
    public required SitePage Page { get; init; }
    public required ThemeBundle Bundle { get; init; }

    /// <summary>Elements for <c>&lt;head&gt;</c> (title, description, canonical link, cards, structured data): trusted HTML. A plain title and description stand in when it is null.</summary>
    public string? HeadHtml { get; init; }

    /// <summary>
    /// Script that searches the site, relative to its root; null leaves the search button out. The theme draws
    /// <c>button[data-search-open]</c> (hidden) and an empty <c>dialog#search</c>; the script fills and reveals them.
    /// </summary>
    public string? SearchScript { get; init; }

    /// <summary>Further scripts of the content (KaTeX, Mermaid), relative to the root, loaded deferred on this page only.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>Further style sheets of the content, relative to the root, on this page only.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    public ThemeDescription Theme => Bundle.Theme;
    internal UiWords Words => field ??= UiWords.For(Page.Language);

    /// <summary>Prefix from this page to the site's root. The error page is served at any depth, so its links are absolute.</summary>
    public string Root => field ??= Page.Kind == PageKind.NotFound
        ? Site.BaseUrl?.AbsolutePath.TrimEnd('/') + "/"
        : string.Concat(Enumerable.Repeat("../", Page.Url.Count(c => c == '/')));

    /// <summary>Address of a file or page of the site, as seen from this page; addresses elsewhere are left as they are.</summary>
    public string Href(string url)
    {
        if (IsElsewhere(url) || url.StartsWith('#')) return url;
        var full = Root + url.TrimStart('/');
        return full.Length == 0 ? "./" : full;
    }

    /// <summary>The first page of the given kind, where the site has one.</summary>
    public SitePage? Find(PageKind kind) => Site.FirstOf(kind);

    internal static bool IsElsewhere(string url) =>
        url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ||
        url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ||
        url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
}
