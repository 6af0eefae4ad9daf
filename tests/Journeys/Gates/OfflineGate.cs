using Shouldly;

namespace Rialto.Journeys;

[Trait("category", "browser")]
public sealed class OfflineGate(LanternSites sites, Chromium chromium)
{
    [Fact]
    public async Task What_was_read_once_can_be_read_without_a_network()
    {
        var site = await sites.BuiltAsync("modern-web", secure: true);
        await using var visitor = await chromium.VisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(site);
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || new Promise(done => navigator.serviceWorker.addEventListener('controllerchange', done)))");
        await page.GotoAsync(site + "docs/guide/");

        await visitor.SetOfflineAsync(true);
        await page.ReloadAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("Guide");
        (await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.prose')).fontFamily")).ShouldNotBe("\"Times New Roman\"", "the style sheet is here as well");
        await page.GotoAsync(site);
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Lantern");
    }
}
