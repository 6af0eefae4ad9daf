namespace Rialto.Sites.Themes.Shared;

/// <summary>Where the header, the footer and the calls to action lead.</summary>
internal static class PageLinks
{
    public sealed record Link(string Text, string Url, bool IsCurrent);

    public static IEnumerable<Link> Main(PageContext context)
    {
        var (words, page) = (context.Words, context.Page);
        if (FirstDocument(context.Site) is { } docs) yield return new Link(words.Docs, docs, page.Kind == PageKind.Document);
        if (context.Find(PageKind.Changelog) is { } changelog) yield return new Link(words.Changelog, changelog.Url, page.Kind == PageKind.Changelog);
        if (context.Find(PageKind.Roadmap) is { } roadmap) yield return new Link(words.Roadmap, roadmap.Url, page.Kind == PageKind.Roadmap);
    }

    /// <summary>The first page of the documentation, as the navigation orders it.</summary>
    public static string? FirstDocument(SiteModel site) =>
        site.Navigation.SelectMany(g => g.Items).Select(i => i.Url).FirstOrDefault(u => !PageContext.IsElsewhere(u))
        ?? site.Pages.FirstOrDefault(p => p.Kind == PageKind.Document)?.Url;

    public static SiteAction? Primary(PageContext context) =>
        Allowed(context.Site.Settings.PrimaryAction)
        ?? (FirstDocument(context.Site) is { } docs ? new SiteAction(context.Words.GetStarted, docs) : Source(context));

    public static SiteAction? Secondary(PageContext context) =>
        Allowed(context.Site.Settings.SecondaryAction)
        ?? (Source(context) is { } source && source != Primary(context) ? source : null);

    public static SiteAction? Source(PageContext context) =>
        context.Site.Facts.Repository.WebUrl is { } url && PageContext.IsElsewhere(url) ? new SiteAction(context.Words.ViewSource, url) : null;

    /// <summary>An action of the settings may lead into the site or to the web, never to a script.</summary>
    private static SiteAction? Allowed(SiteAction? action) =>
        action is not null && (PageContext.IsElsewhere(action.Url) || !action.Url.Contains(':')) ? action : null;
}
