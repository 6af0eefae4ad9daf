using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Rialto.Sites.Themes.Catalogue;
using Rialto.Sites.Themes.Sections;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests.Themes;

public sealed class ThemePagesTests
{
    public static TheoryData<string, string> Samples { get; } = new(ThemeCatalogue.All.SelectMany(t => ThemePreview.Kinds.Select(k => (t.Id, k))));

    public static TheoryData<string> Themes { get; } = new(ThemeCatalogue.All.Select(t => t.Id));

    [Theory, MemberData(nameof(Samples))]
    public void Every_page_has_one_title_landmarks_a_skip_link_and_unique_ids(string theme, string kind)
    {
        var site = ThemePreview.Sample(theme, kind);
        foreach (var page in site.Pages)
        {
            var document = Parse(SampleSites.Render(site, page));
            document.QuerySelectorAll("h1").Length.ShouldBe(1, $"{page.Url}: one h1");
            document.QuerySelectorAll("main#content").Length.ShouldBe(1);
            document.QuerySelector("a.skip")!.GetAttribute("href").ShouldBe("#content");
            document.QuerySelectorAll("header, footer").Length.ShouldBeGreaterThanOrEqualTo(2);
            var ids = document.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
            ids.ShouldBe(ids.Distinct());
            document.QuerySelectorAll("img:not([alt])").ShouldBeEmpty();
            HeadingLevels(document).ShouldAllBe(step => step <= 1, $"{theme} {kind} {page.Url}: no heading level is skipped");
        }
    }

    [Theory, MemberData(nameof(Samples))]
    public void Every_relative_link_leads_to_a_page_or_file_of_the_site(string theme, string kind)
    {
        var site = ThemePreview.Sample(theme, kind);
        var files = ThemeBundle.Create(ThemeCatalogue.Get(theme), null).Files.Select(f => f.Path[..f.Path.IndexOf('.')]).ToHashSet();
        foreach (var page in site.Pages)
        {
            var root = new Uri("https://ferrous.example/");
            var document = Parse(SampleSites.Render(site, page));
            foreach (var address in document.QuerySelectorAll("a[href], link[href], script[src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!))
            {
                var target = new Uri(new Uri(root, page.Url), address);
                if (target.Host != root.Host) continue;
                var path = Uri.UnescapeDataString(target.AbsolutePath[1..]);
                if (path.StartsWith("assets/", StringComparison.Ordinal)) files.ShouldContain(path[..path.IndexOf('.')]);
                else site.Pages.ShouldContain(p => p.Url == path, $"{page.Url} links to {address}");
            }
        }
    }

    [Theory, MemberData(nameof(Themes))]
    public void A_project_without_facts_shows_no_section(string theme) =>
        Parse(SampleSites.Landing(ThemePreview.Sample(theme, "empty"))).QuerySelectorAll(".features, .gallery, .how, .roadmap, .changes, .people, .install, .example").ShouldBeEmpty();

    [Theory, MemberData(nameof(Themes))]
    public void A_full_project_shows_every_section_of_the_theme(string theme)
    {
        var page = Parse(SampleSites.Landing(ThemePreview.Sample(theme, "full")));
        foreach (var section in (string[])[".install", ".features", ".gallery", ".how", ".proof", ".roadmap", ".changes", ".people", ".code-window", ".hero"])
            page.QuerySelector(section).ShouldNotBeNull($"{theme} lacks {section}");
    }

    [Theory, MemberData(nameof(Themes))]
    public void Install_tabs_exist_only_for_managers_that_the_facts_prove(string theme)
    {
        var install = Parse(SampleSites.Landing(ThemePreview.Sample(theme, "full"))).QuerySelector(".install")!;
        install.QuerySelectorAll("label").Select(l => l.TextContent).ShouldBe(["cargo", "brew", "apt"]);
        install.QuerySelectorAll("code").Select(c => c.TextContent).ShouldBe(["cargo install ferrous", "brew install ferrous", "sudo apt-get install ferrous"]);
        install.QuerySelectorAll("input[checked]").Length.ShouldBe(1);
    }

    [Fact]
    public void One_manager_needs_no_tabs()
    {
        var facts = SampleFacts.Full();
        var page = Parse(SampleSites.Landing(SampleSites.Model(facts with { Commands = [facts.Commands[0]] }, "modern-web")));
        page.QuerySelectorAll(".install label").ShouldBeEmpty();
        page.QuerySelector(".install code")!.TextContent.ShouldBe("cargo install ferrous");
    }

    [Theory, MemberData(nameof(Themes))]
    public void The_settings_choose_and_order_the_sections(string theme)
    {
        var site = SampleSites.Model(SampleFacts.Full(), theme, settings: new SiteSettings { Sections = ["changelog", "features", "no-such-section"] });
        Parse(SampleSites.Landing(site)).QuerySelectorAll("section.section").Select(s => s.ClassList.Last()).ShouldBe(["changes", "features"]);
    }

    [Theory, MemberData(nameof(Samples))]
    public void A_sample_site_of_every_theme_is_left_beside_the_tests_to_be_looked_at(string theme, string kind) =>
        File.ReadAllText(Path.Combine(ThemePreview.Path(theme, kind), "index.html")).ShouldContain($"theme-{theme}");

    [Fact]
    public void Every_section_a_theme_names_is_known()
    {
        foreach (var theme in ThemeCatalogue.All) theme.Sections.ShouldBeSubsetOf(LandingSections.Known);
    }

    [Fact]
    public void Text_of_the_project_is_never_read_as_markup()
    {
        var facts = SampleFacts.Full() with { Title = SampleFacts.Proved("<script>alert(1)</script>"), Tagline = SampleFacts.Proved("a \"quote\" & <b>bold</b>") };
        foreach (var theme in ThemeCatalogue.All)
        {
            var page = Parse(SampleSites.Landing(SampleSites.Model(facts, theme.Id)));
            page.QuerySelector("h1")!.TextContent.ShouldBe("<script>alert(1)</script>");
            page.QuerySelectorAll("script").Count(s => s.TextContent.Contains("alert(1)")).ShouldBe(0);
            page.QuerySelectorAll(".tagline b").ShouldBeEmpty();
        }
    }

    [Fact]
    public void An_action_of_the_settings_cannot_run_a_script()
    {
        var site = SampleSites.Model(SampleFacts.Full(), "startup-product", settings: new SiteSettings { PrimaryAction = new("Go", "javascript:alert(1)") });
        Parse(SampleSites.Landing(site)).QuerySelectorAll("a").ShouldAllBe(a => !a.GetAttribute("href")!.StartsWith("javascript"));
    }

    [Fact]
    public void Robots_are_not_contributors_and_the_rest_are_counted()
    {
        var people = Parse(SampleSites.Landing(ThemePreview.Sample("modern-web", "full"))).QuerySelector(".people")!;
        people.TextContent.ShouldNotContain("dependabot");
        people.QuerySelectorAll(".avatars li").Length.ShouldBe(18);
        people.TextContent.ShouldContain("and 24 more");
    }

    [Fact]
    public void The_error_page_is_addressed_from_the_root()
    {
        var site = ThemePreview.Sample("modern-web", "full") with { BaseUrl = new Uri("https://example.org/ferrous/") };
        var page = Parse(SampleSites.Render(site, site.Pages.Single(p => p.Kind == PageKind.NotFound)));
        page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href").ShouldStartWith("/ferrous/assets/");
    }

    [Theory, InlineData("zh-CN", "跳到正文"), InlineData("fa", "رفتن به محتوا"), InlineData("tlh", "Skip to content")]
    public void The_words_of_the_page_are_in_its_language(string language, string skip) =>
        Parse(SampleSites.Landing(SampleSites.Model(SampleFacts.Full(), "modern-web", language))).QuerySelector(".skip")!.TextContent.ShouldBe(skip);

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static IEnumerable<int> HeadingLevels(IParentNode document)
    {
        var levels = document.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(h => h.LocalName[1] - '0').ToList();
        return levels.Zip(levels.Skip(1), (a, b) => b - a);
    }
}
