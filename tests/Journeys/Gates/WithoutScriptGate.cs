using Shouldly;

namespace Rialto.Journeys;

[Trait("category", "browser")]
public sealed class WithoutScriptGate(LanternSites sites, Chromium chromium)
{
    [Theory, MemberData(nameof(LanternSites.Themes), MemberType = typeof(LanternSites))]
    public async Task Without_scripts_all_text_and_all_ways_are_there(string theme)
    {
        var site = await sites.BuiltAsync(theme);
        await using var visitor = await chromium.VisitorAsync(script: false);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(site);
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Lantern");
        (await page.GetByText("npm install lantern-demo").First.IsVisibleAsync()).ShouldBeTrue();
        (await page.GetByText("Starts at once").First.IsVisibleAsync()).ShouldBeTrue();
        await page.Locator("a[href^='docs/']").First.ClickAsync();
        page.Url.ShouldStartWith(site + "docs/");
        await page.GotoAsync(site + "docs/guide/");
        foreach (var text in new[] { "Hidden files stay hidden", "inverse square law", "hours of light", "--folder" })
            (await page.GetByText(text).First.IsVisibleAsync()).ShouldBeTrue(text);
        (await page.Locator(".doc-nav a").First.IsVisibleAsync()).ShouldBeTrue();
        (await page.Locator("button:visible").CountAsync()).ShouldBe(0, "a button that needs a script does not show itself without one");
    }

    [Fact]
    public async Task Without_scripts_another_package_manager_can_be_chosen()
    {
        var site = await sites.BuiltAsync("modern-web");
        await using var visitor = await chromium.VisitorAsync(script: false);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(site);
        var command = page.GetByText("pnpm add lantern-demo").First;
        (await command.IsVisibleAsync()).ShouldBeFalse();
        await page.Locator("label", new() { HasText = "pnpm" }).First.ClickAsync();
        (await command.IsVisibleAsync()).ShouldBeTrue();
    }
}
