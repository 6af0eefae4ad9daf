using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class LinkPageTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opening_the_page_uses_nothing_up_and_its_button_signs_in()
    {
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Owner));
        var token = await bed.MakeLinkAsync(ada);
        using var browser = bed.NewBrowser();
        for (var look = 0; look < 3; look++)
        {
            var (status, html) = await browser.SendAsync(HttpMethod.Get, $"/sign-in/link?token={token}", null, Cancel);
            status.ShouldBe(200);
            html.ShouldContain(ada.Email);
            html.ShouldNotContain("<script");
        }
        browser.AnswerHeaders["Referrer-Policy"].ShouldHaveSingleItem().ShouldBe("no-referrer");
        browser.AnswerHeaders["Cache-Control"].ShouldHaveSingleItem().ShouldBe("no-store");
        browser.AnswerHeaders["Content-Security-Policy"].ShouldHaveSingleItem().ShouldContain("frame-ancestors 'none'");
        var (answer, _) = await browser.SendAsync(HttpMethod.Post, "/sign-in/link", new FormUrlEncodedContent([KeyValuePair.Create("token", token)]), Cancel);
        answer.ShouldBe(302);
        browser.AnswerHeaders["Location"].ShouldHaveSingleItem().ShouldBe("/");
        (await browser.GetAsync("/api/v1/identity/who", Cancel)).Body!["role"]!.ToString().ShouldBe("owner");
        (await browser.SendAsync(HttpMethod.Get, $"/sign-in/link?token={token}", null, Cancel)).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_site_cannot_sign_somebody_in_as_somebody_else(string header, string value)
    {
        var token = await bed.MakeLinkAsync(await bed.MakeAccountAsync(null));
        using var browser = bed.NewBrowser();
        browser.Headers[header] = value;
        var (status, _) = await browser.SendAsync(HttpMethod.Post, "/sign-in/link", new FormUrlEncodedContent([KeyValuePair.Create("token", token)]), Cancel);
        status.ShouldBe(403);
        browser.Cookies.GetAllCookies().ShouldBeEmpty();
        (await browser.PostAsync("/api/v1/identity/sign-in/link", new { token }, Cancel)).Body!["code"]!.ToString().ShouldBe("caller.forged");
    }

    [Fact]
    public async Task What_stands_in_the_address_is_not_written_into_the_page()
    {
        using var browser = bed.NewBrowser();
        var (status, html) = await browser.SendAsync(HttpMethod.Get, "/sign-in/link?token=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", null, Cancel);
        status.ShouldBe(400);
        html.ShouldNotContain("alert(1)");
    }

    [Fact]
    public async Task The_owner_of_the_machine_makes_a_first_owner_and_links_for_later()
    {
        var secret = await Operator.MakeFirstOwnerAsync(bed.Database, bed.Other, Cancel);
        using var browser = bed.NewBrowser();
        (await browser.PostAsync("/api/v1/identity/sign-in/link", new { token = secret }, Cancel)).Status.ShouldBe(200);
        var (_, who) = await browser.GetAsync("/api/v1/identity/who", Cancel);
        (who!["account"]!["email"]!.ToString(), who["organisation"]!["handle"]!.ToString(), who["role"]!.ToString()).ShouldBe((Operator.FirstAddress, "other", "owner"));
        (await Should.ThrowAsync<Rialto.Kernel.Refusal>(() => Operator.MakeLinkAsync(bed.Database, "unknown@example.org", null, Cancel))).Code.ShouldBe("identity.account_unknown");
        (await Should.ThrowAsync<Rialto.Kernel.Refusal>(() => Operator.MakeLinkAsync(bed.Database, "no address", bed.Acme, Cancel))).Code.ShouldBe("identity.email_invalid");
        Operator.LinkOf("http://127.0.0.1:8080/", await Operator.MakeLinkAsync(bed.Database, "made@example.org", bed.Acme, Cancel)).ShouldStartWith("http://127.0.0.1:8080/sign-in/link?token=");
    }
}
