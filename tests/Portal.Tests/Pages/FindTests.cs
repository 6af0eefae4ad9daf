using Shouldly;

namespace Rialto.Portal.Tests;

public sealed class FindTests(PortalTestBed bed) : IClassFixture<PortalTestBed>
{
    private static readonly Found[] Offered = [.. new[] { "lantern", "old-lantern", "glantern", "Settings", "lantern: settings" }.Select(name => new Found(name, "", "/" + name, "site"))];

    [Theory]
    [InlineData("", "lantern,old-lantern,glantern,Settings,lantern: settings")]
    [InlineData("lantern", "lantern,lantern: settings,old-lantern,glantern")]
    [InlineData("LANT", "lantern,lantern: settings,old-lantern,glantern")]
    [InlineData("set", "Settings,lantern: settings")]
    [InlineData("lan set", "lantern: settings")]
    [InlineData("lset", "lantern: settings")]
    [InlineData("nothing like it", "")]
    public void The_beginning_comes_before_the_beginning_of_a_word_and_that_before_the_middle(string query, string names) =>
        string.Join(',', FindPages.Rank(Offered, query).Select(found => found.Name)).ShouldBe(names);

    [Fact]
    public async Task The_palette_finds_sites_places_and_things_to_do()
    {
        using var ada = await bed.SignInAsync();
        (await Names(ada, "lantern"))[0].ShouldBe("/sites/lantern");
        (await Names(ada, "new s")).ShouldContain("/sites/new");
        (await Names(ada, "jobs")).ShouldContain("/jobs");
        (await ada.GetAsync("/find/results?q=%3Cscript%3E")).Text.ShouldNotContain("<script");
    }

    [Fact]
    public async Task The_palette_offers_a_viewer_nothing_they_may_not_do()
    {
        using var vera = await bed.SignInAsync("viewer");
        (await Names(vera, "new s")).ShouldNotContain("/sites/new");
        (await Names(vera, "lantern"))[0].ShouldBe("/sites/lantern");
        using var guest = await bed.SignInAsync("guest");
        (await Names(guest, "lantern")).ShouldNotContain("/sites/lantern");
    }

    private static async Task<string[]> Names(PortalBrowser browser, string query) =>
        [.. (await browser.GetAsync("/find/results?q=" + Uri.EscapeDataString(query))).Document.QuerySelectorAll("[role=option]").Select(option => option.GetAttribute("href")!)];
}
