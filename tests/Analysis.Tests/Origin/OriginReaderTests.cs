using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class OriginReaderTests
{
    private static MemoryTree Tree() => new() { Identity = new MemoryTree().Identity with { Name = "checkout", Owner = null, Host = null, WebUrl = null } };

    private static async Task<RepositoryFacts> Of(MemoryTree tree) => (await AnalysisModule.NewAnalyzer().AnalyzeAsync(tree, cancel: TestContext.Current.CancellationToken)).Repository;

    [Theory]
    [InlineData("package.json", "{\n \"name\": \"quill\",\n \"repository\": {\n  \"type\": \"git\",\n  \"url\": \"git+https://github.com/acme/quill.git\"\n }\n}", 5)]
    [InlineData("package.json", "{\n \"name\": \"quill\",\n \"repository\": \"acme/quill\"\n}", 3)]
    [InlineData("Cargo.toml", "[package]\nname = \"quill\"\nrepository = \"https://github.com/acme/quill\"\n", 3)]
    [InlineData("pyproject.toml", "[project]\nname = \"quill\"\n[project.urls]\nSource = \"https://github.com/acme/quill/\"\n", 4)]
    [InlineData("pom.xml", "<project>\n<scm>\n<url>https://github.com/acme/quill</url>\n</scm>\n</project>", 3)]
    [InlineData("go.mod", "module github.com/acme/quill\n", 1)]
    [InlineData("quill.gemspec", "Gem::Specification.new do |s|\n  s.homepage = \"https://github.com/acme/quill\"\nend\n", 2)]
    public async Task A_manifest_proves_where_the_repository_lives(string path, string text, int line)
    {
        var repository = await Of(Tree().Add(path, text));
        (repository.Host, repository.Owner, repository.Name, repository.WebUrl).ShouldBe(("github.com", "acme", "quill", "https://github.com/acme/quill"));
        (repository.OriginEvidence[0].Path, repository.OriginEvidence[0].Line).ShouldBe((path, line));
    }

    [Fact]
    public async Task Badges_and_links_that_agree_prove_it_and_mentions_of_others_do_not_disturb()
    {
        var repository = await Of(Tree().Add("README.md", "# Quill\n\n[![ci](https://github.com/acme/quill/actions/workflows/ci.yml/badge.svg)](https://github.com/acme/quill/actions)\n\nLike [other](https://github.com/other/thing), see [issues](https://github.com/acme/quill/issues).\n"));
        repository.WebUrl.ShouldBe("https://github.com/acme/quill");
    }

    [Fact]
    public async Task A_manifest_outweighs_links_that_grew_old_when_the_project_moved()
    {
        var links = string.Concat(Enumerable.Range(1, 40).Select(number => $"- fixed https://github.com/old/quill/issues/{number}\n"));
        var repository = await Of(Tree().Add("CHANGELOG.md", "# 1.0\n" + links).Add("package.json", "{\n \"name\": \"quill\",\n \"repository\": \"new/quill\"\n}"));
        repository.Owner.ShouldBe("new");
    }

    [Theory]
    [InlineData("# A list\n\n- [a](https://github.com/a/a)\n- [b](https://github.com/b/b)\n- [c](https://github.com/c/c)\n")]
    [InlineData("# Two\n\n[x](https://github.com/a/a/issues) [y](https://github.com/b/b/issues) [z](https://github.com/a/a/wiki) [w](https://github.com/b/b/wiki)\n")]
    [InlineData("# Look alikes\n\nhttps://github.com.evil.example/a/b/issues https://evil.example/github.com@x/a/b https://github.com/sponsors/someone/issues\n")]
    public async Task Mentions_that_do_not_agree_prove_nothing(string readme)
    {
        var repository = await Of(Tree().Add("README.md", readme));
        (repository.WebUrl, repository.Owner, repository.OriginEvidence.Count).ShouldBe((null, null, 0));
    }

    [Fact]
    public async Task What_the_source_itself_says_is_never_replaced()
    {
        var tree = new MemoryTree { Identity = new MemoryTree().Identity with { Name = "fork", Owner = "me", Host = "github.com", WebUrl = new Uri("https://github.com/me/fork") } }.Add("package.json", "{\"name\":\"quill\",\"repository\":\"acme/quill\"}");
        (await Of(tree)).WebUrl.ShouldBe("https://github.com/me/fork");
    }

    [Fact]
    public async Task Pictures_at_the_raw_address_of_the_proven_repository_are_found_in_the_commit()
    {
        var facts = await AnalysisModule.NewAnalyzer().AnalyzeAsync(Tree().Add("docs/shot.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='640' height='400'></svg>").Add("package.json", "{\"name\":\"quill\",\"repository\":\"acme/quill\"}")
            .Add("README.md", "# Quill\n\n![A screenshot](https://raw.githubusercontent.com/acme/quill/main/docs/shot.svg)\n"), cancel: TestContext.Current.CancellationToken);
        facts.Media.Pictures.Single().Location.ShouldBe("docs/shot.svg");
    }
}
