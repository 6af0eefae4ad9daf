using System.Net;
using System.Text.Json.Nodes;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class TargetTests : TargetTestBed
{
    [Theory]
    [InlineData("netlify", "https://lantern.netlify.example")]
    [InlineData("vercel", "https://lantern.vercel.example")]
    [InlineData("s3", null)]
    public async Task What_goes_live_is_carried_there_and_only_what_changed_is_sent(string kind, string? url)
    {
        var site = await Live(("index.html", "front"), ("docs/a page.html", "docs"), ("a.css", "a{}"), ("b.css", "a{}"), ("gone.html", "old"));
        await AddTarget(kind);
        await WithNode(Quiet);
        Texts(Of(kind)).ShouldBe(new Dictionary<string, string> { ["/index.html"] = "front", ["/docs/a page.html"] = "docs", ["/a.css"] = "a{}", ["/b.css"] = "a{}", ["/gone.html"] = "old" }, ignoreOrder: true);
        var first = (await Deployments()).ShouldHaveSingleItem();
        (first["state"]!.GetValue<string>(), first["reason"]!.GetValue<string>(), first["files"]!.GetValue<int>(), first["url"]?.GetValue<string>()).ShouldBe(("done", "added", 5, url));

        await Publish(site, 2, ("index.html", "front two"), ("docs/a page.html", "docs"), ("a.css", "a{}"), ("b.css", "a{}"));
        Texts(Of(kind)).ShouldBe(new Dictionary<string, string> { ["/index.html"] = "front two", ["/docs/a page.html"] = "docs", ["/a.css"] = "a{}", ["/b.css"] = "a{}" }, ignoreOrder: true);
        var second = (await Deployments())[0];
        (second["state"]!.GetValue<string>(), second["reason"]!.GetValue<string>(), second["uploaded"]!.GetValue<int>(), second["uploadedBytes"]!.GetValue<long>()).ShouldBe(("done", "build", 1, 9));
        (await Events("publishing.site_deployed")).Count.ShouldBe(2);

        // Back there, while what is live here stays.
        await Call(HttpMethod.Post, "sites/lantern/targets/there/deployments", new { release = first["release"]!.GetValue<Guid>() }, 202);
        await WithNode(Quiet);
        Texts(Of(kind))["/gone.html"].ShouldBe("old");
        Texts(Of(kind))["/index.html"].ShouldBe("front");
        (await Text(await Get("/s/lantern/"))).ShouldBe("front two");
        var target = (await Call(HttpMethod.Get, "sites/lantern/targets")).AsArray().ShouldHaveSingleItem()!;
        (target["lastState"]!.GetValue<string>(), target["lastRelease"]!.GetValue<Guid>()).ShouldBe(("done", first["release"]!.GetValue<Guid>()));
    }

    [Theory]
    [InlineData("netlify")]
    [InlineData("vercel")]
    [InlineData("s3")]
    public async Task A_wrong_key_is_said_not_tried_again_and_the_right_one_helps(string kind)
    {
        await Live(("index.html", "front"));
        await AddTarget(kind, "wrong-key-1234");
        await WithNode(Quiet);
        var failed = (await Deployments()).ShouldHaveSingleItem();
        (failed["state"]!.GetValue<string>(), failed["errorCode"]!.GetValue<string>()).ShouldBe(("failed", "targets.denied"));
        var told = (await Events("publishing.deployment_failed")).ShouldHaveSingleItem();
        told.ShouldNotContain("wrong-key-1234");
        Of(kind).Published.ShouldBeEmpty();

        await Call(HttpMethod.Patch, "sites/lantern/targets/there", new { secret = StandIn.Key });
        await Call(HttpMethod.Post, "sites/lantern/targets/there/deployments", new { }, 202);
        await WithNode(Quiet);
        (await Deployments())[0]["state"]!.GetValue<string>().ShouldBe("done");
        Texts(Of(kind))["/index.html"].ShouldBe("front");
    }

    [Theory]
    [InlineData("netlify")]
    [InlineData("vercel")]
    [InlineData("s3")]
    public async Task A_host_that_is_busy_is_asked_again(string kind)
    {
        await Live(("index.html", "front"), ("a.css", "a{}"));
        Of(kind).Busy = 2;
        await AddTarget(kind);
        await WithNode(Quiet);
        Texts(Of(kind)).Count.ShouldBe(2);
        (await Deployments()).ShouldHaveSingleItem()["state"]!.GetValue<string>().ShouldBe("done");
        (await Ask<int>("select attempts from kernel.jobs where kind = 'publishing.deploy'")).ShouldBe(3);
    }

    [Fact]
    public async Task Pages_come_after_what_they_need_and_what_is_gone_goes_last()
    {
        var site = await Live(("index.html", "1"), ("about.html", "1"), ("site.12ab34cd56.css", "1"), ("_redirects", "/a /b\n"));
        await AddTarget("s3");
        await WithNode(Quiet);
        S3.Asked.ShouldBe(["PUT /sites/site.12ab34cd56.css", "PUT /sites/about.html", "PUT /sites/index.html"]);
        S3.Told["/site.12ab34cd56.css"].ShouldBe(("text/css; charset=utf-8", "public, max-age=31536000, immutable"));
        S3.Told["/index.html"].ShouldBe(("text/html; charset=utf-8", "no-cache"));
        S3.Asked.Clear();
        await Publish(site, 2, ("index.html", "2"), ("new.html", "2"), ("site.99ab34cd56.css", "2"));
        S3.Asked.ShouldBe(["PUT /sites/site.99ab34cd56.css", "PUT /sites/new.html", "PUT /sites/index.html", "DELETE /sites/_redirects", "DELETE /sites/about.html", "DELETE /sites/site.12ab34cd56.css"]);
    }

    [Fact]
    public async Task After_a_deployment_that_broke_in_the_middle_everything_is_sent_again()
    {
        var site = await Live(("index.html", "1"), ("a.css", "1"));
        await AddTarget("s3");
        await WithNode(Quiet);
        await Call(HttpMethod.Patch, "sites/lantern/targets/there", new { secret = "wrong-key-1234" });
        await Publish(site, 2, ("index.html", "2"), ("a.css", "2"));
        (await Deployments())[0]["state"]!.GetValue<string>().ShouldBe("failed");
        await Call(HttpMethod.Patch, "sites/lantern/targets/there", new { secret = StandIn.Key });
        S3.Asked.Clear();
        await Publish(site, 3, ("index.html", "1"), ("a.css", "1"));
        // What the broken one left there is not known.
        S3.Asked.ShouldBe(["PUT /sites/a.css", "PUT /sites/index.html"]);
    }

    [Fact]
    public async Task A_deployment_older_than_another_gives_way()
    {
        var site = await Live(("index.html", "1"));
        await AddTarget("netlify");
        await EndBuild(site, await Release(site, 2, ("index.html", "2")), 2);
        await EndBuild(site, await Release(site, 3, ("index.html", "3")), 3);
        await WithNode(Quiet);
        Texts(Netlify)["/index.html"].ShouldBe("3");
        (await Deployments()).Select(one => one["state"]!.GetValue<string>()).ShouldBe(["done", "superseded", "superseded"]);
        Netlify.Asked.Count(asked => asked.EndsWith("/deploys", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task What_the_host_itself_rejects_is_told_with_its_words()
    {
        await Live(("index.html", "1"));
        Netlify.Rejects = true;
        await AddTarget("netlify");
        await WithNode(Quiet);
        var failed = (await Deployments()).ShouldHaveSingleItem();
        (failed["state"]!.GetValue<string>(), failed["error"]!.GetValue<string>()).ShouldBe(("failed", "Netlify did not publish it: too many rules"));
    }

    [Fact]
    public async Task A_target_that_is_off_or_removed_gets_nothing()
    {
        var site = await Live(("index.html", "1"));
        await AddTarget("netlify");
        await WithNode(Quiet);
        (await Call(HttpMethod.Patch, "sites/lantern/targets/there", new { isEnabled = false }))["isEnabled"]!.GetValue<bool>().ShouldBeFalse();
        await Publish(site, 2, ("index.html", "2"));
        Texts(Netlify)["/index.html"].ShouldBe("1");
        (await Ada.DeleteAsync("/api/v1/publishing/sites/lantern/targets/there", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Call(HttpMethod.Get, "sites/lantern/targets/there/deployments", status: 404))["code"]!.GetValue<string>().ShouldBe("targets.not_found");
    }

    [Fact]
    public async Task Keys_are_kept_encrypted_and_shown_to_nobody()
    {
        await Live(("index.html", "1"));
        var added = await AddTarget("s3");
        added["hasSecret"]!.GetValue<bool>().ShouldBeTrue();
        added.ToJsonString().ShouldNotContain(StandIn.Key);
        (await Call(HttpMethod.Get, "sites/lantern/targets")).ToJsonString().ShouldNotContain(StandIn.Key);
        System.Text.Encoding.UTF8.GetString(await Ask<byte[]>("select secret from publishing.targets")).ShouldNotContain(StandIn.Key);
        using var bob = Host.As("bob", TenantId.New());
        (await bob.GetAsync("/api/v1/publishing/sites/lantern/targets", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("netlify", """{}""", "k", "siteId")]
    [InlineData("netlify", """{"siteId":"1"}""", "", "secret")]
    [InlineData("netlify", """{"siteId":"1","color":"red"}""", "k", "color")]
    [InlineData("vercel", """{"teamId":"1"}""", "k", "project")]
    [InlineData("s3", """{"endpoint":"ftp://x","bucket":"b","accessKeyId":"a"}""", "k", "endpoint")]
    [InlineData("s3", """{"endpoint":"https://user:pass@x","bucket":"b","accessKeyId":"a"}""", "k", "endpoint")]
    [InlineData("git", """{"branch":"x"}""", "", "repository")]
    public async Task Settings_that_cannot_work_are_refused_by_name(string kind, string settings, string secret, string named)
    {
        await Live(("index.html", "1"));
        var refused = await Call(HttpMethod.Post, "sites/lantern/targets", new { name = "there", kind, settings = JsonNode.Parse(settings), secret }, 422);
        (refused["code"]!.GetValue<string>(), refused["detail"]!.GetValue<string>().Contains(named, StringComparison.Ordinal)).ShouldBe(("targets.settings_invalid", true), refused.ToJsonString());
    }

    [Fact]
    public async Task An_address_inside_this_network_is_not_reached()
    {
        await Live(("index.html", "1"));
        using var inside = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        await Call(HttpMethod.Post, "sites/lantern/targets", new { name = "there", kind = "netlify", settings = new { siteId = "1", endpoint = $"https://{inside.LocalEndpoint}/" }, secret = "k" }, 201);
        await WithNode(Quiet);
        (await Deployments()).ShouldHaveSingleItem()["errorCode"]!.GetValue<string>().ShouldBe("outgoing.address_closed");
        inside.Pending().ShouldBeFalse();
    }
}
