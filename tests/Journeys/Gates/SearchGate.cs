using Microsoft.Playwright;
using Shouldly;

namespace Rialto.Journeys;

[Trait("category", "browser")]
public sealed class SearchGate(LanternSites sites, Chromium chromium)
{
    [Theory]
    [InlineData("docs/guide/", Lantern.EnglishWord, "docs/guide/")]
    [InlineData("docs/zh-hans/guide/", Lantern.ChineseWord, "docs/zh-hans/guide/")]
    [InlineData("docs/ar/guide/", Lantern.ArabicWord, "docs/ar/guide/")]
    public async Task A_word_is_found_in_its_language_with_keys_alone(string from, string word, string expected)
    {
        var site = await sites.BuiltAsync("developer-library");
        await using var visitor = await chromium.VisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(site + from);
        await page.Keyboard.PressAsync("/");
        await page.Locator("#search input").WaitForAsync();
        await page.Keyboard.TypeAsync(word);
        await page.Locator("#search li a").First.WaitForAsync(new() { Timeout = 10_000 });
        (await page.Locator("#search li").First.InnerTextAsync()).ShouldNotBeNullOrWhiteSpace();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(address => address.Split('#', '?')[0] == site + expected);
    }

    [Fact]
    public async Task What_is_nowhere_is_said_to_be_nowhere_and_escape_closes()
    {
        await using var visitor = await chromium.VisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(await sites.BuiltAsync("modern-web"));
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#search input").WaitForAsync();
        await page.Keyboard.TypeAsync("xylophonist");
        await page.GetByText("xylophonist").WaitForAsync(new() { Timeout = 10_000 });
        (await page.Locator("#search li").CountAsync()).ShouldBe(0);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#search").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }
}
