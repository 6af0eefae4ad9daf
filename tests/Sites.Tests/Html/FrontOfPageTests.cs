using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

public sealed class FrontOfPageTests
{
    [Fact]
    public void A_first_heading_above_all_others_is_the_title()
    {
        var document = Written.Document("Product (pd)\n------\nWords.\n\n### Use\n\n#### Deeper\n");
        document.Title.ShouldBe("Product (pd)");
        document.Html.ShouldContain("<h1");
        document.Outline.Select(h => h.Level).ShouldBe([2, 3]);
    }

    [Theory]
    [InlineData("## One\n\ntext\n\n## Two\n")]
    [InlineData("Words first.\n\n## One\n\n### Two\n")]
    public void A_heading_among_equals_or_after_text_is_no_title(string text) => Written.Document(text).Html.ShouldContain("<h2");

    [Fact]
    public void A_logo_from_elsewhere_leaves_no_hole() =>
        Written.Markdown("<p align=\"center\">\n<br>\n<a href=\"https://example.org\"><img alt=\"product logo\" src=\"https://example.org/logo.png\"></a>\n<br>\n</p>\n\n# Product\n").ShouldStartWith("<h1");

    [Fact]
    public void What_stands_before_a_cut_mark_is_not_shown()
    {
        Written.Markdown("# T\n\n```ts\nimport 'x'\n// ---cut---\nconst a = 1\n```\n").ShouldNotContain("import");
        Written.Markdown("# T\n\n```ts\nlet cut = '// ---cut---'\n```\n").ShouldContain("let cut");
    }

    [Fact]
    public void Badges_stand_below_the_title()
    {
        var html = Written.Markdown("[![build](https://img.shields.io/a.svg)](https://example.org)\n\n# Product\n\nWords.\n");
        html.IndexOf("<h1", StringComparison.Ordinal).ShouldBe(0);
        html.IndexOf("chip", StringComparison.Ordinal).ShouldBeInRange(html.IndexOf("</h1>", StringComparison.Ordinal), html.IndexOf("Words.", StringComparison.Ordinal));
        Written.Markdown("Words. ![build](https://img.shields.io/a.svg)\n\n# Product\n").ShouldStartWith("<p>Words.");
    }

    [Fact]
    public void The_title_of_a_box_may_hold_code() =>
        Written.Markdown("# T\n\n::: tip `skip` <b>\ntext\n:::\n").ShouldContain("<p class=\"markdown-alert-title\"><code dir=\"ltr\">skip</code> &lt;b&gt;</p>");
}
