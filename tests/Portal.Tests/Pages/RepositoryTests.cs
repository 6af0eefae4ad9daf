using Shouldly;

namespace Rialto.Portal.Tests;

public sealed class RepositoryTests(PortalTestBed bed) : IClassFixture<PortalTestBed>
{
    [Fact]
    public async Task A_repository_shows_what_it_is_and_the_sites_made_of_it()
    {
        using var ada = await bed.SignInAsync();
        (await ada.GetAsync("/repositories")).Document.QuerySelector("tbody th a")!.TextContent.ShouldBe("acme/lantern");
        var page = await ada.GetAsync($"/repositories/{bed.Repository}");
        page.Document.QuerySelector("h1")!.TextContent.ShouldBe("acme/lantern");
        page.Main.ShouldContain("2222222");
        page.Document.QuerySelector(".links a")!.GetAttribute("href").ShouldBe("/sites/lantern");
        page.Document.QuerySelector("tbody .state")!.TextContent.ShouldBe("Failed");
        page.Document.QuerySelector("a[href='https://github.com/acme/lantern']")!.GetAttribute("rel")!.ShouldContain("noopener");
    }

    [Fact]
    public async Task A_new_secret_of_its_hook_is_shown_once()
    {
        using var ada = await bed.SignInAsync();
        var told = await ada.SubmitAsync(await ada.GetAsync($"/repositories/{bed.Repository}"), $"/repositories/{bed.Repository}/hook");
        told.Status.ShouldBe(200, told.Text);
        var secret = told.Document.QuerySelector("#hook-secret")!.TextContent;
        secret.Length.ShouldBeGreaterThan(20);
        told.Document.QuerySelector("#hook-url")!.TextContent.ShouldContain("/hooks/");
        (await ada.GetAsync($"/repositories/{bed.Repository}")).Text.ShouldNotContain(secret);
    }

    [Theory]
    [InlineData("http://127.0.0.1/x", "")]
    [InlineData("not an address", "")]
    public async Task What_cannot_be_connected_is_said_beside_what_was_typed(string source, string token)
    {
        using var ada = await bed.SignInAsync();
        var refused = await ada.SubmitAsync(await ada.GetAsync("/repositories/new"), "/repositories/new", ("source", source), ("token", token));
        refused.Status.ShouldBeInRange(400, 499);
        refused.Document.QuerySelector("[role=alert]").ShouldNotBeNull();
        refused.Document.QuerySelector("#source")!.GetAttribute("value").ShouldBe(source);
    }

    [Fact]
    public async Task A_viewer_connects_nothing()
    {
        using var vera = await bed.SignInAsync("viewer");
        var page = await vera.GetAsync("/repositories");
        page.Document.QuerySelectorAll("main a[href='/repositories/new']").ShouldBeEmpty();
        (await vera.GetAsync($"/repositories/{bed.Repository}")).Document.QuerySelector("form[action$='/disconnect'] button")!.GetAttribute("aria-disabled").ShouldBe("true");
    }

    [Theory]
    [InlineData("https://github.com/acme/lantern", "https://github.com/acme/lantern.git", true)]
    [InlineData("https://github.com/acme/lantern/", "https://github.com/Acme/Lantern", true)]
    [InlineData("https://github.com/acme/lantern", "https://github.com/acme/lanterns", false)]
    [InlineData("https://github.com/acme/lantern", "https://gitlab.com/acme/lantern", false)]
    public void A_site_is_of_a_repository_when_their_addresses_lead_to_the_same(string one, string other, bool same) => RepositoryPages.IsSame(one, other).ShouldBe(same);
}
