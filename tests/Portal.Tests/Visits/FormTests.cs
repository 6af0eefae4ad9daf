using Shouldly;

namespace Rialto.Portal.Tests;

public sealed class FormTests(PortalTestBed bed) : IClassFixture<PortalTestBed>
{
    private const string Rollback = "/sites/lantern/rollback";

    private Task<Guid> LiveAsync() => bed.AskAsync<Guid>("select live_release from publishing.sites where name = 'lantern'");

    [Fact]
    public async Task Without_the_token_of_the_session_nothing_is_done()
    {
        using var ada = await bed.SignInAsync();
        using var bob = await bed.SignInAsync();
        var his = (await bob.GetAsync("/")).Document.QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        foreach (var token in new[] { "", "x", his })
        {
            var answer = await ada.PostAsync(Rollback, ("_token", token));
            answer.Status.ShouldBe(403);
            answer.Document.QuerySelector("[role=alert]")!.TextContent.ShouldContain("caller.forged");
        }
        (await LiveAsync()).ShouldBe(bed.Second);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_form_that_another_site_sends_does_nothing_even_with_the_token(string header, string value)
    {
        using var ada = await bed.SignInAsync();
        var page = await ada.GetAsync("/sites/lantern");
        ada.Headers[header] = value;
        (await ada.SubmitAsync(page, Rollback)).Status.ShouldBe(403);
        (await LiveAsync()).ShouldBe(bed.Second);
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("guest")]
    public async Task Who_may_not_sees_no_way_and_gets_none(string role)
    {
        using var vera = await bed.SignInAsync(role);
        var token = (await vera.GetAsync("/")).Document.QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        (await vera.GetAsync("/")).Document.QuerySelector("a[href='/sites/new']").ShouldBeNull();
        (await vera.PostAsync(Rollback, ("_token", token))).Status.ShouldBe(403);
        (await LiveAsync()).ShouldBe(bed.Second);
    }

    [Fact]
    public async Task A_viewer_reads_and_buttons_say_what_is_missing()
    {
        using var vera = await bed.SignInAsync("viewer");
        var page = await vera.GetAsync("/sites/lantern");
        page.Status.ShouldBe(200);
        var button = page.Document.QuerySelector("form[action='/sites/lantern/build'] button")!;
        button.GetAttribute("aria-disabled").ShouldBe("true");
        button.GetAttribute("type").ShouldBe("button");
        button.GetAttribute("title")!.ShouldContain("publishing.write");
    }

    [Fact]
    public async Task A_page_that_one_may_not_see_says_which_permission_is_missing()
    {
        using var guest = await bed.SignInAsync("guest");
        var page = await guest.GetAsync("/sites");
        page.Status.ShouldBe(403);
        page.Main.ShouldContain("You may not see this");
        page.Main.ShouldContain("publishing.read");
        (await guest.GetAsync("/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_notice_that_we_did_not_leave_is_not_told()
    {
        using var ada = await bed.SignInAsync();
        ada.Headers["Cookie"] = "rialto-notice=AAAA.WW91IHdvbiE; " + string.Join("; ", ada.Cookies.Select(cookie => $"{cookie.Name}={cookie.Value}"));
        (await ada.GetAsync("/")).Notice.ShouldBeNull();
    }
}
