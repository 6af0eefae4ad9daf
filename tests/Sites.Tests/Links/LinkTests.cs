using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

public sealed class LinkTests
{
    private const string Web = "https://github.com/acme/product";

    [Theory]
    [InlineData("", "docs/guide/", "docs/guide/")]
    [InlineData("docs/guide/", "", "../../")]
    [InlineData("docs/guide/", "docs/guide/", "./")]
    [InlineData("docs/guide/", "docs/api/#x", "../api/#x")]
    [InlineData("docs/a/b/", "assets/site.css", "../../../assets/site.css")]
    [InlineData("docs/", "docs/", "./")]
    [InlineData("404.html", "docs/", "docs/")]
    [InlineData("docs/a/", "docs/安装/", "../%E5%AE%89%E8%A3%85/")]
    public void Addresses_are_relative_from_every_depth(string from, string target, string expected) => Paths.Href(from, target).ShouldBe(expected);

    [Fact]
    public void Links_to_documents_become_links_to_their_pages()
    {
        var tree = new MemoryTree().Add("docs/guide/start.md", "# Start").Add("docs/guide/next.md", "# Next");
        Written.Markdown("[s](docs/guide/start.md#go)", tree).ShouldContain("href=\"guide/start/#go\"");
        Written.Markdown("[n](./next.md) [r](../../README.md) [h](/guide/next.html) [x](start)", tree.Add("README.md", "# R"), "docs/guide/page.md").ShouldContain("href=\"../next/\">n</a> <a href=\"../../\">r</a> <a href=\"../next/\">h</a> <a href=\"../start/\">x</a>");
    }

    [Fact]
    public void Links_to_other_files_go_to_the_host_at_the_commit() =>
        Written.Markdown("[f](<src/a b.cs#L3>) [d](src)", new MemoryTree().Add("src/a b.cs", "x"), web: Web)
            .ShouldContain($"<a href=\"{Web}/blob/{MemoryTree.Commit}/src/a%20b.cs#L3\" rel=\"nofollow noopener\">f</a> <a href=\"{Web}/tree/{MemoryTree.Commit}/src\" rel=\"nofollow noopener\">d</a>");

    [Fact]
    public void Links_to_the_repository_on_its_own_host_stay_on_the_site() =>
        Written.Markdown($"[a]({Web}/blob/main/docs/a.md)", new MemoryTree().Add("docs/a.md", "# A"), web: Web).ShouldContain("href=\"a/\"");

    [Fact]
    public void Broken_links_are_text_and_a_warning()
    {
        var (document, warnings) = Written.Page("[gone](docs/gone.md)");
        document.Html.ShouldNotContain("<a href");
        document.Html.ShouldContain("gone");
        warnings.ShouldContain(warning => warning.Code == "link.broken" && warning.Path == "README.md");
    }

    [Fact]
    public void Links_out_of_the_repository_lead_nowhere() => Written.Markdown("[x](../../../etc/passwd)").ShouldNotContain("<a href");

    [Fact]
    public void Pictures_are_copied_and_shown_with_their_size()
    {
        var html = Written.Markdown("<img src=\"docs/a.png\" width=50>", new MemoryTree().Add("docs/a.png", Png(100, 40)));
        html.ShouldContain("src=\"../assets/media/a-");
        html.ShouldContain("width=\"50\" height=\"20\"");
        html.ShouldContain("loading=\"lazy\"");
    }

    [Fact]
    public void Symbolic_links_are_followed_inside_the_tree_and_never_out()
    {
        var tree = new MemoryTree().Add("a.png", Png(1, 1)).Add("docs/in.png", "../a.png", Repositories.SourceEntryKind.Symlink).Add("docs/out.png", "../../etc/passwd", Repositories.SourceEntryKind.Symlink).Add("docs/loop.png", "loop.png", Repositories.SourceEntryKind.Symlink);
        var (document, warnings) = Written.Page("![in](docs/in.png) ![out](docs/out.png) ![loop](docs/loop.png)", tree);
        document.Html.Split("<img").Length.ShouldBe(2);
        warnings.Count(warning => warning.Code == "picture.missing").ShouldBe(2);
    }

    [Fact]
    public void Pointers_of_large_file_storage_are_no_pictures()
    {
        var (document, warnings) = Written.Page("![big](a.png)", new MemoryTree().Add("a.png", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"));
        document.Html.ShouldNotContain("<img");
        warnings.ShouldContain(warning => warning.Code == "picture.missing");
    }

    [Fact]
    public void A_picture_for_each_scheme_is_shown_by_the_scheme()
    {
        var tree = new MemoryTree().Add("l.png", Png(1, 1)).Add("d.png", Png(1, 1));
        var html = Written.Markdown("<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"d.png\"><img src=\"l.png\" alt=\"x\"></picture>", tree);
        html.ShouldContain("class=\"only-light\"");
        html.ShouldContain("class=\"only-dark\"");
        Written.Markdown("![a](l.png#gh-light-mode-only)", tree).ShouldContain("only-light");
    }

    [Fact]
    public void An_svg_is_not_carried_along_without_a_sanitiser() =>
        Written.Markdown("![a](a.svg) ![b](b.png)", new MemoryTree().Add("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>").Add("b.png", "<svg xmlns='http://www.w3.org/2000/svg'/>")).ShouldNotContain("<img");

    [Fact]
    public void The_authors_own_ids_are_prefixed_and_still_found() =>
        Written.Markdown("<a name=\"top\"></a>\n\n[up](#top) [h](#head)\n\n# Head").ShouldContain("href=\"#user-content-top\">up</a> <a href=\"#head\">h</a>");

    private static byte[] Png(int width, int height) =>
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 0, 0, (byte)width, 0, 0, 0, (byte)height, 8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
}
