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

    private async Task<HttpResponseMessage> Give(string password) =>
        await Visitor.PostAsync("/s/lantern/", new FormUrlEncodedContent(new Dictionary<string, string> { ["password"] = password }), Cancel);
}
