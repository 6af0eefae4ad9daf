using Rialto.Analysis;

namespace Rialto.Sites;

/// <summary>Everything a theme needs to draw any page: read-only, complete before the first page is rendered.</summary>
public sealed record SiteModel
{
    public required Facts Facts { get; init; }
    public required SiteSettings Settings { get; init; }
    /// <summary>Theme id in use.</summary>
    public required string Theme { get; init; }
    public required string Title { get; init; }
    /// <summary>BCP 47 tag of the site's prevailing language, and its direction (<c>ltr</c> or <c>rtl</c>).</summary>
    public required string Language { get; init; }
    public required string Direction { get; init; }
    public Uri? BaseUrl { get; init; }
    /// <summary>The logo to show in the header, where the repository has one.</summary>
    public SitePicture? Logo { get; init; }
    /// <summary>The real picture for the landing page (screenshot, demo), where the repository has one.</summary>
    public SitePicture? Hero { get; init; }
    /// <summary>Further screenshots and diagrams.</summary>
    public required IReadOnlyList<SitePicture> Gallery { get; init; }
    /// <summary>The README's example, highlighted; null when there is none.</summary>
    public RenderedCode? Example { get; init; }
    /// <summary>Documentation navigation: groups of pages.</summary>
    public required IReadOnlyList<NavigationGroup> Navigation { get; init; }
    public required IReadOnlyList<SitePage> Pages { get; init; }
    /// <summary>The changelog's releases as sanitised HTML, newest first, for a page at <c>changelog/</c>; empty when there is no changelog.</summary>
    public IReadOnlyList<RenderedRelease> Releases { get; init; } = [];
    /// <summary>Whether the site can be searched (its index is in <c>pagefind/</c>); decides about the search button.</summary>
    public bool HasSearch { get; init; }
    /// <summary>Names at the site's root, of the icons that were made: <c>favicon.svg</c>, <c>icon-192.png</c> …</summary>
    public IReadOnlyList<string> Icons { get; init; } = [];
    /// <summary>Accent colour as asked for, or the leading language's; <c>#rrggbb</c>. Themes adjust it for contrast.</summary>
    public string? Accent { get; init; }
    /// <summary>Address of a file at the analysed commit on the host, where the host is known: the proof behind a fact.</summary>
    public Func<Evidence, string?> EvidenceUrl { get; init; } = _ => null;

    private PagesByKind? kinds;

    /// <summary>The first page of a kind, where the site has one. Every page asks several times, so the pages are not searched anew.</summary>
    public SitePage? FirstOf(PageKind kind)
    {
        // A copy of the model may hold other pages.
        var known = kinds is { } made && ReferenceEquals(made.Of, Pages) ? made : new PagesByKind(Pages, Pages.GroupBy(page => page.Kind).ToDictionary(group => group.Key, group => group.First()));
        kinds = known;
        return known.First.GetValueOrDefault(kind);
    }

    private sealed record PagesByKind(IReadOnlyList<SitePage> Of, Dictionary<PageKind, SitePage> First);
}

/// <param name="Version">As written.</param>
/// <param name="Anchor">Id of its place on the changelog page.</param>
/// <param name="Html">Sanitised HTML of the entry.</param>
public sealed record RenderedRelease(string Version, DateOnly? Date, string Anchor, string Html);

public enum PageKind { Landing, Document, Changelog, Licence, NotFound, Roadmap }

/// <summary>One page.</summary>
public sealed record SitePage
{
    public required PageKind Kind { get; init; }
    /// <summary>Address relative to the site's root, ending in <c>/</c> for folders: empty for landing, <c>docs/guide/</c>, <c>404.html</c>.</summary>
    public required string Url { get; init; }
    public required string Title { get; init; }
    /// <summary>Plain text for search engines and cards, at most 160 characters.</summary>
    public required string Description { get; init; }
    public required string Language { get; init; }
    public required string Direction { get; init; }
    /// <summary>Sanitised HTML of the content; null for pages that a theme composes from the facts.</summary>
    public string? Html { get; init; }
    /// <summary>Headings for the table of contents.</summary>
    public IReadOnlyList<PageHeading> Outline { get; init; } = [];
    /// <summary>Path in the repository it was made from.</summary>
    public string? SourcePath { get; init; }
    /// <summary>Where the source can be edited.</summary>
    public string? EditUrl { get; init; }
    public SitePage? Previous { get; set; }
    public SitePage? Next { get; set; }
    /// <summary>Relative URL of its 1200×630 card; null when cards cannot be drawn.</summary>
    public string? CardUrl { get; set; }
    /// <summary>The same page in other languages.</summary>
    public IReadOnlyList<PageAlternate> Alternates { get; set; } = [];
    /// <summary>The way from the documentation's start to this page, without the page itself.</summary>
    public IReadOnlyList<NavigationItem> Breadcrumbs { get; set; } = [];
    /// <summary>The part of the navigation to show on this page. Bounded: however large the documentation, only what is near is here.</summary>
    public IReadOnlyList<NavigationGroup> Navigation { get; set; } = [];
    /// <summary>Whether it holds mathematics (needs KaTeX's style sheet).</summary>
    public bool HasMath { get; init; }
    /// <summary>Whether it holds diagrams (needs Mermaid).</summary>
    public bool HasDiagrams { get; init; }
}

/// <param name="Language">BCP 47 tag.</param>
/// <param name="Label">The language's name in itself.</param>
/// <param name="Url">Relative to the site's root.</param>
public sealed record PageAlternate(string Language, string Label, string Url);

/// <param name="Level">2–4.</param>
/// <param name="Id">Anchor.</param>
/// <param name="Text">Plain text.</param>
public sealed record PageHeading(int Level, string Id, string Text);

/// <param name="Title">Null for the first, unnamed group.</param>
public sealed record NavigationGroup(string? Title, IReadOnlyList<NavigationItem> Items);

public sealed record NavigationItem(string Title, string Url, IReadOnlyList<NavigationItem> Children);

/// <summary>A picture of the site with its encodings.</summary>
/// <param name="Url">Relative to the site root: the fallback encoding.</param>
/// <param name="Sources">Other encodings and sizes, best first, for <c>&lt;source&gt;</c>.</param>
/// <param name="Dark">Variant for dark backgrounds.</param>
public sealed record SitePicture(string Url, string Alt, int? Width, int? Height, PictureKind Kind, IReadOnlyList<PictureSource> Sources, SitePicture? Dark);

/// <param name="Type">MIME type.</param>
/// <param name="Srcset">Value of <c>srcset</c> with URLs relative to the site root.</param>
public sealed record PictureSource(string Type, string Srcset);

/// <param name="Html">Highlighted, ready to stand inside <c>&lt;code&gt;</c>.</param>
/// <param name="Text">The plain text to copy.</param>
public sealed record RenderedCode(string Language, string Html, string Text, string? Caption, string? Output);
