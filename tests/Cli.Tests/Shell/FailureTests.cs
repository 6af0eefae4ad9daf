using System.Text.Json;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Cli.Tests.Shell;

public sealed class FailureTests
{
    [Theory]
    [InlineData("docter", "did you mean doctor?")]
    [InlineData("compl", "did you mean completions?")]
    [InlineData("xyzzyplugh", "see rialto --help")]
    public async Task An_unknown_command_is_refused_with_what_was_probably_meant(string word, string advice)
    {
        var ran = await RialtoProgram.RunAsync(word);
        ran.ExitCode.ShouldBe(2);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldContain($"\"{word}\"");
        ran.Error.ShouldContain(advice);
        ran.Error.ShouldContain("[usage.unknown_command]");
    }

    [Fact]
    public async Task An_unknown_option_of_a_command_is_refused_by_name()
    {
        var ran = await RialtoProgram.RunAsync("doctor", "--jsno");
        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("rialto doctor has no option \"--jsno\"; did you mean --json?");
    }

    [Fact]
    public async Task With_json_a_refusal_is_one_json_object_on_standard_error()
    {
        var ran = await RialtoProgram.RunAsync("test", "--json");
        ran.ExitCode.ShouldBe(2);
        ran.Output.ShouldBeEmpty();
        using var document = JsonDocument.Parse(ran.Error);
        document.RootElement.GetProperty("code").GetString().ShouldBe("checkout.needed");
        document.RootElement.GetProperty("message").GetString()!.ShouldContain("./rialto test");
        document.RootElement.GetProperty("details").ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public async Task A_refused_argument_with_json_is_json_too()
    {
        var ran = await RialtoProgram.RunAsync("completions", "powershell", "--json");
        ran.ExitCode.ShouldBe(2);
        using var document = JsonDocument.Parse(ran.Error);
        document.RootElement.GetProperty("code").GetString()!.ShouldStartWith("usage.");
    }

    [Fact]
    public void A_bug_exits_1_with_a_friendly_line_and_without_credentials()
    {
        using var output = new CapturedConsole();
        var terminal = new Terminal(new System.CommandLine.RootCommand { GlobalOptions.Json }.Parse([]));
        Failures.Report(new InvalidOperationException("clone of https://ada:pw@host/x failed"), terminal).ShouldBe(1);
        output.Error.ShouldContain("Something in Rialto broke");
        output.Error.ShouldContain("RIALTO_DEBUG=1");
        output.Error.ShouldNotContain("ada:pw");
        output.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public void A_stop_by_the_user_is_neither_a_bug_nor_a_refusal()
    {
        using var output = new CapturedConsole();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var terminal = new Terminal(new System.CommandLine.RootCommand { GlobalOptions.Json }.Parse([]));
        Failures.Report(new OperationCanceledException(stop.Token), terminal, stop.Token).ShouldBe(130);
        output.Error.ShouldBe("Stopped." + Environment.NewLine);
    }

    [Fact]
    public void A_refusal_carries_its_details_into_json()
    {
        using var output = new CapturedConsole();
        var terminal = new Terminal(new System.CommandLine.RootCommand { GlobalOptions.Json }.Parse(["--json"]));
        var refusal = new Refusal("repository.too_large", "Too many files.") { Details = new Dictionary<string, string> { ["limit"] = "200000" } };
        Failures.Report(refusal, terminal).ShouldBe(2);
        output.Error.Trim().ShouldBe("""{"code":"repository.too_large","message":"Too many files.","details":{"limit":"200000"}}""");
    }
}
