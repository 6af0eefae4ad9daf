using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

public sealed class RstTests
{
    private static string Html(string text, MemoryTree? tree = null) => Written.Document(text, tree, "docs/page.rst").Html;

    [Fact]
    public void Headings_follow_the_order_of_their_marks()
    {
        var html = Html("Title\n=====\n\nPart\n----\n\nDetail\n~~~~~~\n\nPart two\n--------\n");
        html.ShouldContain("<h1 id=\"title\">Title");
        html.ShouldContain("<h2 id=\"part\">");
        html.ShouldContain("<h3 id=\"detail\">");
        html.ShouldContain("<h2 id=\"part-two\">");
    }

    [Fact]
    public void Inline_marks_roles_and_references()
    {
        var html = Html("*em* **strong** ``code`` :class:`~flask.Flask` `site <https://x.example/>`_ name_ :doc:`other`\n\n.. _name: https://y.example/\n", new MemoryTree().Add("docs/other.rst", "Other\n=====\n"));
        html.ShouldContain("<em>em</em> <strong>strong</strong>");
        html.ShouldContain(">Flask</code>");
        html.ShouldContain("href=\"https://x.example/\"");
        html.ShouldContain("href=\"https://y.example/\"");
        html.ShouldContain("href=\"../other/\"");
    }

    [Fact]
    public void Code_admonitions_lists_and_tables()
    {
        var html = Html("Run::\n\n    pip install\n\n.. code-block:: python\n   :caption: app.py\n\n   x = 1\n\n.. warning:: Careful\n   now.\n\n* one\n* two\n\n  more\n\n1. first\n\n=====  ====\nName   Age\n=====  ====\nAda    36\n=====  ====\n");
        html.ShouldContain("pip install");
        html.ShouldContain("<figcaption>app.py</figcaption>");
        html.ShouldContain("alert-warning");
        html.ShouldContain("<ul>");
        html.ShouldContain("<ol>");
        html.ShouldContain("<th>Name</th>");
        html.ShouldContain("<td>Ada</td>");
    }

    [Fact]
    public void Tables_of_contents_order_the_pages()
    {
        var document = Written.Document("Docs\n====\n\n.. toctree::\n   :maxdepth: 2\n\n   zebra\n   The apple <apple>\n", new MemoryTree().Add("docs/zebra.rst", "Z\n=\n").Add("docs/apple.rst", "A\n=\n"), "docs/index.rst");
        document.Children.ShouldBe(["zebra", "apple"]);
        document.Html.ShouldContain("The apple");
    }

    [Theory]
    [InlineData(".. raw:: html\n\n   <script>alert(1)</script>\n")]
    [InlineData("`x <javascript:alert(1)>`_")]
    [InlineData(".. image:: javascript:alert(1)\n   :alt: \"><script>")]
    [InlineData("<script>alert(1)</script>")]
    public void Nothing_runs(string text) => HostileHtmlTests.Inspect(Html(text), text);
}
