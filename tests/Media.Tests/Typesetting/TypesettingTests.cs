using System.Text.RegularExpressions;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Media.Tests.Typesetting;

public sealed class TypesettingTests(WorkshopFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Code_is_coloured_with_classes_only_and_its_text_is_unchanged()
    {
        fixture.Need();
        const string Code = "const a: Map<string, number> = new Map(); // <b> & \"x\"";
        var done = (await fixture.Media.Typesetting.HighlightAsync([new("ts", Code)], Cancel)).ShouldHaveSingleItem();
        done.Language.ShouldBe("typescript");
        done.Html.ShouldContain("hljs-keyword");
        System.Net.WebUtility.HtmlDecode(Regex.Replace(done.Html, "</?span[^>]*>", "")).ShouldBe(Code);
        Regex.Matches(done.Html, "<[^>]*>").Select(tag => tag.Value).ShouldAllBe(tag => tag == "</span>" || Regex.IsMatch(tag, "^<span class=\"[\\w -]+\">$"));
    }

    [Theory]
    [InlineData("jsx", "javascript"), InlineData("Terraform", "hcl"), InlineData("shell-session", "shell"), InlineData("console", "shell"), InlineData("C++", "cpp"), InlineData("F#", "fsharp")]
    [InlineData("vue", "vue"), InlineData("svelte", "svelte"), InlineData("astro", "astro"), InlineData("zig", "zig"), InlineData("toml", "ini"), InlineData("Dockerfile", "dockerfile")]
    [InlineData("proto", "protobuf"), InlineData("gql", "graphql"), InlineData("solidity", "solidity"), InlineData("Objective-C", "objectivec"), InlineData("{.python", "python"), InlineData("Vim Script", "vim")]
    public async Task Languages_go_by_the_names_authors_use(string written, string grammar)
    {
        fixture.Need();
        (await fixture.Media.Typesetting.HighlightAsync([new(written, "x = 1")], Cancel))[0].Language.ShouldBe(grammar);
    }

    [Theory, InlineData(null), InlineData(""), InlineData("klingon"), InlineData("__proto__"), InlineData("constructor"), InlineData("../../main")]
    public async Task An_unknown_language_is_escaped_text(string? language)
    {
        fixture.Need();
        (await fixture.Media.Typesetting.HighlightAsync([new(language, "<b>")], Cancel)).ShouldBe([new HighlightedCode("&lt;b&gt;", null)]);
    }

    [Fact]
    public async Task Hundreds_of_blocks_keep_their_order_and_an_endless_one_is_left_plain()
    {
        fixture.Need();
        var blocks = Enumerable.Range(0, 600).Select(i => new CodeBlock("js", $"let a{i} = {i};")).Append(new("js", new string('(', 200_000))).ToList();
        var done = await fixture.Media.Typesetting.HighlightAsync(blocks, Cancel);
        done.Count.ShouldBe(601);
        for (var i = 0; i < 600; i++) done[i].Html.ShouldContain($" a{i} ");
        done[600].Language.ShouldBeNull();
    }

    [Fact]
    public async Task Formulas_are_set_and_hostile_ones_stay_text()
    {
        fixture.Need();
        var set = await fixture.Media.Typesetting.SetFormulasAsync([new(@"\frac{a}{b}", true), new(@"\def\a{\a\a}\a", false), new(@"\href{javascript:alert(1)}{x}", false), new(@"\frac{<b>", false), new(@"\gdef\q{1}", false), new(@"\q", false)], Cancel);
        set[0].Error.ShouldBeNull();
        set[0].Html.ShouldContain("<math");
        set[1].Error.ShouldNotBeNull();
        set[2].Html.ShouldNotContain("href=");
        set[3].Html.ShouldBe(@"\frac{&lt;b&gt;");
        set[5].Html.ShouldNotContain("<mn>1</mn>");
    }

    [Fact]
    public async Task Code_that_was_coloured_before_needs_no_workshop()
    {
        fixture.Need();
        var folder = Directory.CreateTempSubdirectory("rialto-code-").FullName;
        try
        {
            var first = await MediaModule.Create(fixture.Workshop, folder).Typesetting.HighlightAsync([new("ts", "let a = 1;"), new("py", "let a = 1;")], Cancel);
            var nowhere = Workshop.Open(new WorkshopOptions { Folder = folder });
            (await MediaModule.Create(nowhere, folder).Typesetting.HighlightAsync([new("py", "let a = 1;"), new("ts", "let a = 1;")], Cancel)).ShouldBe([first[1], first[0]]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
