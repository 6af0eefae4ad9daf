using Microsoft.AspNetCore.Http;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class OwnPageTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string Keys = "/api/v1/identity/keys";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static object NewKey => new { name = "n", scopes = new[] { "identity.read" } };

    [Fact]
    public async Task A_change_by_cookie_needs_the_token_of_its_session()
    {
        using var browser = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var token = browser.CsrfToken!;
        (await browser.PostAsync(Keys, NewKey, Cancel)).Status.ShouldBe(201);
        using var other = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        foreach (var wrong in new[] { null, "", token + "A", token[..^1], other.CsrfToken })
        {
            browser.CsrfToken = wrong;
            var (status, body) = await browser.PostAsync(Keys, NewKey, Cancel);
            (status, body!["code"]!.ToString()).ShouldBe((403, "caller.forged"), wrong);
        }
        (await browser.GetAsync(Keys, Cancel)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "http://127.0.0.1:1", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "file://", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 201)]
    [InlineData("Sec-Fetch-Site", "none", 201)]
    public async Task A_change_by_cookie_comes_from_a_page_of_this_platform_even_with_the_token(string header, string value, int expected)
    {
        using var browser = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        browser.Headers[header] = value;
        (await browser.PostAsync(Keys, NewKey, Cancel)).Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData("same-origin", 201)]
    [InlineData("cross-site", 403)]
    public async Task A_page_without_a_referrer_sends_no_origin_and_what_the_browser_says_of_the_site_decides(string site, int expected)
    {
        using var browser = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        (browser.Headers["Origin"], browser.Headers["Sec-Fetch-Site"]) = ("null", site);
        (await browser.PostAsync(Keys, NewKey, Cancel)).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task The_platforms_own_origin_is_welcome()
    {
        using var browser = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        browser.Headers["Origin"] = browser.Server.GetLeftPart(UriPartial.Authority);
        (await browser.PostAsync(Keys, NewKey, Cancel)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_key_needs_no_token_and_wins_over_a_cookie()
    {
        using var browser = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var text = (await browser.PostAsync(Keys, new { name = "n", scopes = new[] { "identity.read" } }, Cancel)).Body!["text"]!.ToString();
        browser.CsrfToken = null;
        browser.Headers["Authorization"] = "Bearer " + text;
        (await browser.PostAsync(Keys, NewKey, Cancel)).Body!["code"]!.ToString().ShouldBe("caller.not_allowed");
        (await browser.GetAsync("/api/v1/identity/who", Cancel)).Body!["subject"]!.ToString().ShouldStartWith("key:");
    }

    [Fact]
    public void The_token_is_not_the_secret_and_tells_sessions_apart()
    {
        var (one, two) = (Secret.New(), Secret.New());
        OwnPage.TokenOf(one).ShouldNotBe(OwnPage.TokenOf(two));
        OwnPage.TokenOf(one).ShouldNotContain(one.Text);
        OwnPage.TokenOf(one).ShouldBe(OwnPage.TokenOf(new Secret(one.Text)));
        one.ToString().ShouldNotContain(one.Text);
    }

    [Theory]
    [InlineData("http", "", SessionCookie.PlainName, false)]
    [InlineData("https", "", SessionCookie.SecureName, true)]
    [InlineData("http", "https://rialto.example.org", SessionCookie.SecureName, true)]
    [InlineData("http", "http://rialto.example.org", SessionCookie.PlainName, false)]
    public void The_cookie_is_as_strict_as_the_connection_allows(string scheme, string publicUrl, string name, bool isSecure)
    {
        var layers = SettingLayers.Read(IdentitySettings.All, null, variable => variable == "RIALTO_IDENTITY__PUBLIC_URL" ? publicUrl : null);
        var http = new DefaultHttpContext { Request = { Scheme = scheme, Host = new HostString("rialto.example.org") } };
        new SessionCookie(layers).Give(http, Secret.New());
        var cookie = http.Response.Headers.SetCookie.ToString();
        cookie.ShouldStartWith(name + "=");
        cookie.ShouldContain("path=/");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("domain");
        cookie.Contains("secure", StringComparison.Ordinal).ShouldBe(isSecure);
    }

    [Fact]
    public void With_https_the_cookie_of_plain_http_is_not_looked_at()
    {
        var http = new DefaultHttpContext { Request = { Scheme = "https" } };
        http.Request.Headers.Cookie = $"{SessionCookie.PlainName}={Secret.New().Text}";
        new SessionCookie(SettingLayers.Read(IdentitySettings.All, null, _ => null)).Read(http).ShouldBeNull();
    }
}
