using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class CommandReaderTests
{
    private static async Task<IEnumerable<string>> Of(MemoryTree tree) => (await AnalysisModule.NewAnalyzer().AnalyzeAsync(tree, cancel: TestContext.Current.CancellationToken)).Commands.Select(command => $"{command.Kind} {command.Text}");

    [Fact]
    public async Task What_contributors_run_is_not_how_the_product_is_run() =>
        (await Of(new MemoryTree().Add("README.md", "# Product\n\n## Usage\n\n```sh\nnpx product draw\n```\n\n## Contributing\n\n### Site\n\n```sh\nnpx serve\nnpm test\n```\n"))).ShouldBe(["Run npx product draw", "Test npm test"]);

    [Fact]
    public async Task A_program_is_started_from_its_folder_and_a_file_is_fetched_from_where_it_is_published() =>
        (await Of(new MemoryTree().Add("README.md", "# Product\n\n## Start\n\n    % ./product-server\n    % ./product-server /path/to/conf\n\n```sh\ncurl -O https://product.example/product.jar\ncurl -O https://else.example/other.jar\ndocker compose up mysql\n```\n"))).ShouldBe(["Install curl -O https://product.example/product.jar", "Run ./product-server"]);

    [Fact]
    public async Task The_registry_of_the_product_comes_before_other_managers_and_indented_AsciiDoc_is_read() =>
        (await Of(new MemoryTree().Add("README.adoc", "= Product\n\n== Install\n\n $ brew install product\n\nor\n\n $ gem install product\n").Add("product.gemspec", "Gem::Specification.new do |s|\n  s.name = 'product'\nend\n"))).ShouldBe(["Install gem install product", "Install brew install product"]);

    [Fact]
    public async Task A_Go_program_with_replaced_modules_cannot_be_installed_at_a_version() =>
        (await Of(new MemoryTree().Add("go.mod", "module example.com/acme/product\n\nreplace example.com/acme/product/x => ./x\n").Add("main.go", "package main\n"))).ShouldNotContain(command => command.StartsWith("Install", StringComparison.Ordinal));
}
