using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

public sealed class AsciiDocTests
{
    private static string Html(string text, MemoryTree? tree = null) => Written.Document(text, tree, "docs/page.adoc").Html;

    [Fact]
    public void Sections_attributes_and_inline_marks()
    {
        var html = Html("= Title\n:name: World\n\n== Part\n\nHello *{name}*, _this_ is `code` and https://x.example[a link].\n");
        html.ShouldContain("<h1 id=\"title\">");
        html.ShouldContain("<h2 id=\"part\">");
        html.ShouldContain("<strong>World</strong>, <em>this</em>");
        html.ShouldContain("<a href=\"https://x.example\" rel=\"nofollow noopener\">a link</a>");
    }

    [Fact]
    public void Blocks_lists_tables_and_admonitions()
    {
        var html = Html("= T\n\n.app.rb\n[source,ruby]\n----\nputs 1\n----\n\nNOTE: Mind this.\n\n* one\n** inner\n* two\n\n. first\n\n[cols=2*,options=\"header\"]\n|===\n|A |B\n|1 |2\n|===\n\n====\nexample\n====\n");
        html.ShouldContain("<figcaption>app.rb</figcaption>");
        html.ShouldContain("data-language=\"ruby\"");
        html.ShouldContain("alert-note");
        html.ShouldContain("<li>one<ul>");
        html.ShouldContain("<th>A</th>");
        html.ShouldContain("<td>2</td>");
        html.ShouldContain("example");
    }

    [Theory]
    [InlineData("++++\n<script>alert(1)</script>\n++++")]
    [InlineData("link:javascript:alert(1)[x]")]
    [InlineData("image::javascript:alert(1)[x]")]
    [InlineData("<<x\"onclick=alert(1),y>>")]
    public void Nothing_runs(string text) => HostileHtmlTests.Inspect(Html(text), text);
}
