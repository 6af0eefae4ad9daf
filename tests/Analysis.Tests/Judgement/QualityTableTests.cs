using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class QualityTableTests
{
    private static async Task<QualityFacts> Of(MemoryTree tree) => (await AnalysisModule.NewAnalyzer().AnalyzeAsync(tree, cancel: TestContext.Current.CancellationToken)).Quality;

    [Fact]
    public async Task A_list_of_links_is_not_asked_for_tests_and_its_weights_still_sum_to_a_hundred()
    {
        var quality = await Of(new MemoryTree().Add("readme.md", "# Good things\n\nA curated list of good things for people who like things.\n"));
        quality.Checks.Select(check => check.Id).ShouldNotContain("tests.present");
        quality.Checks.Select(check => check.Id).ShouldNotContain("readme.install");
        quality.Checks.Sum(check => check.Weight).ShouldBe(100);
    }

    [Theory]
    [InlineData("package.json", "{\"name\":\"quill\",\"dependencies\":{\"he\":\"^1.0.0\"}}", true)]
    [InlineData("package.json", "{\"name\":\"quill\",\"dependencies\":{\"he\":\"1.0.0\"}}", false)]
    [InlineData("pom.xml", "<project><groupId>a</groupId><artifactId>quill</artifactId><dependencies><dependency><groupId>g</groupId><artifactId>h</artifactId><version>1</version></dependency></dependencies></project>", false)]
    [InlineData("pyproject.toml", "[project]\nname='quill'\nversion='1.0'\ndescription='A thing for drawing'\ndependencies=['he>=1']\n", false)]
    public async Task A_lock_file_is_asked_for_only_where_keeping_one_is_the_custom(string path, string text, bool isAsked) =>
        (await Of(new MemoryTree().Add(path, text).Add("src/quill.js", "let a = 1;"))).Checks.Any(check => check.Id == "dependencies.locked").ShouldBe(isAsked);
}
