using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Rialto.Analysis;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests.Themes;

/// <summary>What stands around every page.</summary>
public sealed class FrameTests
{
    private static SiteModel Site() => ThemePreview.Sample("modern-web", ThemePreview.Kinds[0]);

    [Fact]
    public void The_error_page_of_a_site_without_address_carries_its_style_and_no_font_that_cannot_be_found()
    {
        var site = Site() with { BaseUrl = null };
        var page = Parse(SampleSites.Render(site, site.FirstOf(PageKind.NotFound)!));
        page.QuerySelectorAll("link[rel=stylesheet]").ShouldBeEmpty();
        var style = page.QuerySelector("head style")!.TextContent;
        style.ShouldContain(".not-found");
        style.ShouldNotContain("@font-face");
    }

    [Fact]
    public void Every_other_page_and_one_with_an_address_shares_the_style_sheet()
    {
        var site = Site();
        Parse(SampleSites.Render(site, site.FirstOf(PageKind.NotFound)!)).QuerySelectorAll("link[rel=stylesheet]").Length.ShouldBe(1);
        var bare = site with { BaseUrl = null };
        Parse(SampleSites.Render(bare, bare.Pages[0])).QuerySelectorAll("link[rel=stylesheet]").Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(320, 80, true)]
    [InlineData(160, 80, true)]
    [InlineData(100, 80, false)]
    [InlineData(64, 64, false)]
    [InlineData(null, null, false)]
    public void A_logo_that_is_the_name_is_not_followed_by_the_name(int? width, int? height, bool isHidden)
    {
        var site = Site() with { Logo = new SitePicture("assets/logo.svg", "Ferrous", width, height, PictureKind.Logo, [], null) };
        var name = Parse(SampleSites.Landing(site)).QuerySelector("a.brand > span")!;
        name.TextContent.ShouldBe(site.Title);
        name.ClassList.Contains("vh").ShouldBe(isHidden);
    }

    [Fact]
    public void The_first_page_of_a_kind_is_that_of_the_pages_the_model_holds_now()
    {
        var site = Site();
        site.FirstOf(PageKind.Document).ShouldBe(site.Pages.First(page => page.Kind == PageKind.Document));
        var fewer = site with { Pages = [site.Pages[0]] };
        fewer.FirstOf(PageKind.Document).ShouldBeNull();
        fewer.FirstOf(PageKind.Landing).ShouldBe(site.Pages[0]);
        site.FirstOf(PageKind.Changelog).ShouldNotBeNull();
    }

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
