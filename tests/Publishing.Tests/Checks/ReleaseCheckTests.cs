using Shouldly;

namespace Rialto.Publishing.Tests;

/// <summary>Each rule broken once, and the same page without the fault.</summary>
public sealed class ReleaseCheckTests : PublishingTestBed
{
    private const string Head = "<!doctype html><html lang=\"en\"><head><title>Lantern</title><meta name=\"viewport\" content=\"width=device-width\"></head><body><main><h1>Lantern</h1>";

    [Fact]
    public async Task A_good_site_has_no_problems()
    {
        var report = await Look(("index.html", Page("<a href=\"docs/\">Docs</a> <a href=\"about\">About</a> <a href=\"#end\">End</a> <p id=\"end\">.</p> <a href=\"https://example.org/x\">out</a> <a href=\"mailto:ada@example.org\">mail</a>")),
            ("docs/index.html", Page("<a href=\"../\">Home</a><a href=\"./guide.html#one\">Guide</a>")), ("docs/guide.html", Page("<h2 id=\"one\">One</h2><img src=\"../a.png\" alt=\"\">")), ("about.html", Page("")), ("a.png", "x"));
        report.Problems.ShouldBeEmpty(string.Join('\n', report.Findings));
        (report.Pages, report.PagesChecked, report.Links).ShouldBe((4, 4, 5));
        report.FrontBytes.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("link.broken", "<a href=\"gone.html\">x</a>")]
    [InlineData("link.broken", "<a href=\"/gone/\">x</a>")]
    [InlineData("link.broken", "<a href=\"../../gone\">x</a>")]
    [InlineData("link.broken", "<a href=\"http://lantern.sites.test:8080/gone\">x</a>")]
    [InlineData("link.broken", "<map name=m><area href=\"gone\" alt=x></map>")]
    [InlineData("link.place", "<a href=\"#nowhere\">x</a>")]
    [InlineData("link.place", "<a href=\"other.html#nowhere\">x</a>")]
    [InlineData("link.resource", "<script src=\"gone.js\"></script>")]
    [InlineData("link.resource", "<img src=\"gone.png\" alt=\"\">")]
    [InlineData("link.resource", "<link rel=\"stylesheet\" href=\"gone.css\">")]
    [InlineData("accessibility.image", "<img src=\"a.png\">")]
    [InlineData("accessibility.label", "<input name=q>")]
    [InlineData("accessibility.label", "<label for=other>Words</label><select id=mine></select>")]
    [InlineData("accessibility.name", "<a href=\"other.html\"></a>")]
    [InlineData("accessibility.name", "<button><svg></svg></button>")]
    [InlineData("accessibility.id", "<p id=a></p><p id=a></p>")]
    [InlineData("accessibility.heading_order", "<h3>Too deep</h3>")]
    public async Task A_fault_is_found_by_its_rule_and_no_other(string rule, string fault)
    {
        var report = await Look(("index.html", Page(fault)), ("other.html", Page("")), ("a.png", "x"));
        report.Problems.Keys.ShouldBe([rule], string.Join('\n', report.Findings));
        report.Findings.ShouldHaveSingleItem().Page.ShouldBe("index.html");
    }

    [Theory]
    [InlineData("accessibility.language", "<!doctype html><html><title>t</title><main><h1>t</h1></main>")]
    [InlineData("accessibility.title", "<!doctype html><html lang=en><main><h1>t</h1></main>")]
    [InlineData("accessibility.main", "<!doctype html><html lang=en><title>t</title><h1>t</h1>")]
    [InlineData("accessibility.heading", "<!doctype html><html lang=en><title>t</title><main><h2>t</h2></main>")]
    [InlineData("accessibility.zoom", "<!doctype html><html lang=en><title>t</title><meta name=viewport content='width=device-width, user-scalable=no'><main><h1>t</h1></main>")]
    public async Task A_page_without_its_frame_is_found(string rule, string html) => (await Look(("index.html", html))).Problems.Keys.ShouldBe([rule]);

    [Theory]
    [InlineData("<label>Words <input></label>")]
    [InlineData("<label for=q>Words</label><input id=q>")]
    [InlineData("<input type=hidden><input type=submit value=Go>")]
    [InlineData("<input aria-label=Words>")]
    [InlineData("<a href=\"other.html\"><img src=\"a.png\" alt=\"Other\"></a>")]
    [InlineData("<button aria-label=Close></button>")]
    [InlineData("<div aria-hidden=true><a href=\"other.html\"></a><img src=\"a.png\"></div>")]
    [InlineData("<a href=\"old/page\">sent on</a>")]
    [InlineData("<a href=\"tel:123\">call</a><a href=\"javascript:void 0\">x</a>")]
    [InlineData("<a href=\"other.html#:~:text=words\">words</a><a href=\"#top\">up</a>")]
    [InlineData("<a name=place>x</a><a href=\"#place\">there</a>")]
    [InlineData("<a href=\"http://lantern.sites.test:8080/other\">by the whole address</a>")]
    public async Task What_is_right_is_not_complained_of(string markup)
    {
        var report = await Look(("index.html", Page(markup)), ("other.html", Page("")), ("a.png", "x"), ("_redirects", "/old/* /other.html 301\n"));
        report.Problems.ShouldBeEmpty(string.Join('\n', report.Findings));
    }

    [Fact]
    public async Task A_page_that_only_sends_on_need_not_be_readable() =>
        (await Look(("index.html", Page("")), ("old.html", "<meta http-equiv=refresh content='0;url=/'>"))).Problems.ShouldBeEmpty();

    [Fact]
    public async Task Heavy_pages_and_pictures_are_found_and_weighed_as_they_are_sent()
    {
        var noise = new Random(5);
        var picture = new string([.. Enumerable.Range(0, 1_700_000).Select(_ => (char)noise.Next(32, 126))]);
        var report = await Look(("index.html", Page("")), ("gallery.html", Page("<img src=\"big.png\" alt=\"\"><img src=\"big.png\" alt=\"\">")), ("big.png", picture));
        report.Problems.Keys.ShouldBe(["weight.image", "weight.page"]);
        (report.HeaviestPage, report.HeaviestBytes / 1_700_000).ShouldBe(("gallery.html", 1));
        report.FrontBytes.ShouldBeLessThan(1000);
    }

    [Theory]
    [InlineData("header.scripts", "Content-Security-Policy: script-src 'self' 'unsafe-inline'; frame-ancestors 'none'")]
    [InlineData("header.scripts", "Content-Security-Policy: default-src *; frame-ancestors 'none'")]
    [InlineData("header.referrer", "Referrer-Policy: unsafe-url")]
    [InlineData("header.nosniff", "X-Content-Type-Options: none")]
    public async Task Headers_that_a_site_weakens_are_found(string rule, string header) =>
        (await Look(("index.html", Page("")), ("_headers", $"/*\n  {header}\n"))).Problems.Keys.ShouldBe([rule]);

    [Fact]
    public async Task Many_faults_are_counted_and_the_first_are_kept()
    {
        var report = await Look(("index.html", Page(string.Concat(Enumerable.Range(0, 200).Select(number => $"<a href=\"gone{number}\">x</a>")))));
        report.Problems["link.broken"].ShouldBe(200);
        report.Findings.Count.ShouldBe(20);
    }

    [Fact]
    public void Only_what_became_worse_is_told()
    {
        var before = Report(100_000, 300_000, ("link.broken", 2), ("accessibility.image", 3));
        CheckComparison.Worse(before, before).ShouldBeEmpty();
        CheckComparison.Worse(before, Report(110_000, 290_000, ("link.broken", 1))).ShouldBeEmpty();
        CheckComparison.Worse(before, Report(200_000, 300_000, ("link.broken", 3), ("link.place", 1))).ShouldBe(["link.broken: 2 before, 3 now", "link.place: 0 before, 1 now", "weight.front: 97 kB before, 195 kB now"]);
        CheckComparison.Worse(Report(10_000, 10_000), Report(20_000, 20_000)).ShouldBeEmpty("twice of little is little");
    }

    private static CheckReport Report(long front, long heaviest, params (string Rule, int Count)[] problems) => new()
    {
        Release = Guid.NewGuid(), Pages = 1, PagesChecked = 1, Links = 0, FrontBytes = front, HeaviestPage = "index.html", HeaviestBytes = heaviest, Findings = [],
        Problems = problems.ToDictionary(problem => problem.Rule, problem => problem.Count),
    };

    private static string Page(string content) => Head + content + "</main></body></html>";

    private async Task<CheckReport> Look(params (string, string)[] files)
    {
        var site = await Live(files);
        var manifest = await Ask<string>("select manifest from publishing.releases");
        var served = new ServedSite { Tenant = AdasTenant.Value, Id = site.Id, Name = "lantern", Visibility = Visibility.Public, Secret = [], IsSinglePage = false, IsPreview = false, Release = await ServedRelease.OpenAsync(Blobs, manifest, Cancel) };
        return await new ReleaseCheck(Blobs).RunAsync(served, await ReleaseManifest.OpenAsync(Blobs, manifest, Cancel), Service<PublishingOptions>().AddressOf("lantern"), Cancel);
    }
}
