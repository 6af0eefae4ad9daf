using System.Xml.Linq;
using Shouldly;

namespace Rialto.Tidy;

public sealed class RulesCanFailTests
{
    [Theory]
    [InlineData("sleep", "Thread.Sleep(10);")]
    [InlineData("local-time", "var now = DateTime.Now;")]
    [InlineData("blocking", "var x = ReadAsync().Result;")]
    [InlineData("blocking", "loadTask.Wait();")]
    [InlineData("blocking", "ReadAsync().GetAwaiter().GetResult();")]
    [InlineData("console", "Console.WriteLine(1);")]
    [InlineData("process", "Process.Start(\"git\");")]
    [InlineData("process", "var start = new ProcessStartInfo(\"git\");")]
    [InlineData("http", "var client = new HttpClient();")]
    [InlineData("regex", "var regex = new Regex(\"(a+)+\");")]
    [InlineData("regex", "Regex.IsMatch(text, pattern);")]
    [InlineData("not-implemented", "throw new NotImplementedException();")]
    [InlineData("left-for-later", "// TODO later")]
    public void A_call_out_of_place_is_found_on_its_line(string rule, string line)
    {
        var finding = Calls.Check(CodeFile.Parse("src/Sites/X.cs", $"class X\n{{\n void M()\n {{\n  {line}\n }}\n}}\n")).ShouldHaveSingleItem();
        finding.Rule.ShouldBe(rule);
        finding.Line.ShouldBe(5);
        finding.ToString().ShouldContain("Fix: ");
    }

    [Theory]
    [InlineData("var text = \"Thread.Sleep(10) and TODO and NotImplementedException\";")]
    [InlineData("// reads TODO.md")]
    [InlineData("var regex = new Regex(pattern, RegexOptions.NonBacktracking);")]
    [InlineData("var regex = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));")]
    [InlineData("var value = match.Result; var now = DateTimeOffset.UtcNow;")]
    public void Words_in_texts_and_bounded_calls_are_left_alone(string line) =>
        Calls.Check(CodeFile.Parse("src/Sites/X.cs", $"class X {{ void M() {{\n {line}\n }} }}")).ShouldBeEmpty();

    [Fact]
    public void Tests_may_start_processes_and_write() =>
        Calls.Check(CodeFile.Parse("tests/X.cs", "class X { void M() { Process.Start(\"git\"); Console.WriteLine(); } }")).ShouldBeEmpty();

    [Fact]
    public void A_long_file_and_a_long_method_are_found()
    {
        var body = string.Concat(Enumerable.Repeat("  M();\n", 60));
        Sizes.Check(CodeFile.Parse("src/Sites/X.cs", $"class X {{\n void M() {{\n{body} }}\n}}\n")).ShouldHaveSingleItem().Rule.ShouldBe("method-length");
        Sizes.Check(CodeFile.Parse("src/Sites/X.cs", new string('\n', 400) + "class X;")).ShouldHaveSingleItem().Rule.ShouldBe("file-length");
        Sizes.Check(CodeFile.Parse("src/Sites/X.cs", new string('\n', 399) + "class X;\n")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/Sites/Page.cs", "public sealed class Page;", "public-surface")]
    [InlineData("src/Sites/Page.cs", "namespace A; public enum Page { }", "public-surface")]
    [InlineData("src/Sites/Page.cs", "internal sealed class PageManager;", "empty-name")]
    [InlineData("tests/Sites.Tests/PageHelper.cs", "internal static class PageHelper;", "empty-name")]
    public void An_empty_name_and_a_loose_public_type_are_found(string path, string code, string rule) =>
        Names.Check(CodeFile.Parse(path, code)).ShouldHaveSingleItem().Rule.ShouldBe(rule);

    [Theory]
    [InlineData("src/Sites/Contracts/Page.cs", "public sealed class Page;")]
    [InlineData("src/Sites/SitesModule.cs", "public static class SitesModule;")]
    [InlineData("src/Sites/Page.razor.cs", "public partial class Page;")]
    [InlineData("src/Kernel/Page.cs", "public sealed class Page;")]
    [InlineData("src/Sites/Page.cs", "internal sealed class Page { public sealed class Inner; }")]
    public void What_is_meant_to_be_public_is_left_alone(string path, string code) => Names.Check(CodeFile.Parse(path, code)).ShouldBeEmpty();

    [Fact]
    public void A_reference_upwards_a_circle_and_a_stranger_are_found()
    {
        Floors.Check([Project("Kernel", "Sites"), Project("Sites")]).Select(finding => finding.Reason).ShouldBe(["Kernel (floor 0) uses Sites (floor 2) above it."]);
        Floors.Check([Project("Sites", "Media"), Project("Media", "Sites")]).Select(finding => finding.Reason).ShouldBe(["Sites → Media → Sites is a circle.", "Media → Sites → Media is a circle."]);
        Floors.Check([Project("Gadgets")]).ShouldHaveSingleItem().Reason.ShouldBe("Gadgets stands on no floor.");
        Floors.Check([Project("Sites", "Media", "Kernel"), Project("Media", "Kernel"), Project("Kernel")]).ShouldBeEmpty();
    }

    [Fact]
    public void A_path_of_one_machine_is_found_with_its_line()
    {
        var finding = Texts.Check("a.md", "one\nsee /" + "root/notes.txt\n").ShouldHaveSingleItem();
        finding.Line.ShouldBe(2);
        Texts.Check("a.md", "see framework/" + "work/x and https://host/" + "work/x").ShouldBeEmpty();
    }

    [Fact]
    public void Packages_are_read_from_the_first_column_of_the_page() =>
        Dependencies.Listed("| package | licence |\n| --- | --- |\n| one, @a/two | MIT |\n\nthree").ShouldBe(["package", "---", "one", "@a/two"]);

    [Fact]
    public void Debt_forgives_by_rule_and_path_only()
    {
        var debt = Debt.Read("Entries: 1\n# why\nfile-length src/Sites/X.cs\n");
        debt.Limit.ShouldBe(1);
        debt.Forgives(new Finding("src/Sites/X.cs", 9, "file-length", "", "")).ShouldBeTrue();
        debt.Forgives(new Finding("src/Sites/X.cs", 9, "method-length", "", "")).ShouldBeFalse();
        debt.Forgives(new Finding("src/Sites/Y.cs", 9, "file-length", "", "")).ShouldBeFalse();
    }

    private static Project Project(string name, params string[] uses) =>
        new($"src/{name}/{name}.csproj", new XDocument(new XElement("Project", uses.Select(used => new XElement("ProjectReference", new XAttribute("Include", $"../{used}/{used}.csproj"))))));
}
