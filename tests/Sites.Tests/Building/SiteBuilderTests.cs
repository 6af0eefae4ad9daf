using System.Xml.Linq;
using AngleSharp.Html.Parser;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

public sealed class SiteBuilderTests
{
    private static MemoryTree Docs() => new MemoryTree()
        .Add("README.md", "# Product\n\nA product that does one thing and does it very well indeed.\n\nSee [the guide](docs/guide/01-start.md).")
        .Add("README.zh-CN.md", "# 产品\n\n这个产品只做一件事，并且做得非常好。这个产品只做一件事，并且做得非常好。")
        .Add("docs/index.md", "# Docs").Add("docs/guide/01-start.md", "# Start").Add("docs/guide/02-next.md", "---\ntitle: The next step\n---\ntext").Add("docs/guide/10-last.md", "# Last")
        .Add("CONTRIBUTING.md", "# Contributing");

    private static async Task<(SiteReport Report, MemoryOutput Output)> Build(MemoryTree tree, SiteOptions? options = null)
    {
        var output = new MemoryOutput();
        return (await SitesModule.Create().BuildAsync(TestFacts.Of(tree), tree, options ?? new SiteOptions(), output), output);
    }

    [Fact]
    public async Task Every_local_address_of_every_page_leads_to_a_file()
    {
        var (_, output) = await Build(Docs());
        foreach (var path in output.Files.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal) && path != "404.html"))
            foreach (var element in new HtmlParser().ParseDocument(output.Text(path)).QuerySelectorAll("[href],[src]"))
            {
                var address = element.GetAttribute("href") ?? element.GetAttribute("src")!;
                if (Addresses.Scheme(address) is not null || address.StartsWith('#')) continue;
                address.ShouldNotStartWith("/", customMessage: $"{path}: a site must stand under any sub-path");
                var target = new Uri(new Uri("https://x.example/sub/" + path), address).AbsolutePath["/sub/".Length..];
                output.Files.Keys.ShouldContain(PageRenderer.FileOf(Uri.UnescapeDataString(target)), $"{path}: {address}");
            }
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes()
    {
        var (first, second) = (await Build(Docs()), await Build(Docs()));
        first.Output.Files.Keys.Order().ShouldBe(second.Output.Files.Keys.Order());
        foreach (var (path, bytes) in first.Output.Files) bytes.ShouldBe(second.Output.Files[path], path);
    }

    [Fact]
    public async Task Numbers_order_pages_and_do_not_show()
    {
        var (_, output) = await Build(Docs());
        var start = output.Text("docs/guide/start/index.html");
        start.ShouldContain("../next/");
        output.Files.Keys.ShouldContain("docs/guide/last/index.html");
        output.Text("docs/guide/next/index.html").ShouldContain("The next step");
    }

    [Fact]
    public async Task Translations_know_each_other()
    {
        var (_, output) = await Build(Docs());
        output.Text("docs/index.html").ShouldContain("hreflang=\"zh-Hans\" href=\"zh-hans/\"");
        output.Text("docs/zh-hans/index.html").ShouldContain("lang=\"zh-Hans\"");
    }

    [Fact]
    public async Task A_base_url_gives_canonical_links_and_a_sitemap()
    {
        var (_, output) = await Build(Docs(), new SiteOptions { BaseUrl = new Uri("https://example.org/product") });
        output.Text("docs/guide/start/index.html").ShouldContain("<link rel=\"canonical\" href=\"https://example.org/product/docs/guide/start/\">");
        XDocument.Parse(output.Text("sitemap.xml")).Root!.Elements().Count().ShouldBe(8);
        (await Build(Docs())).Output.Files.Keys.ShouldNotContain("sitemap.xml");
    }

    [Fact]
    public async Task Machines_find_what_they_read()
    {
        var (_, output) = await Build(Docs());
        output.Text("llms.txt").ShouldContain("# Product");
        output.Text("llms-full.txt").ShouldContain("does one thing");
        output.Text("robots.txt").ShouldContain("Allow: /");
        System.Text.Json.JsonDocument.Parse(output.Text("manifest.webmanifest")).RootElement.GetProperty("start_url").GetString().ShouldBe("./");
        output.Text("sw.js").ShouldNotContain("__");
    }

    [Fact]
    public async Task A_change_of_any_file_changes_the_service_worker()
    {
        var before = (await Build(Docs())).Output.Text("sw.js");
        (await Build(Docs().Add("docs/guide/10-last.md", "# Last, changed"))).Output.Text("sw.js").ShouldNotBe(before);
    }

    [Fact]
    public async Task Structured_data_is_json_that_cannot_end_its_script()
    {
        var tree = Docs().Add("docs/evil.md", "# </script><script>alert(1)</script>\n\n&lt;/script&gt; text that is long enough to be a description of it.");
        var (_, output) = await Build(tree);
        foreach (var page in output.Files.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal)))
            foreach (var script in new HtmlParser().ParseDocument(output.Text(page)).QuerySelectorAll("script[type='application/ld+json']"))
                System.Text.Json.JsonDocument.Parse(script.TextContent).RootElement.GetProperty("@context").GetString().ShouldBe("https://schema.org");
    }

    [Fact]
    public async Task A_repository_without_anything_is_a_site_too()
    {
        var (report, output) = await Build(new MemoryTree());
        report.Pages.ShouldBe(2);
        output.Files.Keys.ShouldContain("index.html");
    }

    [Fact]
    public async Task A_page_of_a_thousand_is_no_larger_than_a_page_of_three_hundred()
    {
        async Task<int> Size(int pages)
        {
            var tree = new MemoryTree().Add("README.md", "# P");
            for (var number = 0; number < pages; number++) tree.Add($"docs/section/page-{number:0000}.md", $"# Page {number:0000}\n\ntext");
            return (await Build(tree)).Output.Files["docs/section/page-0150/index.html"].Length;
        }
        (await Size(1000)).ShouldBeInRange(1, (int)(await Size(300) * 1.02));
    }
}
