using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using static Microsoft.Playwright.Assertions;

namespace Rialto.Journeys;

/// <summary>
/// Ada starts the platform, signs in by the link it printed, sees her site live, changes her repository, builds, watches, compares, and takes it back.
/// Then every page is judged. One platform and one browser for all of it.
/// </summary>
[Trait("category", "browser")]
public sealed class PortalJourney(Chromium chromium)
{
    private const float Patience = 180_000;

    [Fact]
    public async Task Ada_signs_in_builds_watches_it_go_live_and_rolls_back_and_every_page_stands_up_to_judgement()
    {
        if (Chromium.Program is null) Assert.Skip("Chromium is not installed.");
        await using var platform = await Platform.StartAsync();
        await using var ada = await chromium.VisitorAsync();
        var page = await ada.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        List<string> complaints = [];
        page.Console += (_, message) => { if (message.Type is "error" or "warning" && !IsOfThePreview(message.Text)) complaints.Add($"{page.Url}: {message.Text}"); };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");

        await SignInAsync(page, platform);
        var build = await BuildAsync(page, platform);
        await RollBackAsync(page, platform);
        await UsePaletteAsync(page, platform);
        complaints.ShouldBeEmpty();
        await JudgeAsync(ada, platform, build);
        await WithoutScriptsAsync(ada, platform);
    }

    private static async Task SignInAsync(IPage page, Platform platform)
    {
        await page.GotoAsync(platform.Link);
        await page.GetByRole(AriaRole.Button).First.ClickAsync();
        await page.WaitForURLAsync(platform.Address + "/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Home", Level = 1 })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = platform.SiteName, Exact = true }).Last.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = platform.SiteName, Level = 1 })).ToBeVisibleAsync();
    }

    private static async Task<string> BuildAsync(IPage page, Platform platform)
    {
        platform.Repository.Write("docs/guide.md", "# Guide\n\nThe second words.\n").Commit("Burn longer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Build now" }).ClickAsync();
        // The page of the line moves on to the build by itself, and the build's page to its end.
        await page.WaitForURLAsync(new Regex("/builds/"), new() { Timeout = Patience });
        await Expect(page.GetByText("Went live")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(page.Locator(".stage-step.done")).ToHaveCountAsync(6);
        await Expect(page.Locator(".log li")).Not.ToHaveCountAsync(0);
        var build = new Uri(page.Url).AbsolutePath;
        await page.GetByRole(AriaRole.Link, new() { Name = "See the site" }).ClickAsync();
        (await GuideAsync(page, platform)).ShouldContain("The second words.");
        return build;
    }

    private static async Task RollBackAsync(IPage page, Platform platform)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to release 1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Visitors see the chosen release." })).ToBeVisibleAsync(new() { Timeout = Patience });
        (await GuideAsync(page, platform)).ShouldContain("The first words.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Releases", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show to visitors" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Visitors see the chosen release." })).ToBeVisibleAsync(new() { Timeout = Patience });
        (await GuideAsync(page, platform)).ShouldContain("The second words.");
    }

    private static async Task UsePaletteAsync(IPage page, Platform platform)
    {
        await page.GotoAsync(platform.Address + "/");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("jobs");
        await Expect(page.Locator(".palette [role=option][aria-selected=true]")).ToContainTextAsync("Jobs");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(platform.Address + "/jobs");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("s");
        await page.WaitForURLAsync(platform.Address + "/sites");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).First.ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-scheme", "dark");
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-scheme", "dark");
        await page.GetByRole(AriaRole.Button, new() { Name = "As the system" }).First.ClickAsync();
    }

    private async Task JudgeAsync(IBrowserContext ada, Platform platform, string build)
    {
        var site = "/sites/" + platform.SiteName;
        string[] pages = ["/", "/sites", site, site + "/releases", site + "/compare", site + "/builds", site + "/settings", site + "/health", site + "/domains", "/repositories", "/repositories/new", "/security", "/audit", "/sites/new", "/builds", build, "/jobs", "/settings", "/keys", "/system", "/find?q=a", "/components", "/no/such/page"];
        var signedIn = await ada.StorageStateAsync();
        List<string> wrong = [];
        foreach (var (width, scheme, language) in ((int, ColorScheme, string)[])[(1440, ColorScheme.Light, "en"), (390, ColorScheme.Dark, "ar")])
        {
            await using var window = await chromium.VisitorAsync(width, scheme, signedIn: signedIn);
            var page = await window.NewPageAsync();
            foreach (var path in pages)
            {
                await page.GotoAsync(platform.Address + path + (path.Contains('?') ? "&" : "?") + "lang=" + language, new() { WaitUntil = WaitUntilState.Load, Timeout = Patience });
                // Asked not to look into the preview of the site: its own gates do.
                var found = await page.RunAxe(new AxeRunContext { Exclude = [new AxeSelector("iframe")] }, new AxeRunOptions { Iframes = false });
                wrong.AddRange(found.Violations.Select(violation => $"{path} {width} px {scheme}: {violation.Id}: {violation.Nodes[0].Html}"));
                if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") is > 0 and var over) wrong.Add($"{path} is {over} px wider than {width}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    private async Task WithoutScriptsAsync(IBrowserContext ada, Platform platform)
    {
        await using var plain = await chromium.VisitorAsync(script: false, signedIn: await ada.StorageStateAsync());
        var page = await plain.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(platform.Address + "/sites/" + platform.SiteName);
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to release 1" }).ClickAsync();
        await page.GetByText("Visitors see the chosen release.").WaitForAsync();
        (await GuideAsync(page, platform)).ShouldContain("The first words.");
    }

    private static async Task<string> GuideAsync(IPage page, Platform platform) => await (await page.APIRequest.GetAsync(platform.Site + "docs/guide/")).TextAsync();

    // The small view of the site has no scripts; the browser says so, and it is meant.
    private static bool IsOfThePreview(string words) => words.Contains("sandboxed", StringComparison.Ordinal);
}
