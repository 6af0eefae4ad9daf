using Rialto.Sites.Themes.Sections;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests.Themes;

public sealed class ReleaseDigestTests
{
    [Fact]
    public void A_point_that_is_wrapped_over_lines_is_one_point() =>
        Digest("* [PERF #3293](https://example.org/3293):\n  Improves directory\n  traversal.\n* Several bugs have\n  been fixed. This includes\n  one.").ShouldBe(["PERF #3293: Improves directory traversal.", "Several bugs have been fixed. This includes one."]);

    [Fact]
    public void A_long_point_ends_with_a_sentence()
    {
        var first = "The first sentence of this point says with some more words what has changed in the product.";
        Digest($"- {first} The second one goes on and on about all the reasons that led to the change, which nobody wants to read here.").ShouldBe([first]);
        Digest("- " + string.Concat(Enumerable.Repeat("word ", 60))).ShouldHaveSingleItem().ShouldEndWith("word…");
    }

    [Fact]
    public void Code_keeps_its_marks_and_what_stands_below_a_point_is_left_out() =>
        Digest("- Use `--json` now\n  - or `--text`\n- Second ([#12](https://example.org/12)) ([abcdef1](https://example.org/c))").ShouldBe(["Use `--json` now", "Second"]);

    [Fact]
    public void Who_sent_a_change_stands_behind_what_it_is() =>
        Digest("- [#3644](https://example.org/1) [`0d2e7ed`](https://example.org/2) Thanks [@ada](https://example.org/a)! - Adds a button").ShouldBe(["Adds a button"]);

    [Fact]
    public void A_release_without_a_list_is_told_by_its_first_paragraphs() => Digest("A small release\nthat mends the build.\n\nBug fixes:").ShouldBe(["A small release that mends the build."]);

    [Fact]
    public void Roles_of_Sphinx_are_resolved()
    {
        var html = Written.Document("-   Drop Python 3.9. :pr:`5730`\n-   ``RequestContext`` is now\n    merged. :issue:`12`\n", path: "docs/changes.rst").Html;
        ReleaseDigest.Lines(html, 4).ShouldBe(["Drop Python 3.9. #5730", "`RequestContext` is now merged. #12"]);
    }

    [Theory]
    [InlineData("A line-oriented search tool that recursively searches the current directory", "ripgrep is a line-oriented search tool that recursively searches the current directory for a regex pattern.", null)]
    [InlineData("A lightweight WSGI web application framework", "Flask is a lightweight WSGI web application framework. It is designed to start quick.", "It is designed to start quick.")]
    [InlineData("《ECMAScript 6 入门教程》是一本开源的 JavaScript 语言教程", "《ECMAScript 6 入门教程》是一本开源的 JavaScript 语言教程。", null)]
    [InlineData("Next Generation Frontend Tooling", "Vite is a build tool for modern web projects.", "Vite is a build tool for modern web projects.")]
    public void A_summary_says_only_what_the_line_above_it_does_not(string line, string summary, string? rest) => Repetition.Rest(line, summary, "Flask").ShouldBe(rest);

    private static IReadOnlyList<string> Digest(string markdown) => ReleaseDigest.Lines(Written.Markdown("# Product\n\n" + markdown), 4);
}
