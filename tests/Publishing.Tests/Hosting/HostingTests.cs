using System.IO.Compression;
using System.Net;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class HostingTests : PublishingTestBed
{
    private static readonly string Long = "<!doctype html><title>Lantern</title>" + string.Concat(Enumerable.Repeat("<p>The lantern lights the folder.</p>", 100));

    [Fact]
    public async Task A_site_stands_under_its_name_and_at_its_path()
    {
        await Live(("index.html", "front"), ("docs/index.html", "docs"), ("about.html", "about"));
        (await Text(await Get("/s/lantern/"))).ShouldBe("front");
        (await Text(await Get("/", ("Host", "lantern.sites.test")))).ShouldBe("front");
        (await Text(await Get("/docs/", ("Host", "LANTERN.sites.test:8080")))).ShouldBe("docs");
        (await Text(await Get("/s/lantern/about", ("Host", "lantern.sites.test")))).ShouldBe("about");
        (await Get("/", ("Host", "other.sites.test"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get("/", ("Host", "a.lantern.sites.test"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("br;q=0, gzip;q=0.1", "gzip")]
    [InlineData("*", "br")]
    [InlineData("identity", null)]
    [InlineData("br;q=0", null)]
    [InlineData("", null)]
    public async Task A_client_gets_the_encoding_it_likes_best(string accepted, string? encoding)
    {
        await Live(("index.html", Long));
        var answer = await Get("/s/lantern/", ("Accept-Encoding", accepted));
        answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(encoding);
        answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
        var body = await answer.Content.ReadAsByteArrayAsync(Cancel);
        answer.Content.Headers.ContentLength.ShouldBe(body.Length);
        using Stream plain = encoding switch { "br" => new BrotliStream(new MemoryStream(body), CompressionMode.Decompress), "gzip" => new GZipStream(new MemoryStream(body), CompressionMode.Decompress), _ => new MemoryStream(body) };
        using var reader = new StreamReader(plain);
        (await reader.ReadToEndAsync(Cancel)).ShouldBe(Long);
    }

    [Fact]
    public async Task What_a_browser_has_already_is_not_sent_again_and_each_encoding_has_a_tag_of_its_own()
    {
        await Live(("index.html", Long));
        var packed = (await Get("/s/lantern/", ("Accept-Encoding", "br"))).Headers.ETag!;
        var plain = (await Get("/s/lantern/")).Headers.ETag!;
        packed.IsWeak.ShouldBeFalse();
        packed.Tag.ShouldNotBe(plain.Tag);
        foreach (var listed in new[] { plain.Tag, "\"x\", " + plain.Tag, "W/" + plain.Tag, "*" })
        {
            var answer = await Get("/s/lantern/", ("If-None-Match", listed));
            answer.StatusCode.ShouldBe(HttpStatusCode.NotModified);
            answer.Headers.ETag.ShouldBe(plain);
            (await Text(answer)).ShouldBeEmpty();
        }
        (await Get("/s/lantern/", ("If-None-Match", packed.Tag))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "0123", "bytes 0-3/10")]
    [InlineData("bytes=8-", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=-3", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-100", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=5-100", 206, "56789", "bytes 5-9/10")]
    [InlineData("bytes=10-", 416, "", "bytes */10")]
    [InlineData("bytes=-0", 416, "", "bytes */10")]
    [InlineData("bytes=3-1", 200, "0123456789", null)]
    [InlineData("bytes=0-1,4-5", 200, "0123456789", null)]
    [InlineData("lines=0-1", 200, "0123456789", null)]
    public async Task A_part_is_sent_to_who_asks_for_one(string range, int status, string body, string? told)
    {
        await Live(("index.html", ""), ("a.txt", "0123456789"));
        var answer = await Get("/s/lantern/a.txt", ("Range", range), ("Accept-Encoding", "br"));
        ((int)answer.StatusCode).ShouldBe(status);
        (await Text(answer)).ShouldBe(body);
        answer.Content.Headers.ContentRange?.ToString().ShouldBe(told);
        if (told is null) answer.Content.Headers.ContentRange.ShouldBeNull();
    }

    [Fact]
    public async Task A_part_of_something_that_changed_is_sent_whole()
    {
        await Live(("index.html", ""), ("a.txt", "0123456789"));
        var tag = (await Get("/s/lantern/a.txt")).Headers.ETag!.Tag;
        ((int)(await Get("/s/lantern/a.txt", ("Range", "bytes=0-1"), ("If-Range", tag))).StatusCode).ShouldBe(206);
        ((int)(await Get("/s/lantern/a.txt", ("Range", "bytes=0-1"), ("If-Range", "\"other\""))).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task A_large_file_is_streamed_whole_and_in_parts()
    {
        var large = string.Concat(Enumerable.Range(0, 200_000).Select(number => $"{number:000000} "));
        await Live(("index.html", ""), ("large.bin", large));
        (await Text(await Get("/s/lantern/large.bin"))).ShouldBe(large);
        (await Text(await Get("/s/lantern/large.bin", ("Range", "bytes=700000-700006")))).ShouldBe("100000 ");
    }

    [Fact]
    public async Task HEAD_says_what_GET_would_and_sends_nothing_and_what_changes_is_refused()
    {
        await Live(("index.html", Long));
        var get = await Get("/s/lantern/");
        var head = await Send(HttpMethod.Head, "/s/lantern/");
        head.Content.Headers.ContentLength.ShouldBe(Long.Length);
        head.Headers.ETag.ShouldBe(get.Headers.ETag);
        (await Text(head)).ShouldBeEmpty();
        var options = await Send(HttpMethod.Options, "/s/lantern/");
        options.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        options.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "OPTIONS"]);
        (await Send(HttpMethod.Post, "/s/lantern/")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Slashes_are_put_right_and_the_query_stays()
    {
        await Live(("index.html", "front"), ("docs/index.html", "docs"), ("about.html", "about"));
        (await Get("/s/lantern")).Headers.Location!.OriginalString.ShouldBe("/s/lantern/");
        (await Get("/s/lantern/docs?q=1")).Headers.Location!.OriginalString.ShouldBe("/s/lantern/docs/?q=1");
        (await Get("/s/lantern/about/")).Headers.Location!.OriginalString.ShouldBe("/s/lantern/about");
        (await Get(Visitor.BaseAddress + "/docs", ("Host", "lantern.sites.test"))).Headers.Location?.OriginalString.ShouldNotStartWith("//");
    }

    [Fact]
    public async Task Pages_are_asked_for_anew_and_hashed_files_are_kept_for_ever()
    {
        await Live(("index.html", "front"), ("assets/site.61edacebd5.css", "a{}"), ("logo.png", "png"));
        (await Get("/s/lantern/")).Headers.CacheControl!.ToString().ShouldBe("no-cache");
        (await Get("/s/lantern/assets/site.61edacebd5.css")).Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await Get("/s/lantern/logo.png")).Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task What_is_not_there_shows_the_sites_own_page_and_says_so()
    {
        await Live(("index.html", "front"), ("404.html", "lost"));
        var answer = await Get("/s/lantern/nowhere");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Text(answer)).ShouldBe("lost");
        (await Get("/s/lantern/nowhere", ("If-None-Match", "*"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_site_of_one_page_answers_every_address_but_not_missing_files()
    {
        await Live(("index.html", "app"), ("404.html", "lost"));
        await Call(HttpMethod.Patch, "sites/lantern", new { isSinglePage = true });
        (await Text(await Get("/s/lantern/users/7"))).ShouldBe("app");
        (await Get("/s/lantern/missing.js")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/s/lantern/../../etc/passwd")]
    [InlineData("/s/lantern/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/s/lantern/..%2f..%2fetc%2fpasswd")]
    [InlineData("/s/lantern/..%5c..%5cetc")]
    [InlineData("/s/lantern//etc/passwd")]
    [InlineData("/s/lantern/_headers")]
    [InlineData("/s/lantern/_redirects")]
    public async Task No_path_leads_out_of_the_site(string path)
    {
        await Live(("index.html", "front"), ("_headers", "/*\n  X-A: b"), ("_redirects", "/a /b"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Visitor.BaseAddress!, new Uri(Visitor.BaseAddress! + path.TrimStart('/'), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })));
        var answer = await Visitor.SendAsync(request, Cancel);
        ((int)answer.StatusCode).ShouldBeOneOf(400, 404);
    }

    [Fact]
    public async Task Pages_carry_the_headers_that_keep_visitors_safe()
    {
        await Live(("index.html", "front"), ("404.html", "<script>boot()</script><script src=\"site.js\"></script><script src=\"https://count.example/x.js\" defer></script>"), ("x.svg", "<svg/>"));
        var page = await Get("/s/lantern/");
        page.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        page.Headers.GetValues("Referrer-Policy").ShouldBe(["strict-origin-when-cross-origin"]);
        page.Headers.GetValues("X-Frame-Options").ShouldBe(["SAMEORIGIN"]);
        page.Headers.Contains("Permissions-Policy").ShouldBeTrue();
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("boot()"u8));
        policy.ShouldContain($"script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}' https://count.example;");
        policy.Split(';').Single(part => part.TrimStart().StartsWith("script-src", StringComparison.Ordinal)).ShouldNotContain("unsafe-inline");
        (await Get("/s/lantern/x.svg")).Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
    }

    [Fact]
    public async Task Previews_are_not_for_search_engines()
    {
        var site = await Live(("index.html", "front"));
        var next = new NewRelease { Site = site.Id, Sequence = 5, Branch = "fix/one", Commit = new string('a', 40), Manifest = await Ask<string>("select manifest from publishing.releases"), Files = 1, Pages = 1, Bytes = 1, Theme = "" };
        await using (var session = await Test.Database.BeginAsync(AdasTenant, Cancel))
        {
            await next.InsertAsync(session, Cancel);
            await Service<GoLive>().PreviewAsync(session, site, next, "fix/one", Cancel);
            await session.CommitAsync(Cancel);
        }
        var label = PreviewLabel.OfBranch("fix/one");
        var byName = await Get("/", ("Host", $"{label}--lantern.sites.test"));
        (await Text(byName)).ShouldBe("front");
        byName.Headers.GetValues("X-Robots-Tag").ShouldBe(["noindex"]);
        (await Text(await Get("/s/lantern@aaaaaaaaaaaa/"))).ShouldBe("front");
        (await Get("/s/lantern@nothing/")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get("/s/lantern/")).Headers.Contains("X-Robots-Tag").ShouldBeFalse();
    }
}
