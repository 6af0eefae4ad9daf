using Shouldly;

namespace Rialto.Portal.Tests;

/// <summary>What holds for every page, in every language.</summary>
public sealed class EveryPageTests(PortalTestBed bed) : IClassFixture<PortalTestBed>
{
    private static readonly string[] Addresses =
    [
        "/", "/sites", "/sites/new", "/sites/lantern", "/sites/lantern/releases", "/sites/lantern/compare", "/sites/lantern/builds", "/sites/lantern/settings",
        "/sites/lantern/health", "/sites/lantern/domains", "/repositories", "/repositories/new", "/repositories/REPOSITORY", "/security", "/audit", "/audit?kind=change",
        "/builds", "/builds?state=failed", "/builds/FAILED", "/jobs", "/jobs?state=running", "/settings", "/keys", "/system", "/find", "/find?q=lan", "/components",
    ];

    public static TheoryData<string, string> Pages => [.. from address in Addresses from language in new[] { "en", "de", "es", "ar" } select (address, language)];

    public static TheoryData<string> Closed => [.. Addresses.Where(address => address is not ("/" or "/components"))];

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_is_whole_and_speaks_the_readers_language(string address, string language)
    {
        using var ada = await bed.SignInAsync();
        ada.Headers["Accept-Language"] = "xx";
        var path = At(address);
        var page = await ada.GetAsync(path + (path.Contains('?') ? "&" : "?") + "lang=" + language);
        page.Status.ShouldBe(200, page.Text);
        var html = page.Document.DocumentElement;
        (html.GetAttribute("lang"), html.GetAttribute("dir")).ShouldBe((language, language == "ar" ? "rtl" : "ltr"));
        page.Document.QuerySelectorAll("h1").Length.ShouldBe(1);
        page.Document.Title!.ShouldEndWith(" · Rialto");
        var ids = page.Document.QuerySelectorAll("[id]").Select(element => element.Id).ToArray();
        ids.Distinct().Count().ShouldBe(ids.Length, string.Join(" ", ids.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => same.Key)));
        foreach (var described in page.Document.QuerySelectorAll("[aria-labelledby], [aria-describedby], label[for]"))
            foreach (var id in $"{described.GetAttribute("aria-labelledby")} {described.GetAttribute("aria-describedby")} {described.GetAttribute("for")}".Split(' ', StringSplitOptions.RemoveEmptyEntries))
                page.Document.GetElementById(id).ShouldNotBeNull($"{path}: nothing is called {id}");
        page.Document.QuerySelectorAll("form[method=post]").ShouldAllBe(form => form.QuerySelector("input[name=_token]") != null || form.GetAttribute("class") == "form panel narrow");
    }

    private string At(string address) => address.Replace("FAILED", bed.FailedBuild.ToString(), StringComparison.Ordinal).Replace("REPOSITORY", bed.Repository.ToString(), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Pages))]
    public async Task Only_our_script_runs_and_nothing_is_kept_or_framed(string address, string language)
    {
        using var ada = await bed.SignInAsync();
        var page = await ada.GetAsync(At(address) + (address.Contains('?') ? "&" : "?") + "lang=" + language);
        var script = page.Document.QuerySelectorAll("script").ShouldHaveSingleItem();
        script.TextContent.ShouldBeEmpty();
        var nonce = script.GetAttribute("nonce")!;
        nonce.Length.ShouldBeGreaterThan(20);
        page.Headers["Content-Security-Policy"].ShouldContain($"script-src 'nonce-{nonce}';");
        page.Headers["Content-Security-Policy"].ShouldStartWith("default-src 'none'");
        page.Headers["Content-Security-Policy"].ShouldContain("frame-ancestors 'none'");
        page.Headers["Content-Security-Policy"].ShouldContain("require-trusted-types-for 'script'");
        page.Headers["Cache-Control"].ShouldBe("no-store");
        page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        page.Document.QuerySelectorAll("[style], style").ShouldBeEmpty();
        page.Document.All.SelectMany(element => element.Attributes).ShouldAllBe(attribute => !attribute.Name.StartsWith("on"));
        page.Document.QuerySelectorAll("[href^='javascript']").ShouldBeEmpty();
        (await ada.GetAsync(At(address))).Document.QuerySelector("script")!.GetAttribute("nonce").ShouldNotBe(nonce);
    }

    [Theory, MemberData(nameof(Closed))]
    public async Task A_stranger_signs_in_first_and_then_comes_back(string address)
    {
        using var stranger = bed.Stranger();
        var answer = await stranger.GetAsync(address);
        answer.Status.ShouldBe(302);
        answer.Location.ShouldBe("/sign-in?return=" + Uri.EscapeDataString(address));
    }

    [Fact]
    public async Task What_pages_load_is_kept_for_ever_and_compressed()
    {
        using var stranger = bed.Stranger();
        var page = await stranger.GetAsync("/");
        stranger.Headers["Accept-Encoding"] = "br";
        foreach (var address in page.Document.QuerySelectorAll("link[href], script[src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!))
        {
            var file = await stranger.GetAsync(address);
            file.Status.ShouldBe(200, address);
            file.Headers["Cache-Control"].ShouldBe("public, max-age=31536000, immutable");
            file.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
            if (!address.EndsWith(".woff2", StringComparison.Ordinal)) file.Headers["Content-Encoding"].ShouldBe("br");
            if (address.EndsWith(".js", StringComparison.Ordinal)) int.Parse(file.Headers["Content-Length"]).ShouldBeLessThan(20_000);
        }
        (await stranger.GetAsync("/-/portal.000000000000.css")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_says_so_with_a_way_on()
    {
        using var ada = await bed.SignInAsync();
        foreach (var address in new[] { "/sites/nobody", "/sites/nobody/health", "/repositories/" + Guid.CreateVersion7(), "/builds/" + Guid.CreateVersion7(), "/jobs/" + Guid.CreateVersion7(), "/no/such/page" })
        {
            var page = await ada.GetAsync(address);
            page.Status.ShouldBe(404, address);
            page.Document.QuerySelector("main a[href='/']").ShouldNotBeNull();
        }
        using var stranger = bed.Stranger();
        (await stranger.GetAsync("/no/such/page")).Status.ShouldBe(404);
    }
}
