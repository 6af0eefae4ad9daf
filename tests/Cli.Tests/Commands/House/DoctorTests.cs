using System.Text.Json;
using Shouldly;

namespace Rialto.Cli.Tests.Commands.House;

public sealed class DoctorTests
{
    [Fact]
    public async Task It_lists_every_part_and_is_content_where_git_and_dotnet_are()
    {
        var ran = await RialtoProgram.RunAsync("doctor");
        ran.ExitCode.ShouldBe(0);
        ran.Error.ShouldBeEmpty();
        foreach (var part in OutsideParts.All) ran.Output.ShouldContain(part.Name);
        ran.Output.ShouldMatch(@"✓ git +\d+\.\d+");
    }

    [Fact]
    public async Task Json_tells_for_each_part_what_is_off_without_it()
    {
        var ran = await RialtoProgram.RunAsync("doctor", "--json");
        ran.Output.Trim().ShouldNotContain("\n");
        var report = JsonSerializer.Deserialize(ran.Output, CliJson.Default.DoctorReport)!;
        report.Ok.ShouldBeTrue();
        report.Parts.Select(part => part.Name).ShouldBe(OutsideParts.All.Select(part => part.Name));
        foreach (var part in report.Parts)
        {
            (part.Without is null).ShouldBe(part.Found, part.Name);
            (part.Install is null).ShouldBe(part.Found, part.Name);
        }
    }

    [Fact]
    public async Task Without_git_it_is_refused_and_says_how_to_get_it()
    {
        var ran = await RialtoProgram.RunAsync(new Dictionary<string, string?> { ["PATH"] = "/nowhere" }, "doctor", "--json");
        ran.ExitCode.ShouldBe(2);
        var git = JsonSerializer.Deserialize(ran.Output, CliJson.Default.DoctorReport)!.Parts.Single(part => part.Name == "git");
        git.Found.ShouldBeFalse();
        git.Install!.ShouldContain("install git");
    }

    [Fact]
    public async Task A_program_that_is_too_old_or_silent_is_told_apart()
    {
        using var folder = new TemporaryFolder();
        folder.Script("node", "echo v14.2.0");
        folder.Script("ffmpeg", "exit 1");
        var ran = await RialtoProgram.RunAsync(new Dictionary<string, string?> { ["PATH"] = folder.Path + ":/usr/bin:/bin" }, "doctor", "--json");
        var parts = JsonSerializer.Deserialize(ran.Output, CliJson.Default.DoctorReport)!.Parts.ToDictionary(part => part.Name);
        parts["Node.js"].Found.ShouldBeFalse();
        parts["Node.js"].Fault.ShouldBe("14.2.0 is too old, 20.12 or newer is needed");
        parts["FFmpeg"].Found.ShouldBeTrue();
        parts["FFmpeg"].Version.ShouldBeNull();
    }
}
