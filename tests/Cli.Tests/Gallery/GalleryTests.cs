using Shouldly;

namespace Rialto.Cli.Tests.Gallery;

public sealed class GalleryTests
{
    private static readonly GalleryEntry Entry = new("gin", "Gin <b>", "A \"web\" framework & more", ["Go", "HTML"], "MIT", "developer-library", false, "It fits.", 9, 1.5, new GalleryPictures("pictures/gin-light.webp", "pictures/gin-dark.webp", 960, 640));

    [Fact]
    public void What_a_repository_calls_itself_is_text_and_never_markup()
    {
        var page = GalleryPage.Html([Entry]);
        page.ShouldContain("Gin &lt;b&gt;");
        page.ShouldContain("A &quot;web&quot; framework &amp; more");
        page.ShouldNotContain("Gin <b>");
    }

    [Fact]
    public void Each_card_leads_to_its_site_and_says_what_it_cost()
    {
        var page = GalleryPage.Html([Entry, Entry with { Folder = "vite", ThemeWasFixed = true, Pictures = null }]);
        page.ShouldContain("<a href=\"gin/index.html\">");
        page.ShouldContain("<b>developer-library</b> · Go, HTML · MIT · 9 pages · 1.5 s");
        page.ShouldContain("<b>developer-library</b> (fixed)");
        page.ShouldContain("2 repositories, 2 sites");
        page.Split("<picture").Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("startup-product:owner/name", "startup-product", "owner/name")]
    [InlineData("https://example.org/a.git", null, "https://example.org/a.git")]
    [InlineData("git@example.org:a/b", null, "git@example.org:a/b")]
    [InlineData("owner/name@v1", null, "owner/name@v1")]
    public void A_theme_before_the_colon_is_only_one_that_exists(string name, string? theme, string source) => GalleryCommand.Split(name).ShouldBe((theme, source));

    [Fact]
    public void Folders_are_plain_and_never_taken_twice()
    {
        var root = Directory.CreateTempSubdirectory("rialto-gallery-").FullName;
        GalleryCommand.FolderOf("Gin Web/Framework..", root).ShouldBe("gin-web-framework");
        Directory.CreateDirectory(Path.Combine(root, "gin"));
        GalleryCommand.FolderOf("Gin", root).ShouldBe("gin-2");
        GalleryCommand.FolderOf("入门", root).ShouldBe("site");
        Directory.Delete(root, recursive: true);
    }
}
