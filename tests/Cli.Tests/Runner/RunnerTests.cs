using System.Xml.Linq;
using Rialto.Runner;
using Shouldly;

namespace Rialto.Cli.Tests.Runner;

public sealed class RunnerTests
{
    private static readonly XDocument Results = XDocument.Parse("""
        <assemblies><assembly><errors><error type="assembly-cleanup"><failure><message>left a process</message></failure></error></errors>
        <collection>
          <test name="A.good" result="Pass" /><test name="A.also" result="Pass" />
          <test name="A.bad" result="Fail"><failure><message>expected 1</message><stack-trace>at A.bad()</stack-trace></failure></test>
          <test name="A.later" result="Skip"><reason>no browser</reason></test>
          <test name="A.never" result="NotRun" />
        </collection></assembly></assemblies>
        """);

    [Fact]
    public void Tests_are_counted_from_the_result_file_and_broken_clean_ups_are_failures()
    {
        var outcome = ResultFile.Read("A", 1.5, Results);
        outcome.Passed.ShouldBe(2);
        outcome.Failures.Select(failure => failure.Message).ShouldBe(["expected 1", "left a process"]);
        outcome.Skips.ShouldBe([new Skip("A.later", "no browser")]);
    }

    [Fact]
    public void The_last_line_is_the_count_alone_and_failures_and_reasons_come_before()
    {
        var (code, lines) = Write(ResultFile.Read("A", 1, Results), new Outcome("B", 1) { Passed = 3 });
        code.ShouldBe(1);
        lines[^1].ShouldBe("5 passed, 2 failed, 1 skipped");
        lines.ShouldContain("FAILED A.bad");
        lines.ShouldContain("skipped 1: no browser (such as A.later)");
    }

    [Fact]
    public void All_good_is_zero_and_without_skips_they_are_not_mentioned()
    {
        var (code, lines) = Write(new Outcome("B", 1) { Passed = 3 });
        code.ShouldBe(0);
        lines[^1].ShouldBe("3 passed, 0 failed");
    }

    [Fact]
    public void A_run_of_no_tests_fails()
    {
        Write(new Outcome("B", 1)).Code.ShouldBe(1);
        Write(new Outcome("B", 1) { Skips = [new Skip("x", "y")] }).Code.ShouldBe(1);
        Write().Code.ShouldBe(1);
    }

    [Theory]
    [InlineData("exit 3", "it ended with 3 and without a result")]
    [InlineData("while [ $# -gt 0 ]; do [ \"$1\" = -xml ] && echo '<broken' > \"$2\"; shift; done", "it ended with 0 and without a result")]
    [InlineData("while [ $# -gt 0 ]; do [ \"$1\" = -xml ] && echo '<assemblies/>' > \"$2\"; shift; done; exit 9", "it ended with 9 although no test failed")]
    public async Task A_program_that_breaks_counts_as_one_failure(string body, string message)
    {
        using var folder = new TemporaryFolder();
        var outcome = await Rounds.RunAsync(new TestProgram("Fake", folder.Script("fake", body)), [], Path.Combine(folder.Path, "result.xml"));
        outcome.Failures.Single().Message.ShouldBe(message);
    }

    [Fact]
    public async Task A_program_that_was_not_built_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        var outcome = await Rounds.RunAsync(new TestProgram("Fake", "/no/such/Rialto.Fake"), [], Path.Combine(folder.Path, "result.xml"));
        outcome.Failures.Single().Message.ShouldBe("it was not built: Rialto.Fake");
    }

    [Fact]
    public void Names_choose_projects_and_other_words_choose_tests()
    {
        var programs = new[] { new TestProgram("Sites", "s"), new TestProgram("Kernel", "k") };
        Chosen(["sites"]).Programs.ShouldBe(["Sites"]);
        Chosen(["Sites.Tests"]).Programs.ShouldBe(["Sites"]);
        Chosen(["Redaction"]).Programs.ShouldBe(["Sites", "Kernel"]);
        Chosen(["Redaction"]).Filters.ShouldContain("*Redaction*");
        Chosen([]).Filters.ShouldBe(["-trait-", "category=browser", "-trait-", "category=media", "-trait-", "category=reference"]);
        Chosen(["--all"]).Filters.ShouldBeEmpty();
        Selection.Parse(["--al"]).ShouldBeNull();

        (string[] Programs, IReadOnlyList<string> Filters) Chosen(string[] arguments)
        {
            var selection = Selection.Parse(arguments)!;
            return ([.. selection.Choose(programs).Select(program => program.Name)], selection.Filters());
        }
    }

    private static (int Code, string[] Lines) Write(params Outcome[] outcomes)
    {
        using var writer = new StringWriter();
        var code = Summary.Write(outcomes, writer);
        return (code, writer.ToString().TrimEnd().Split(Environment.NewLine));
    }
}
