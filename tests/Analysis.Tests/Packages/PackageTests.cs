using Rialto.Analysis;
using Rialto.Testing;
using Shouldly;
using Xunit;

public sealed class PackageTests
{
    private static async Task<IReadOnlyList<PackageFacts>> Of(MemoryTree tree) => await PackageReader.ReadAsync(new RepositoryContent(tree, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_cargo_member_inherits_from_its_workspace()
    {
        var packages = await Of(new MemoryTree()
            .Add("Cargo.toml", "[workspace]\nmembers = ['crates/*']\n[workspace.package]\nversion = '1.4.0'\nlicense = 'MIT'\n[workspace.dependencies]\nserde = { version = '1.0' }\n")
            .Add("crates/core/Cargo.toml", "[package]\nname = 'core'\nversion.workspace = true\nlicense.workspace = true\n[dependencies]\nserde.workspace = true\nregex = '1'\n[dev-dependencies]\ninsta = '2'\n"));
        var core = packages.Single();
        (core.Name, core.Version, core.Licence).ShouldBe(("core", "1.4.0", "MIT"));
        core.Dependencies.Select(dependency => $"{dependency.Name} {dependency.Requirement} {dependency.Scope}").ShouldBe(["serde 1.0 runtime", "regex 1 runtime", "insta 2 development"]);
    }

    [Fact]
    public async Task Central_versions_reach_the_projects_of_NuGet()
    {
        var packages = await Of(new MemoryTree()
            .Add("Directory.Packages.props", "<Project><ItemGroup><PackageVersion Include=\"Dapper\" Version=\"2.1.0\" /></ItemGroup></Project>")
            .Add("src/App/App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n<ItemGroup>\n<PackageReference Include=\"Dapper\" />\n</ItemGroup></Project>")
            .Add("tests/App.Tests/App.Tests.csproj", "<Project><ItemGroup><PackageReference Include=\"xunit.v3\" Version=\"3\" /></ItemGroup></Project>"));
        packages[0].Dependencies.Single().ShouldBe(new Dependency("Dapper", "2.1.0", "runtime", new Evidence("src/App/App.csproj", 3, MemoryTree.Commit)));
        packages[1].IsAuxiliary.ShouldBeTrue();
    }

    [Fact]
    public async Task Maven_resolves_properties_of_parents()
    {
        var packages = await Of(new MemoryTree()
            .Add("pom.xml", "<project><groupId>org.acme</groupId><artifactId>all</artifactId><version>2.0</version><properties><gson.version>2.10</gson.version></properties></project>")
            .Add("core/pom.xml", "<project><parent><groupId>org.acme</groupId><artifactId>all</artifactId><version>2.0</version></parent><artifactId>core</artifactId><dependencies><dependency><groupId>com.google</groupId><artifactId>gson</artifactId><version>${gson.version}</version></dependency></dependencies></project>"));
        packages[1].Name.ShouldBe("org.acme:core");
        packages[1].Version.ShouldBe("2.0");
        packages[1].Dependencies.Single().Requirement.ShouldBe("2.10");
    }

    [Theory]
    [InlineData("pyproject.toml", "[project]\nname='x'\ndependencies=['a[b]>=1 ; python_version>\"3\"']", "pypi", "x", "a >=1 runtime")]
    [InlineData("setup.py", "from setuptools import setup\nsetup(name='x', install_requires=['a>=1'])", "pypi", "x", "a >=1 runtime")]
    [InlineData("go.mod", "module example.org/x\nrequire (\n\ta.b/c v1.0.0\n\td.e/f v1.0.0 // indirect\n)\n", "go", "example.org/x", "a.b/c v1.0.0 runtime")]
    [InlineData("composer.json", "{\"name\":\"v/x\",\"require\":{\"php\":\">=8\",\"a/b\":\"^1\"}}", "composer", "v/x", "a/b ^1 runtime")]
    [InlineData("x.gemspec", "Gem::Specification.new do |s|\n  s.name = 'x'\n  s.add_dependency 'a', '~> 1'\nend", "rubygems", "x", "a ~> 1 runtime")]
    [InlineData("CMakeLists.txt", "project(x VERSION 1.2)\nfind_package(a 1.0 REQUIRED)", "cmake", "x", "a 1.0 runtime")]
    [InlineData("Package.swift", "let package = Package(name: \"x\", dependencies: [\n.package(url: \"https://h/o/a.git\", from: \"1.0\")])", "swift", "x", "a 1.0 runtime")]
    [InlineData("pubspec.yaml", "name: x\ndependencies:\n  a: ^1.0\n", "pub", "x", "a ^1.0 runtime")]
    [InlineData("mix.exs", "def project do [app: :x] end\ndefp deps do\n [\n  {:a, \"~> 1.0\"}\n ]", "hex", "x", "a ~> 1.0 runtime")]
    [InlineData("x.cabal", "name: x\nversion: 1\nlibrary\n  build-depends: a >=1\n", "hackage", "x", "a >=1 runtime")]
    [InlineData("Chart.yaml", "name: x\ndependencies:\n- name: a\n  version: 1.0\n", "helm", "x", "a 1.0 runtime")]
    [InlineData("Dockerfile", "FROM --platform=x a:1.0 AS b\nFROM b\n", "docker", "product", "a 1.0 build")]
    [InlineData("build.gradle", "dependencies {\n    implementation 'g:a:1.0'\n}", "gradle", "product", "g:a 1.0 runtime")]
    public async Task Each_manifest_names_its_package_and_what_it_needs(string path, string text, string ecosystem, string name, string needs)
    {
        var package = (await Of(new MemoryTree().Add(path, text))).Single();
        (package.Ecosystem, package.Name).ShouldBe((ecosystem, name));
        package.Dependencies.Select(dependency => $"{dependency.Name} {dependency.Requirement} {dependency.Scope}").ShouldBe([needs]);
    }
}
