using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

public sealed class GitHubMarkdownTests
{
    [Fact]
    public void Tables_keep_their_alignment() => Written.Markdown("| a | b |\n| :-: | --: |\n| 1 | 2 |").ShouldContain("<td class=\"align-center\">1</td>");

    [Fact]
    public void Tasks_are_boxes_that_cannot_be_clicked()
    {
        var html = Written.Markdown("- [x] done\n- [ ] open");
        html.ShouldContain("<input type=\"checkbox\" disabled checked aria-label=\"✓\">");
        html.ShouldContain("<input type=\"checkbox\" disabled aria-label=\"☐\">");
    }

    [Fact]
    public void Alerts_become_boxes_with_a_title()
    {
        var html = Written.Markdown("> [!WARNING]\n> Mind the gap.");
        html.ShouldContain("class=\"markdown-alert markdown-alert-warning\"");
        html.ShouldContain("Mind the gap.");
    }

    [Fact]
    public void Shortcodes_are_emoji_in_text_and_not_in_code()
    {
        var html = Written.Markdown(":rocket: `:rocket:` :nosuchemoji: 10:30:45");
        html.ShouldContain("🚀 <code dir=\"ltr\">:rocket:</code> :nosuchemoji: 10:30:45");
    }

    [Fact]
    public void Footnotes_lead_there_and_back()
    {
        var html = Written.Markdown("Text[^1].\n\n[^1]: Note.");
        html.ShouldContain("Note.");
        html.ShouldContain("href=\"#user-content-fn");
        html.ShouldContain("id=\"user-content-fn");
    }

    [Fact]
    public void Mentions_and_issues_are_links_only_where_the_host_is_known()
    {
        Written.Markdown("Thanks @ada, fixes #12 (a@b.org)").ShouldNotContain("ada\">");
        var html = Written.Markdown("Thanks @ada, fixes #12 `@ada`", web: "https://github.com/acme/product");
        html.ShouldContain("<a href=\"https://github.com/ada\">@ada</a>");
        html.ShouldContain("<a href=\"https://github.com/acme/product/issues/12\">#12</a>");
        html.ShouldContain("<code dir=\"ltr\">@ada</code>");
    }

    [Fact]
    public void Bare_addresses_are_links() => Written.Markdown("See www.example.org and https://example.org/a_b.").ShouldContain("href=\"https://example.org/a_b\"");

    [Fact]
    public void Allowed_html_stays_and_old_html_is_renewed()
    {
        var html = Written.Markdown("<details><summary>More</summary>\n\nText <kbd>K</kbd> <sub>2</sub>\n\n</details>\n\n<center>mid</center>");
        html.ShouldContain("<details><summary>More</summary>");
        html.ShouldContain("<kbd dir=\"ltr\">K</kbd>");
        html.ShouldContain("<sub>2</sub>");
        html.ShouldContain("<div class=\"align-center\">mid</div>");
    }

    [Fact]
    public void Unclosed_tags_do_not_reach_the_frame() => Written.Markdown("<div><b>open").ShouldEndWith("</b></div>");

    [Fact]
    public void Headings_get_anchors_and_an_outline()
    {
        var document = Written.Document("# Title\n\n## First part\n\n## First part");
        document.Outline.Select(heading => heading.Id).ShouldBe(["first-part", "first-part-1"]);
        document.Html.ShouldContain("<h2 id=\"first-part-1\">");
    }

    [Fact]
    public void Diagrams_and_formulas_are_readable_without_scripts()
    {
        var document = Written.Document("```mermaid\ngraph TD; A-->B\n```\n\n$x^2$\n\n$$\ny\n$$");
        document.HasDiagrams.ShouldBeTrue();
        document.HasMath.ShouldBeTrue();
        document.Html.ShouldContain("graph TD; A--&gt;B");
        document.Html.ShouldContain("x^2");
    }

    [Fact]
    public void Code_carries_its_title_language_and_marked_lines()
    {
        var html = Written.Markdown("```ts title=\"vite.config.ts\" {2}\na\nb\n```");
        html.ShouldContain("<figcaption>vite.config.ts</figcaption>");
        html.ShouldContain("data-language=\"ts\"");
        html.ShouldContain("a\n<mark>b</mark>");
    }

    [Fact]
    public void Mdx_keeps_its_text_and_loses_its_program()
    {
        var html = Written.Document("import { Card } from './card'\nexport const x = 1\n\n# Hi\n\n<Card title=\"a\">Inside</Card>\n\n{/* note */}\n\n```js\nimport y from 'y'\n```", path: "docs/a.mdx").Html;
        html.ShouldContain("Inside");
        html.ShouldContain("import y from");
        html.ShouldNotContain("Card");
        html.ShouldNotContain("note");
    }

    [Theory]
    [InlineData(":::tip[Do it]\nText\n:::", "alert-tip", "Do it")]
    [InlineData("::: warning Careful\nText\n:::", "alert-warning", "Careful")]
    [InlineData("!!! note \"Look\"\n    Text", "alert-note", "Look")]
    public void Boxes_of_documentation_tools_are_boxes_here(string text, string kind, string title)
    {
        var html = Written.Markdown(text);
        html.ShouldContain(kind);
        html.ShouldContain(title);
        html.ShouldContain("Text");
    }

    [Fact]
    public void Template_tags_of_generators_are_left_out_but_not_in_code()
    {
        var html = Written.Markdown("{% include x.html %}before {{< figure src=\"x\" >}}after `{% raw %}`");
        html.ShouldContain("before");
        html.ShouldContain("after");
        html.ShouldNotContain("include");
        html.ShouldNotContain("figure src");
    }

    [Fact]
    public void Right_to_left_text_turns_its_own_blocks_and_code_stays()
    {
        var document = Written.Document("# سلام دنیا\n\nاین یک کتابخانهٔ کوچک برای همهٔ مردم است `npm install`", path: "README.md");
        document.Html.ShouldContain("<code dir=\"ltr\">");
        document.Html.ShouldContain("dir=\"auto\"");
        document.Direction.ShouldBe("rtl");
    }

    [Fact]
    public void Remote_pictures_are_words_or_links_never_requests()
    {
        var html = Written.Markdown("![Build](https://img.shields.io/x.svg) ![Shot](https://example.org/a.png)", new MemoryTree());
        html.ShouldNotContain("<img");
        html.ShouldContain("<span class=\"chip\">Build</span>");
        html.ShouldContain("href=\"https://example.org/a.png\"");
    }
}
