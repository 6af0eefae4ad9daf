using System.Text;
using Rialto.Kernel;
using Rialto.Sites.Themes.Catalogue;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests.Themes;

public sealed class ThemeBundleTests
{
    public static TheoryData<string> Themes { get; } = new(ThemeCatalogue.All.Select(t => t.Id));

    [Theory, MemberData(nameof(Themes))]
    public void Styles_and_script_stay_small(string theme)
    {
        var bundle = ThemeBundle.Create(ThemeCatalogue.Get(theme), null);
        Size(bundle, bundle.Style).ShouldBeLessThan(36_000);
        Size(bundle, bundle.Script).ShouldBeLessThan(5_000);
    }

    [Theory, MemberData(nameof(Themes))]
    public void Nothing_is_loaded_from_elsewhere_and_every_font_is_there_with_its_licence(string theme)
    {
        var bundle = ThemeBundle.Create(ThemeCatalogue.Get(theme), null);
        var css = Text(bundle, bundle.Style);
        css.ShouldNotContain("://");
        css.ShouldNotContain("@import");
        foreach (var font in ThemeCatalogue.Get(theme).Fonts)
        {
            css.ShouldContain($"url(fonts/{font})");
            bundle.Files.ShouldContain(f => f.Path == "assets/fonts/" + font && f.Content.Length > 8_000);
        }
        bundle.Files.Where(f => f.Path.EndsWith(".txt")).ShouldAllBe(f => Encoding.UTF8.GetString(f.Content).Contains("SIL Open Font License"));
    }

    [Theory, MemberData(nameof(Themes))]
    public void Every_token_that_is_used_is_defined(string theme)
    {
        var bundle = ThemeBundle.Create(ThemeCatalogue.Get(theme), null);
        var css = Text(bundle, bundle.Style);
        foreach (var name in css.Split("var(").Skip(1).Select(p => p[..p.IndexOfAny([')', ','])]).Distinct())
            (css.Contains(name + ":") || css.Contains($"var({name},")).ShouldBeTrue(name);
    }

    [Theory, MemberData(nameof(Themes))]
    public void Sides_are_named_logically_so_that_right_to_left_mirrors(string theme)
    {
        var bundle = ThemeBundle.Create(ThemeCatalogue.Get(theme), null);
        var css = Text(bundle, bundle.Style);
        foreach (var side in (string[])["margin-left", "margin-right", "padding-left", "padding-right", "border-left", "border-right", "float:"])
            css.ShouldNotContain(side);
    }

    [Fact]
    public void The_style_sheet_is_named_by_its_content()
    {
        var theme = ThemeCatalogue.Get("modern-web");
        ThemeBundle.Create(theme, null).Style.ShouldBe(ThemeBundle.Create(theme, null).Style);
        ThemeBundle.Create(theme, "#aa0000").Style.ShouldNotBe(ThemeBundle.Create(theme, null).Style);
    }

    [Fact]
    public void An_unknown_theme_is_refused_with_the_names_of_those_there_are()
    {
        var refusal = Should.Throw<Refusal>(() => ThemeCatalogue.Get("geocities"));
        refusal.Code.ShouldBe("site.theme.unknown");
        refusal.Message.ShouldContain("minimal-portfolio");
    }

    [Theory]
    [InlineData("a  {\n color : red ; /* why */ }\n", "a{color :red}")]
    [InlineData("a :hover { x: 1 }", "a :hover{x:1}")]
    [InlineData("p::before { content: \" / \" }", "p::before{content:\" / \"}")]
    public void Minifying_keeps_the_meaning(string css, string small) => CssMinifier.Minify(css).ShouldBe(small);

    [Fact]
    public void Everything_of_the_fonts_together_stays_below_1_2_megabytes() =>
        ThemeCatalogue.All.SelectMany(t => t.Fonts).Distinct().Sum(f => ThemeResources.Bytes("Fonts/" + f).Length).ShouldBeLessThan(1_200_000);

    private static int Size(ThemeBundle bundle, string path) => bundle.Files.Single(f => f.Path == path).Content.Length;

    private static string Text(ThemeBundle bundle, string path) => Encoding.UTF8.GetString(bundle.Files.Single(f => f.Path == path).Content);
}
