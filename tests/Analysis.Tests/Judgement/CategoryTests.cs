using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class CategoryTests
{
    private static Task<Facts> Of(MemoryTree tree) => AnalysisModule.NewAnalyzer().AnalyzeAsync(tree, cancel: TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_typeface_with_its_sources_is_a_font_for_designers_and_shown_as_a_creative_work()
    {
        var facts = await Of(new MemoryTree().Add("README.md", "# Naskh\n\nNaskh is a classical typeface for books.\n").Add("sources/Naskh.glyphs", "{}").Add("fonts/Naskh.ttf", "x").Add("OFL.txt", "x"));
        (facts.Category.Value, facts.Audience.Value, facts.Template[0].Theme).ShouldBe((ProjectCategory.Font, Audience.Designers, "creative-project"));
    }

    [Fact]
    public async Task A_library_that_speaks_of_fonts_is_no_font() =>
        (await Of(new MemoryTree().Add("README.md", "# Shape\n\nShape is a font shaping library.\n").Add("package.json", "{\"name\":\"shape\"}").Add("src/a.ts", "let a = 1;"))).Category.Value.ShouldBe(ProjectCategory.Library);

    [Fact]
    public async Task A_skeleton_is_a_template_whatever_its_readme_tells_of_the_framework() =>
        (await Of(new MemoryTree().Add("README.md", "# Frame\n\nFrame is a web application framework with a pleasant syntax.\n").Add("composer.json", "{\"name\":\"frame/frame\",\"type\": \"project\",\"description\":\"The skeleton application for the Frame framework.\"}"))).Category.Value.ShouldBe(ProjectCategory.Template);

    [Fact]
    public async Task What_a_side_package_depends_on_is_no_tag_of_the_whole()
    {
        var facts = await Of(new MemoryTree().Add("package.json", "{\"name\":\"product\",\"dependencies\":{\"vue\":\"3\"}}").Add("packages/site/package.json", "{\"name\":\"site\",\"dependencies\":{\"react\":\"19\"}}"));
        facts.Tags.Select(tag => tag.Value).ShouldContain("vue");
        facts.Tags.Select(tag => tag.Value).ShouldNotContain("react");
    }
}
