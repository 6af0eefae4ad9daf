using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Rialto.Analysis;
using Rialto.Sites.Themes;
using Rialto.Sites.Themes.Catalogue;

namespace Rialto.Sites.Tests.Themes;

/// <summary>Sites made of sample facts, and their pages as HTML.</summary>
internal static class SampleSites
{
    public const string Code = "<span class=\"hljs-comment\"># every TODO in Rust files</span>\n$ ferrous -t rust <span class=\"hljs-string\">'TODO|FIXME'</span> <span class=\"hljs-attr\">--count</span>";

    public static SiteModel Model(Facts facts, string theme, string language = "en", SitePicture? hero = null, bool example = false, SiteSettings? settings = null)
    {
        var direction = language is "fa" or "ar" ? "rtl" : "ltr";
        SitePage Make(PageKind kind, string url, string title, string? html = null, IReadOnlyList<PageHeading>? outline = null) =>
            new() { Kind = kind, Url = url, Title = title, Description = title, Language = language, Direction = direction, Html = html, Outline = outline ?? [], EditUrl = kind == PageKind.Document ? "https://example.org/edit" : null };
        var guide = Make(PageKind.Document, "docs/guide/", "Guide", SampleContent.Guide, SampleContent.Outline);
        var install = Make(PageKind.Document, "docs/installing/", "Installing on every system", "<p>Short.</p>");
        guide.Next = install;
        install.Previous = guide;
        return new SiteModel
        {
            Facts = facts, Settings = settings ?? new SiteSettings(), Theme = theme, Title = facts.Title.Value, Language = language, Direction = direction,
            BaseUrl = new Uri("https://ferrous.example/"), Hero = hero, Gallery = hero is null ? [] : [hero, hero with { Alt = "A second view" }],
            Example = example ? new RenderedCode("bash", Code, "ferrous -t rust 'TODO|FIXME' --count", "Counting in one language", "src/main.rs:4\nsrc/lib.rs:11") : null,
            Navigation = [new(null, [new("Guide", guide.Url, []), new("Installing on every system", install.Url, [])]), new("Reference", [new("Options", "", [new("Guide again", guide.Url, [])])])],
            Releases = [.. (facts.Changelog?.Releases ?? []).Select(r => new RenderedRelease(r.Version, r.Date, "v" + r.Version.Replace('.', '-'), MarkdownReader.ToHtml(r.Body, new Slots())))],
            Pages = [Make(PageKind.Landing, "", facts.Title.Value), guide, install, Make(PageKind.Changelog, "changelog/", "Changelog"), Make(PageKind.Roadmap, "roadmap/", "Roadmap"), Make(PageKind.Licence, "licence/", "Licence", "<pre><code>Permission is hereby granted…</code></pre>"), Make(PageKind.NotFound, "404.html", "Not found")],
        };
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(string, string?), ThemeBundle> Bundles = [];

    public static string Render(SiteModel site, SitePage page) =>
        Render(site, page, Bundles.GetOrAdd((site.Theme, site.Settings.Accent), key => ThemeBundle.Create(ThemeCatalogue.Get(key.Item1), key.Item2)));

    public static string Render(SiteModel site, SitePage page, ThemeBundle bundle)
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Context"] = new PageContext { Site = site, Page = page, Bundle = bundle } });
        return renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<PageView>(parameters)).ToHtmlString()).GetAwaiter().GetResult();
    }

    public static string Landing(SiteModel site) => Render(site, site.Pages[0]);

    /// <summary>Writes the whole site below a folder, to be opened in a browser.</summary>
    public static void Write(SiteModel site, string folder)
    {
        var bundle = ThemeBundle.Create(ThemeCatalogue.Get(site.Theme), site.Settings.Accent);
        void Put(string path, byte[] content)
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, content);
        }
        foreach (var file in bundle.Files) Put(file.Path, file.Content);
        foreach (var page in site.Pages) Put(page.Url.EndsWith('/') || page.Url.Length == 0 ? page.Url + "index.html" : page.Url, System.Text.Encoding.UTF8.GetBytes(Render(site, page, bundle)));
        Put("hero.svg", System.Text.Encoding.UTF8.GetBytes(SampleContent.Screenshot));
    }
}
