using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

/// <summary>Documents made to be slow. Each would take minutes if any step were quadratic; the test runner's own limit is the judge.</summary>
public sealed class HtmlCostTests
{
    public static TheoryData<string> Floods => ["<a ", "<!-- ", "<svg>", "<script>", "<b>", "</b>", "<p><b>", "&", "&#", "<", ":", "@", "#", "`", "*a ", "_a", "[", "![", "[a](", "> ", "- ", "| a ", "<a href=\"", "$", "<td>", "<ul><li>", "~~", "<!", "<?"];

    [Theory, MemberData(nameof(Floods))]
    public void A_flood_of_one_mark_is_written_in_linear_time(string mark)
    {
        var html = Raw(string.Concat(Enumerable.Repeat(mark, 60_000)));
        html.Length.ShouldBeLessThan(20_000_000);
    }

    [Fact]
    public void Markdown_nested_beyond_reason_is_shown_as_it_is_written() => Written.Markdown(new string('>', 5_000) + " deep").ShouldContain("deep");

    private static string Raw(string html)
    {
        var document = new Document { SourcePath = "README.md", Format = DocumentFormat.Markdown, Url = "docs/", RawHtml = html };
        var tree = TreeIndex.CreateAsync(new Testing.MemoryTree(), default).GetAwaiter().GetResult();
        var warnings = new WarningList();
        ContentWriter.Write(document, new LinkResolver(document, new SiteContext(tree, new DocumentSet([document]), null, new PictureStore(tree, new MemoryOutput(), null, warnings), warnings)));
        return document.Html;
    }
}
