using System.Text.Json;
using Rialto.Cli.Tests.Commands.Secrets;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Cli.Tests.Commands.Facts;

/// <summary><c>rialto analyze --only</c> as people run it.</summary>
public sealed class AnalyzeTests
{
    private static TestRepository Repository()
    {
        var repository = new TestRepository().Write("package.json", "{\"name\": \"quill\", \"license\": \"ISC\"}").Write("index.js", "export default 1;\n").Write("README.md", "# Quill\n");
        repository.Commit();
        return repository;
    }

    [Theory]
    [InlineData("languages,licence", "schema,licence,languages")]
    [InlineData("licence", "schema,licence")]
    [InlineData("languages, languages", "schema,languages")]
    [InlineData("title,licence", "schema,title,licence")]
    [InlineData("quality", "schema,quality")]
    public async Task Only_what_was_asked_for_is_said(string only, string members)
    {
        using var repository = Repository();
        var ran = await RialtoProgram.RunAsync("analyze", repository.Path, "--only", only, "--json");
        ran.Error.ShouldBeEmpty();
        ran.Output.TrimEnd().ShouldNotContain("\n");
        string.Join(',', JsonDocument.Parse(ran.Output).RootElement.EnumerateObject().Select(member => member.Name)).ShouldBe(members);
    }

    [Fact]
    public async Task For_a_reader_the_document_is_indented()
    {
        using var repository = Repository();
        var ran = await RialtoProgram.RunAsync("analyze", repository.Path, "--only", "licence");
        ran.Output.ShouldContain("\n    \"expression\": \"ISC\"");
    }

    [Theory]
    [InlineData("licence,titel", "did you mean title?")]
    [InlineData("nonsenses", "choose among activity, audience,")]
    [InlineData(",", "--only names no fact")]
    public async Task A_fact_that_does_not_exist_is_refused_with_advice(string only, string advice)
    {
        var ran = await RialtoProgram.RunAsync("analyze", ".", "--only", only);
        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(advice);
    }

    [Fact]
    public async Task A_secret_in_the_name_of_a_licence_file_is_not_said()
    {
        using var repository = new TestRepository().Write($"LICENSES/{Planted.Token}/LICENSE", "MIT License\n").Write($"LICENSE.{Planted.Token}", "MIT License\n").Write("a.py", "a = 1\n");
        repository.Commit();
        var ran = await RialtoProgram.RunAsync("analyze", repository.Path, "--only", "languages,licence", "--json");
        ran.ExitCode.ShouldBe(0);
        (ran.Output + ran.Error).ShouldNotContain(Planted.Token);
    }
}
