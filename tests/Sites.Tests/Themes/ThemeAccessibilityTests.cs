using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Rialto.Sites.Themes.Catalogue;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests.Themes;

[Trait("category", "browser")]
public sealed class ThemeAccessibilityTests
{
    private const string Chromium = "/usr/bin/chromium";

    public static TheoryData<string> Themes { get; } = new(ThemeCatalogue.All.Select(t => t.Id));

    [Theory, MemberData(nameof(Themes))]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_window(string theme)
    {
        if (!File.Exists(Chromium)) Assert.Skip("Chromium is not installed.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        foreach (var (scheme, width) in ((ColorScheme, int)[])[(ColorScheme.Light, 1440), (ColorScheme.Dark, 390)])
        {
            await using var context = await browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
            var page = await context.NewPageAsync();
            foreach (var (kind, path) in ((string, string)[])[("full", "index.html"), ("full", "docs/guide/index.html"), ("code", "index.html"), ("fa", "index.html")])
            {
                var place = $"{theme} {scheme} {width} {kind}/{path}";
                await page.GotoAsync("file://" + Path.Combine(ThemePreview.Path(theme, kind), path));
                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, place);
                var found = await page.RunAxe(new AxeRunOptions());
                found.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}").ShouldBeEmpty(place);
            }
        }
    }
}
