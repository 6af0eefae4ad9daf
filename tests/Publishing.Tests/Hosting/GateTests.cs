using System.Net;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class GateTests : PublishingTestBed
{
    [Fact]
    public async Task A_private_site_is_for_its_organisation_and_nobody_else_learns_that_it_is_there()
    {
        await Live(("index.html", "secret plans"));
        await Call(HttpMethod.Patch, "sites/lantern", new { visibility = "private" });
        var stranger = await Get("/s/lantern/");
        stranger.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Text(stranger)).ShouldBe(await Text(await Get("/s/never-was/")));
        (await Get("/s/lantern/", ("Authorization", "Bearer nobody"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var bob = Host.As("bob", Kernel.TenantId.New());
        (await bob.GetAsync("/s/lantern/", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var hers = await Ada.GetAsync("/s/lantern/", Cancel);
        (await Text(hers)).ShouldBe("secret plans");
        hers.Headers.CacheControl!.Private.ShouldBeTrue();
    }

    [Fact]
    public async Task The_password_opens_a_site_until_it_is_changed()
    {
        await Live(("index.html", "for friends"), ("a.css", "a{}"));
        await Call(HttpMethod.Patch, "sites/lantern", new { visibility = "password", password = "open sesame" });
        var asked = await Get("/s/lantern/");
        asked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Text(asked)).ShouldContain("type=\"password\"");
        (await Get("/s/lantern/a.css")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Give("wrong")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var opened = await Give("open sesame");
        opened.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var cookie = opened.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly", Case.Insensitive);
        var pair = cookie.Split(';')[0];
        (await Text(await Get("/s/lantern/", ("Cookie", pair)))).ShouldBe("for friends");
        (await Get("/s/lantern/", ("Cookie", pair[..^1] + (pair[^1] == '0' ? '1' : '0')))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await Call(HttpMethod.Patch, "sites/lantern", new { password = "another one" });
        (await Get("/s/lantern/", ("Cookie", pair))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Guessing_is_stopped()
    {
        await Live(("index.html", "for friends"));
        await Call(HttpMethod.Patch, "sites/lantern", new { visibility = "password", password = "open sesame" });
        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 24; attempt++) answers.Add((await Give("guess")).StatusCode);
        answers.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_password_is_needed_for_a_site_that_asks_for_one()
    {
        await Live(("index.html", "x"));
        (await Call(HttpMethod.Patch, "sites/lantern", new { visibility = "password" }, 422))["code"]!.GetValue<string>().ShouldBe("publishing.password_missing");
        (await Call(HttpMethod.Patch, "sites/lantern", new { visibility = "secret" }, 400))["code"]!.GetValue<string>().ShouldBe("request.invalid");
        (await Text(await Get("/s/lantern/"))).ShouldBe("x");
    }

    [Fact]
    public async Task Rules_of_a_site_do_not_let_what_is_locked_into_caches_of_others()
    {
        await Live(("index.html", "for friends"), ("a.12ab34cd56.css", "a{}"), ("_headers", "/*\n  Cache-Control: public, max-age=600\n  CDN-Cache-Control: max-age=600\n  Access-Control-Allow-Origin: *\n  X-Own: kept\n"));
        (await Get("/s/lantern/")).Headers.CacheControl!.ToString().ShouldBe("public, max-age=600");
        await Call(HttpMethod.Patch, "sites/lantern", new { visibility = "private" });
        foreach (var path in new[] { "/s/lantern/", "/s/lantern/a.12ab34cd56.css" })
        {
            var hers = await Ada.GetAsync(path, Cancel);
            hers.Headers.CacheControl!.ToString().ShouldBe("no-cache, private");
            hers.Headers.Contains("CDN-Cache-Control").ShouldBeFalse();
            hers.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
            hers.Headers.GetValues("X-Own").ShouldHaveSingleItem().ShouldBe("kept");
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    public async Task A_private_site_answers_every_method_as_a_name_that_was_never_given(string method)
    {
        await Live(("index.html", "secret plans"));
        await Call(HttpMethod.Patch, "sites/lantern", new { visibility = "private" });
        foreach (var path in new[] { "/s/{0}/", "/s/{0}/index.html", "/s/{0}@main/", "/s/{0}", "/s/{0}/?x=1" })
        {
            var known = await Send(new HttpMethod(method), string.Format(System.Globalization.CultureInfo.InvariantCulture, path, "lantern"), ("Range", "bytes=0-1"), ("If-None-Match", "*"));
            var unknown = await Send(new HttpMethod(method), string.Format(System.Globalization.CultureInfo.InvariantCulture, path, "never-was"), ("Range", "bytes=0-1"), ("If-None-Match", "*"));
            ((int)known.StatusCode).ShouldBe((int)unknown.StatusCode, path);
            (await Text(known)).ShouldBe(await Text(unknown));
            known.Headers.Concat(known.Content.Headers).Where(header => header.Key is not ("Date" or "Location")).Select(header => $"{header.Key}: {string.Join(',', header.Value)}")
                .ShouldBe(unknown.Headers.Concat(unknown.Content.Headers).Where(header => header.Key is not ("Date" or "Location")).Select(header => $"{header.Key}: {string.Join(',', header.Value)}"), path);
        }
    }

    [Fact]
    public async Task Nothing_of_a_locked_site_comes_without_the_password_by_whatever_way()
    {
        await Live(("index.html", "for friends"), ("a.css", "a{}"), ("data.json", "{}"), ("404.html", "friends' own page"), ("_redirects", "/old /index.html 200\n/out https://example.org/secret-place 302!\n"));
        await Call(HttpMethod.Patch, "sites/lantern", new { visibility = "password", password = "open sesame" });
        foreach (var path in new[] { "/s/lantern/", "/s/lantern/a.css", "/s/lantern/data.json", "/s/lantern/missing", "/s/lantern/old", "/s/lantern/out" })
        {
            var answer = await Get(path, ("Range", "bytes=0-3"), ("Cookie", "rialto-site=9999999999.00"));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
            (await Text(answer)).ShouldNotContain("friends", Case.Insensitive);
            answer.Headers.ETag.ShouldBeNull();
            answer.Headers.Location.ShouldBeNull();
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
        (await Get("/old", ("Host", "lantern.sites.test"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:aaaa::1", "20010db800010002")]
    [InlineData("2001:db8:1:2:bbbb::9", "20010db800010002")]
    [InlineData(null, "unknown")]
    public void Who_guesses_is_counted_by_the_network_they_have(string? address, string counted) =>
        SiteGate.Neighbourhood(address is null ? null : IPAddress.Parse(address)).ShouldBe(counted);

    private async Task<HttpResponseMessage> Give(string password) =>
        await Visitor.PostAsync("/s/lantern/", new FormUrlEncodedContent(new Dictionary<string, string> { ["password"] = password }), Cancel);
}
