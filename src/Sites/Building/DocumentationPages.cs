using Rialto.Sites.Themes.Wording;

namespace Rialto.Sites;

/// <summary>Documents as pages: in reading order, with neighbours, trail, translations and the near part of the navigation.</summary>
internal sealed class DocumentationPages
{
    private readonly SiteContext site;
    private readonly Dictionary<Document, SitePage> pages = [];

    public DocumentationPages(SiteContext site, NavigationOrder order, string language)
    {
        this.site = site;
        var byLanguage = site.Documents.All.Where(document => !document.FrontMatter.IsHidden).GroupBy(document => LanguageGroup(document, language), StringComparer.Ordinal).OrderBy(group => group.Key == language ? 0 : 1).ThenBy(group => group.Key, StringComparer.Ordinal);
        var all = new List<Document>();
        Navigation = [];
        foreach (var group in byLanguage)
        {
            var documents = group.ToList();
            var overview = documents.FindAll(one => one.TranslationKey == "readme");
            var builder = new NavigationBuilder(order);
            var sorted = overview.Concat(builder.Sort(documents.FindAll(one => one.Root.Length > 0))).Concat(documents.FindAll(one => one.Root.Length == 0 && one.TranslationKey != "readme")).ToList();
            var navigation = builder.Group(sorted, overview.Count, UiWords.For(group.Key));
            if (Navigation.Count == 0) Navigation = navigation;
            AddGroup(sorted, navigation);
            all.AddRange(sorted);
        }
        Translate(all);
        Pages = [.. all.Select(document => pages[document])];
    }

    public IReadOnlyList<SitePage> Pages { get; }

    public IReadOnlyList<NavigationGroup> Navigation { get; }

    /// <summary>Only a place or a name makes a translation; a text that merely is in another language stays where it stands.</summary>
    private static string LanguageGroup(Document document, string language)
    {
        if (document.TranslationKey is null) return language;
        if (document.TranslationKey == "readme") return document.Url == "docs/" ? language : document.Language ?? language;
        var inside = document.SourcePath[Math.Min(document.SourcePath.Length, document.Root.Length + 1)..];
        return Languages.OfFolder(inside).Language ?? language;
    }

    private void AddGroup(List<Document> documents, List<NavigationGroup> navigation)
    {
        SitePage? previous = null;
        var near = new NearNavigation(navigation);
        foreach (var document in documents)
        {
            var page = ToPage(document);
            page.Previous = previous;
            if (previous is not null) previous.Next = page;
            previous = page;
            (page.Navigation, page.Breadcrumbs) = near.For(document.Url);
            pages[document] = page;
        }
    }

    private SitePage ToPage(Document document) => new()
    {
        Kind = PageKind.Document, Url = document.Url, Title = Titles.Shorten(document.Title, 120), Language = document.Language ?? "en", Direction = document.Direction, Html = BoxWords.Translate(document.Html, document.Language), Outline = document.Outline,
        Description = Titles.Shorten(Emoji.Replace(document.FrontMatter.Description ?? (document.Lead.Length > 0 ? document.Lead : document.Title)), 160), SourcePath = document.SourcePath, EditUrl = site.Host?.Edit(document.SourcePath),
        HasMath = document.HasMath, HasDiagrams = document.HasDiagrams,
    };

    private void Translate(List<Document> documents)
    {
        foreach (var group in documents.Where(one => one.TranslationKey is not null).GroupBy(one => one.TranslationKey!, StringComparer.Ordinal))
        {
            var versions = group.DistinctBy(one => one.Language).ToList();
            if (versions.Count < 2) continue;
            var alternates = versions.Select(one => new PageAlternate(one.Language!, Languages.Label(one.Language!), one.Url)).ToList();
            foreach (var document in versions) pages[document].Alternates = alternates;
        }
    }
}
