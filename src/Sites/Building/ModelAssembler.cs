using Rialto.Analysis;

namespace Rialto.Sites;

/// <summary>Puts the finished texts, pictures and facts together into what themes draw.</summary>
internal static class ModelAssembler
{
    public static SiteModel Assemble(Facts facts, SiteSettings settings, SiteOptions options, SiteContext site, NavigationOrder order, ExtraTexts extras, string licenceHtml, Func<RenderedCode?> example)
    {
        var title = settings.Title ?? facts.Title.Value;
        var language = settings.Language ?? facts.Readme?.Language ?? "en";
        var documentation = new DocumentationPages(site, order, language);
        var description = Titles.Shorten(settings.Description ?? facts.Summary?.Value ?? facts.Tagline?.Value ?? site.Documents.All.FirstOrDefault()?.Lead ?? title, 160);
        var releases = Releases(extras);
        var pages = new List<SitePage> { Composed(PageKind.Landing, "", title, description, language) };
        pages.AddRange(documentation.Pages);
        if (releases.Count > 0) pages.Add(Composed(PageKind.Changelog, "changelog/", "Changelog", $"What changed in {title}, release by release.", language, facts.Changelog!.Path, site));
        if (facts.Plan is not null || facts.Tasks is not null) pages.Add(Composed(PageKind.Roadmap, "roadmap/", "Roadmap", $"What is planned for {title}, and what is done.", language, facts.Plan?.Path ?? facts.Tasks!.Path, site));
        if (facts.Licence is { } licence) pages.Add(Composed(PageKind.Licence, "licence/", "Licence", $"{title} is under {licence.Name}.", language, licence.Files.Count > 0 ? licence.Files[0].Path : null, site) with { Html = licenceHtml });
        pages.Add(Composed(PageKind.NotFound, "404.html", "Page not found", "This page does not exist.", language));
        var pictures = new LandingPictures(facts, settings, site);
        var colour = facts.Languages.FirstOrDefault(share => share.Color is not null)?.Color;
        return new SiteModel
        {
            Facts = facts, Settings = settings, Theme = ThemeChoice.Of(facts, settings, options), Title = title, Language = language, Direction = DirectionOf(site, language),
            BaseUrl = options.BaseUrl, Logo = pictures.Logo, Hero = pictures.Hero, Gallery = pictures.Gallery, Example = example(), Navigation = documentation.Navigation, Pages = pages, Releases = releases,
            Accent = settings.Accent ?? colour, EvidenceUrl = evidence => evidence.Path.Length == 0 ? null : site.Host?.File(evidence.Path, false) is { } file ? evidence.Line > 0 ? $"{file}#L{evidence.Line}" : file : null,
        };
    }

    private static string DirectionOf(SiteContext site, string language) =>
        site.Documents.All.FirstOrDefault(document => document.TranslationKey == "readme")?.Direction ?? Scripts.DirectionOf(language);

    private static SitePage Composed(PageKind kind, string url, string title, string description, string language, string? source = null, SiteContext? site = null) => new()
    {
        Kind = kind, Url = url, Title = title, Description = description, Language = language, Direction = Scripts.DirectionOf(language), SourcePath = source,
        EditUrl = source is null ? null : site?.Host?.Edit(source),
    };

    private static List<RenderedRelease> Releases(ExtraTexts extras) =>
        [.. extras.Releases.Select(release => new RenderedRelease(release.Note.Version, release.Note.Date, release.Anchor, release.Text.Html))];
}
