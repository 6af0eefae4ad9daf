using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;

namespace Rialto.Journeys;

/// <summary>All pages that matter, in each theme, light and dark, from telephone to desk.</summary>
[Trait("category", "browser")]
public sealed class EveryWindowGate(LanternSites sites, Chromium chromium)
{
    private static readonly string[] Pages = [.. Lantern.Pages, "docs/zh-hans/guide/", "docs/ar/guide/"];

    [Theory, MemberData(nameof(LanternSites.Themes), MemberType = typeof(LanternSites))]
    public async Task Axe_finds_nothing_wrong(string theme)
    {
        var site = await sites.BuiltAsync(theme);
        List<string> violations = [];
        foreach (var (scheme, width) in ((ColorScheme, int)[])[(ColorScheme.Light, 390), (ColorScheme.Dark, 390), (ColorScheme.Light, 1440), (ColorScheme.Dark, 1440)])
        {
            await using var visitor = await chromium.VisitorAsync(width, scheme);
            var page = await visitor.NewPageAsync();
            foreach (var path in Pages)
            {
                await page.GotoAsync(site + path, new() { WaitUntil = WaitUntilState.Load });
                var found = await page.RunAxe(new AxeRunOptions());
                violations.AddRange(found.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html} on /{path}, {scheme}, {width} px"));
            }
        }
        violations.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(LanternSites.Themes), MemberType = typeof(LanternSites))]
    public async Task Nothing_is_wider_than_the_window_and_nobody_else_is_asked_for_anything(string theme)
    {
        var site = await sites.BuiltAsync(theme);
        var origin = new Uri(site).Authority;
        await using var visitor = await chromium.VisitorAsync();
        var page = await visitor.NewPageAsync();
        List<string> strangers = [], complaints = [];
        page.Request += (_, request) => { if (request.Url.StartsWith("http", StringComparison.Ordinal) && new Uri(request.Url).Authority != origin) strangers.Add(request.Url); };
        page.Console += (_, message) => { if (message.Type is "error" or "warning") complaints.Add($"{page.Url}: {message.Text}"); };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        foreach (var path in Pages)
        {
            await page.GotoAsync(site + path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            foreach (var width in new[] { 320, 390, 768, 1440 })
            {
                await page.SetViewportSizeAsync(width, 900);
                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, $"{theme} {width} /{path}");
            }
        }
        strangers.ShouldBeEmpty();
        complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(LanternSites.Themes), MemberType = typeof(LanternSites))]
    public async Task In_forced_colours_and_on_paper_everything_can_still_be_read(string theme)
    {
        var site = await sites.BuiltAsync(theme);
        await using var visitor = await chromium.VisitorAsync(scheme: ColorScheme.Dark, forced: ForcedColors.Active);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(site + "docs/guide/");
        (await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.prose p')).color")).ShouldNotBe(await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));

        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print, ForcedColors = ForcedColors.None, ColorScheme = ColorScheme.Dark });
        (await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBeOneOf("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)");
        (await page.EvaluateAsync<int>("[...document.querySelectorAll('.doc-nav, [data-scheme], [data-search-open], .toc, .copy')].filter(one => one.checkVisibility()).length")).ShouldBe(0);
        (await page.Locator(".prose h2").First.IsVisibleAsync()).ShouldBeTrue();
    }
}
