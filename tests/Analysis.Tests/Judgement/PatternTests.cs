using Rialto.Analysis;
using Rialto.Testing;
using Shouldly;
using Xunit;

/// <summary>Patterns that marks of different kinds prove together.</summary>
public sealed class PatternTests
{
    private const string Pom = "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>clinic</artifactId><version>1</version><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>{0}</artifactId></dependency></dependencies></project>";

    private static MemoryTree Clinic(string starter) => new MemoryTree().Add("README.md", "# Clinic\n\nA clinic.\n").Add("pom.xml", Pom.Replace("{0}", starter))
        .Add("src/main/java/org/example/owner/OwnerController.java", "class OwnerController {}\n").Add("src/main/java/org/example/vet/VetController.java", "class VetController {}\n")
        .Add("src/main/resources/templates/owner.html", "<p>x</p>\n");

    private static async Task<IEnumerable<string>> PatternsAsync(MemoryTree tree) =>
        (await AnalysisModule.NewAnalyzer().AnalyzeAsync(tree, cancel: TestContext.Current.CancellationToken)).Patterns.Select(pattern => pattern.Name);

    [Theory]
    [InlineData("spring-boot-starter-webmvc", true)]
    [InlineData("spring-boot-starter-web", true)]
    [InlineData("spring-boot-starter-data-jpa", false)]
    public async Task Controllers_with_templates_are_mvc_where_a_framework_joins_them(string starter, bool isMvc) =>
        (await PatternsAsync(Clinic(starter))).Contains("MVC").ShouldBe(isMvc);

    [Fact]
    public async Task One_controller_is_none()
    {
        var tree = new MemoryTree().Add("pom.xml", Pom.Replace("{0}", "spring-boot-starter-web")).Add("src/main/java/a/HomeController.java", "class HomeController {}\n").Add("src/main/resources/templates/a.html", "<p>\n");
        (await PatternsAsync(tree)).ShouldNotContain("MVC");
    }

    [Fact]
    public async Task Folders_of_all_three_are_enough_and_named_once()
    {
        var tree = Clinic("spring-boot-starter-web").Add("app/models/a.rb", "class A\nend\n").Add("app/views/a.erb", "<p>\n").Add("app/controllers/a_controller.rb", "class AController\nend\n");
        (await PatternsAsync(tree)).Count(name => name == "MVC").ShouldBe(1);
    }
}
