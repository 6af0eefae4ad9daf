using Rialto.Sites.Themes.Catalogue;
using Rialto.Sites.Themes.Colour;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests.Themes;

public sealed class ThemeColourTests
{
    public static TheoryData<string, bool> Schemes { get; } = new(ThemeCatalogue.All.SelectMany(t => new[] { (t.Id, false), (t.Id, true) }));

    [Theory, MemberData(nameof(Schemes))]
    public void Text_is_readable_on_every_ground_of_the_theme(string theme, bool dark)
    {
        var tokens = Tokens(theme);
        string[] grounds = ["--bg", "--bg-2", "--card", "--code-bg"];
        foreach (var ground in grounds)
            foreach (var text in (string[])["--fg", "--fg-2", "--accent", "--code-fg"])
                Contrast(tokens, text, ground, dark).ShouldBeGreaterThanOrEqualTo(4.5, $"{theme} {(dark ? "dark" : "light")}: {text} on {ground}");
        Contrast(tokens, "--on-accent", "--accent", dark).ShouldBeGreaterThanOrEqualTo(4.5);
        foreach (var ground in grounds[..3])
            Contrast(tokens, "--line-2", ground, dark).ShouldBeGreaterThanOrEqualTo(3, $"{theme} {(dark ? "dark" : "light")}: borders of controls on {ground}");
    }

    [Theory, MemberData(nameof(Schemes))]
    public void Code_and_alerts_are_readable(string theme, bool dark)
    {
        var tokens = Tokens(theme);
        var syntax = ThemeTokens.Parse(ThemeResources.Text("Styles/syntax.css").Replace("}", ";}"));
        foreach (var name in syntax.Names)
            syntax.Colour(name, dark).Contrast(tokens.Colour("--code-bg", dark)).ShouldBeGreaterThanOrEqualTo(4.5, $"{theme} {(dark ? "dark" : "light")}: {name}");
        var alerts = ThemeTokens.Parse(ThemeResources.Text("Styles/reset.css").Replace("}", ";}"));
        alerts.Names.Count.ShouldBe(5);
        foreach (var name in alerts.Names)
        {
            var (tone, bg) = (alerts.Colour(name, dark), tokens.Colour("--bg", dark));
            tone.Contrast(tone.Over(bg, 0.08)).ShouldBeGreaterThanOrEqualTo(4.5, $"{theme} {(dark ? "dark" : "light")}: {name}");
        }
    }

    [Theory]
    [InlineData("#ffff00"), InlineData("#ffffff"), InlineData("#000000"), InlineData("#ff69b4"), InlineData("#0000ff"), InlineData("#777777"), InlineData("#0f0")]
    public void Any_accent_becomes_readable_on_both_grounds_of_every_theme(string accent)
    {
        foreach (var theme in ThemeCatalogue.All)
        {
            var tokens = Tokens(theme.Id);
            var chosen = ThemeTokens.Parse(AccentPalette.Css(accent, tokens).Replace("}", ";}"));
            foreach (var dark in (bool[])[false, true])
            {
                foreach (var ground in (string[])["--bg", "--bg-2", "--card"])
                    chosen.Colour("--accent", dark).Contrast(tokens.Colour(ground, dark)).ShouldBeGreaterThanOrEqualTo(4.5);
                chosen.Colour("--on-accent", dark).Contrast(chosen.Colour("--accent", dark)).ShouldBeGreaterThanOrEqualTo(4.5);
            }
        }
    }

    [Fact]
    public void An_accent_that_is_readable_already_stays_as_it_is() =>
        AccentPalette.Readable(Rgb.Parse("#1d4fb8")!.Value, [Rgb.White]).ToString().ShouldBe("#1d4fb8");

    [Fact]
    public void Adjusting_keeps_the_hue()
    {
        var wish = Rgb.Parse("#ffcc00")!.Value;
        Oklch.From(AccentPalette.Readable(wish, [Rgb.White])).Hue.ShouldBe(Oklch.From(wish).Hue, 0.06);
    }

    [Theory, InlineData("red; } body { display: none"), InlineData("#12"), InlineData(""), InlineData(null), InlineData("url(x)")]
    public void What_is_not_a_colour_never_reaches_the_style_sheet(string? accent) => AccentPalette.Css(accent, Tokens("modern-web")).ShouldBe("");

    [Theory, InlineData("#ffffff", "#000000", 21), InlineData("#777777", "#ffffff", 4.48), InlineData("#0000ff", "#ffffff", 8.59)]
    public void Contrast_is_what_WCAG_says(string a, string b, double ratio) => Rgb.Parse(a)!.Value.Contrast(Rgb.Parse(b)!.Value).ShouldBe(ratio, 0.01);

    [Theory, InlineData("#a34400"), InlineData("#00ff88"), InlineData("#123456"), InlineData("#ffffff")]
    public void A_colour_survives_the_way_through_Oklch(string hex) => Oklch.From(Rgb.Parse(hex)!.Value).ToRgb().ToString().ShouldBe(hex);

    private static ThemeTokens Tokens(string theme) => ThemeTokens.Parse(ThemeResources.Text($"{ThemeCatalogue.Get(theme).Folder}/tokens.css"));

    private static double Contrast(ThemeTokens tokens, string text, string ground, bool dark) => tokens.Colour(text, dark).Contrast(tokens.Colour(ground, dark));
}
