using Shouldly;

namespace Rialto.Cli.Tests.Shell;

public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData]
    public async Task The_first_page_names_every_command_with_a_sentence_and_shows_examples(params string[] arguments)
    {
        var ran = await RialtoProgram.RunAsync(arguments);
        ran.ExitCode.ShouldBe(0);
        ran.Error.ShouldBeEmpty();
        await using var services = new Composition();
        foreach (var command in CommandGroups.Create(services).SelectMany(group => group.Commands).Where(command => !command.Hidden))
        {
            ran.Output.ShouldContain($"  {command.Name} ");
            ran.Output.ShouldContain(command.Description!);
        }
        ran.Output.ShouldContain("Examples");
        ran.Output.ShouldNotContain("\e[");
    }

    [Fact]
    public async Task Every_command_has_a_page_of_its_own()
    {
        await using var services = new Composition();
        foreach (var command in CommandGroups.Create(services).SelectMany(group => group.Commands))
        {
            var ran = await RialtoProgram.RunAsync(command.Name, "--help");
            ran.ExitCode.ShouldBe(0, command.Name);
            ran.Output.ShouldStartWith($"rialto {command.Name}  {command.Description}");
            foreach (var option in command.Options.Where(option => !option.Hidden && option.Name != "--help")) ran.Output.ShouldContain(option.Name, Case.Sensitive, command.Name);
        }
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var ran = await RialtoProgram.RunAsync("--version");
        ran.ExitCode.ShouldBe(0);
        ran.Output.Trim().ShouldMatch(@"^\d+\.\d+\.\d+(\+[0-9a-f]+)?$");
    }
}
