using System.Net;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class SiteRulesTests : PublishingTestBed
{
    [Fact]
    public async Task Redirects_lead_where_the_site_says_and_stay_below_its_path()
    {
        await Live(("index.html", "front"), ("new.html", "new"), ("_redirects", """
            # moved
            /old /new
            /blog/* /news/:splat 302
            /user/:id /people/:id 307
            /away https://example.org/:splat
            /same /new.html 200
            /new /index.html 301!
            //evil /x
            /evil //evil.example/ 301
            /bad javascript:alert(1)
            """));
        await Leads("/old", 301, "/s/lantern/new");
        await Leads("/blog/2026/first", 302, "/s/lantern/news/2026/first");
        await Leads("/user/7", 307, "/s/lantern/people/7");
        await Leads("/away", 301, "https://example.org/:splat");
        await Leads("/new", 301, "/s/lantern/index.html");
        (await Text(await Get("/s/lantern/same"))).ShouldBe("new");
        (await Get("/s/lantern/evil")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get("/s/lantern/bad")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get("/s/lantern/blog/%0d%0aSet-Cookie:x=1")).Headers.Contains("Set-Cookie").ShouldBeFalse();

        async Task Leads(string from, int status, string to)
        {
            var answer = await Get("/s/lantern" + from);
            ((int)answer.StatusCode).ShouldBe(status, from);
            answer.Headers.Location!.OriginalString.ShouldBe(to);
        }
    }

    [Fact]
    public async Task Headers_of_the_sites_own_are_added_and_ours_stay_ours()
    {
        await Live(("index.html", "front"), ("data/a.json", "{}"), ("_headers", """
            /*
              X-Everywhere: yes
              Set-Cookie: a=b
              Content-Length: 1
              Bad Name: x
            /data/*
              Access-Control-Allow-Origin: *
              Cache-Control: public, max-age=60
            """));
        var page = await Get("/s/lantern/");
        page.Headers.GetValues("X-Everywhere").ShouldBe(["yes"]);
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        page.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        var data = await Get("/s/lantern/data/a.json");
        data.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        data.Headers.CacheControl!.ToString().ShouldBe("public, max-age=60");
    }

    [Fact]
    public void Many_patterns_on_a_long_path_take_no_time_to_speak_of()
    {
        var rules = RedirectRules.Parse(string.Join('\n', Enumerable.Range(0, 5000).Select(number => $"/a{number}/:b/:c/:d/* /x/:splat")));
        rules.Find("/" + string.Join('/', Enumerable.Repeat("a", 4000)), forcedOnly: false).ShouldBeNull();
    }
}
