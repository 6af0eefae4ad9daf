using Microsoft.Playwright;
using Shouldly;

namespace Rialto.Journeys;

/// <summary>Everything a mouse can do, keys can do.</summary>
[Trait("category", "browser")]
public sealed class KeyboardGate(LanternSites sites, Chromium chromium)
{
    [Theory, MemberData(nameof(LanternSites.Themes), MemberType = typeof(LanternSites))]
    public async Task The_first_tab_skips_to_the_content_and_what_has_the_focus_is_seen(string theme)
    {
        await using var visitor = await chromium.VisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(await sites.BuiltAsync(theme) + "docs/guide/");
        await page.Keyboard.PressAsync("Tab");
        var skip = await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')");
        skip.ShouldStartWith("#");
        (await page.EvaluateAsync<bool>("document.activeElement.getBoundingClientRect().top >= 0")).ShouldBeTrue("the skip link is seen when it has the focus");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<bool>("!!document.activeElement.closest('main')")).ShouldBeTrue("the next stop lies in the content");

        for (var stop = 0; stop < 25; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("document.activeElement === document.body")) break;
            (await page.EvaluateAsync<bool>("(() => { const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect(); return one.checkVisibility() && box.width > 0 && (style.outlineStyle !== 'none' || style.boxShadow !== 'none' || one.matches('input')); })()"))
                .ShouldBeTrue(await page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 200)"));
        }
    }

    [Fact]
    public async Task Arrows_choose_the_package_manager()
    {
        await using var visitor = await chromium.VisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(await sites.BuiltAsync("developer-library"));
        await page.Locator("input[type=radio]:checked").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        (await page.GetByText("pnpm add lantern-demo").First.IsVisibleAsync()).ShouldBeTrue();
        (await page.GetByText("npm install lantern-demo", new() { Exact = true }).First.IsVisibleAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task The_colour_scheme_is_switched_by_a_key_and_remembered()
    {
        await using var visitor = await chromium.VisitorAsync();
        var page = await visitor.NewPageAsync();
        var site = await sites.BuiltAsync("modern-web");
        await page.GotoAsync(site);
        var before = await GroundAsync(page);
        await page.Locator("[data-scheme]:visible").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter"); // light
        await page.Keyboard.PressAsync("Space"); // dark
        var dark = await GroundAsync(page);
        dark.ShouldNotBe(before);
        await page.GotoAsync(site + "docs/guide/");
        (await GroundAsync(page)).ShouldBe(dark);
    }

    [Fact]
    public async Task The_copy_button_copies_what_stands_beside_it()
    {
        await using var visitor = await chromium.VisitorAsync();
        await visitor.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(await sites.BuiltAsync("modern-web"));
        await page.Locator("[data-copy]:visible").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-copy].ok").First.WaitForAsync();
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe("npm install lantern-demo");
    }

    private static Task<string> GroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
