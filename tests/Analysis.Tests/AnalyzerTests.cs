using Rialto.Analysis;
using Rialto.Testing;
using Shouldly;
using Xunit;

public sealed class AnalyzerTests
{
    private static Task<Facts> Analyze(MemoryTree tree) => AnalysisModule.NewAnalyzer().AnalyzeAsync(tree, cancel: TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_small_library_is_told_in_its_own_words_with_evidence()
    {
        var facts = await Analyze(new MemoryTree()
            .Add("README.md", "# Quill ✒️\n\n[![ci](https://img.shields.io/x.svg)](https://ci)\n\nQuill is a tiny template engine for Node that never evaluates code.\n\n## Install\n")
            .Add("package.json", "{\n  \"name\": \"quill\",\n  \"version\": \"1.2.0\",\n  \"dependencies\": { \"he\": \"^1.0.0\" }\n}\n"));

        facts.Title.Value.ShouldBe("Quill");
        facts.Title.Evidence[0].ToString().ShouldBe("README.md:1@0123456789ab");
        facts.Summary!.Value.ShouldBe("Quill is a tiny template engine for Node that never evaluates code.");
        facts.Summary.Evidence[0].Line.ShouldBe(5);
        facts.Packages.Single().Dependencies.Single().ShouldBe(new Dependency("he", "^1.0.0", "runtime", new Evidence("package.json", 4, MemoryTree.Commit)));
    }

    [Fact]
    public async Task A_repository_without_any_file_is_named_and_nothing_is_invented()
    {
        var facts = await Analyze(new MemoryTree());
        facts.Title.Value.ShouldBe("product");
        facts.Summary.ShouldBeNull();
        facts.Readme.ShouldBeNull();
        facts.Packages.ShouldBeEmpty();
    }
}
