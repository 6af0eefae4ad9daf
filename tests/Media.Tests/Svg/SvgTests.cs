using System.Text;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Media.Tests.Svg;

public sealed class SvgTests
{
    private const string Head = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10">""";

    [Fact]
    public void Drawing_stays()
    {
        var svg = Clean("""<defs><linearGradient id="a"><stop offset="0" stop-color="#f00"/></linearGradient></defs><path d="M0 0h9" fill="url(#a)" style="stroke:red"/><use xlink:href="#a"/><text x="1">Hi &amp; bye</text>""");
        svg.ShouldContain("""fill="url(#a)" """.Trim());
        svg.ShouldContain("stroke:red");
        svg.ShouldContain("href=\"#a\"");
        svg.ShouldContain("Hi &amp; bye");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<g onload=\"alert(1)\"/>")]
    [InlineData("<a href=\"javascript:alert(1)\"><path d=\"M0 0\"/></a>")]
    [InlineData("<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script></body></foreignObject>")]
    [InlineData("<x:script xmlns:x=\"http://www.w3.org/2000/svg\">alert(1)</x:script>")]
    [InlineData("<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">alert(1)</h:script>")]
    [InlineData("<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>")]
    [InlineData("<set attributeName=\"onclick\" to=\"alert(1)\"/>")]
    [InlineData("<image href=\"data:image/svg+xml;base64,alert(1)\"/>")]
    [InlineData("<style>@import 'alert(1)';</style>")]
    [InlineData("<style>a{background:\\75rl(alert(1))}</style>")]
    public void What_acts_is_gone(string inner)
    {
        var svg = Clean(inner);
        svg.ShouldNotContain("alert");
        svg.ShouldNotContain("javascript");
    }

    [Theory]
    [InlineData("<image href=\"https://evil.example/x.png\"/>")]
    [InlineData("<image xlink:href=\"//evil.example/x.png\"/>")]
    [InlineData("<use href=\"https://evil.example/x.svg#a\"/>")]
    [InlineData("<path fill=\"url(https://evil.example/x.svg#a)\"/>")]
    [InlineData("<path style=\"fill:url( 'https://evil.example/x' )\"/>")]
    [InlineData("<path style=\"fill:ur/**/l(https://evil.example\"/>")]
    [InlineData("<style>path{fill:url(https://evil.example/x</style>")]
    [InlineData("<style>@font-face{font-family:a;src:url(https://evil.example/x)}</style>")]
    [InlineData("<feImage href=\"https://evil.example/x\"/>")]
    public void Nothing_leaves_the_file(string inner) => Clean(inner).ShouldNotMatch(@"url\([^#]*evil|href=""[^#]*evil|url\(\s*'");

    [Fact]
    public void Entities_are_not_expanded()
    {
        var bomb = """<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>""" + Head + "<text>&b;&x;</text></svg>";
        Should.Throw<Refusal>(() => Media.Svg.Sanitise(Encoding.UTF8.GetBytes(bomb))).Code.ShouldBe("picture.unreadable");
    }

    [Fact]
    public void A_doctype_alone_does_no_harm() =>
        Media.Svg.Sanitise(Encoding.UTF8.GetBytes("""<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">""" + Head + "</svg>")).Width.ShouldBe(20);

    [Fact]
    public void Copies_of_copies_are_a_bomb()
    {
        var inner = new StringBuilder("<g id=\"g0\"><path d=\"M0 0\"/></g>");
        for (var i = 1; i < 9; i++) inner.Append($"<g id=\"g{i}\">").Insert(inner.Length, $"<use href=\"#g{i - 1}\"/>", 10).Append("</g>");
        Should.Throw<Refusal>(() => Clean(inner.ToString())).Code.ShouldBe("picture.too_large");
        Should.Throw<Refusal>(() => Clean("<g id=\"a\"><use href=\"#a\"/></g>")).Code.ShouldBe("picture.too_large");
    }

    [Fact]
    public void Depth_size_and_nonsense_are_refused()
    {
        Should.Throw<Refusal>(() => Clean(string.Concat(Enumerable.Repeat("<g>", 5000)) + string.Concat(Enumerable.Repeat("</g>", 5000)))).Code.ShouldBe("picture.too_large");
        Should.Throw<Refusal>(() => Clean(string.Concat(Enumerable.Repeat("<g/>", 60_000)))).Code.ShouldBe("picture.too_large");
        Should.Throw<Refusal>(() => Media.Svg.Sanitise(new byte[5 * 1024 * 1024])).Code.ShouldBe("picture.too_large");
        Should.Throw<Refusal>(() => Clean("<g>")).Code.ShouldBe("picture.unreadable");
        Should.Throw<Refusal>(() => Media.Svg.Sanitise("<html/>"u8)).Code.ShouldBe("picture.unreadable");
    }

    private static string Clean(string inner) => Encoding.UTF8.GetString(Media.Svg.Sanitise(Encoding.UTF8.GetBytes(Head + inner + "</svg>")).Bytes.Span);
}
