using Shouldly;

namespace Rialto.Cli.Tests.Commands.House;

public sealed class CompletionsTests
{
    [Theory]
    [InlineData("bash", "complete -o default -F _rialto rialto")]
    [InlineData("zsh", "compdef _rialto rialto")]
    [InlineData("fish", "complete -c rialto")]
    public async Task Each_shell_gets_its_script(string shell, string line)
    {
        var ran = await RialtoProgram.RunAsync("completions", shell);
        ran.ExitCode.ShouldBe(0);
        ran.Output.ShouldContain(line);
    }

    [Theory]
    [InlineData("do", "doctor")]
    [InlineData("completions ", "bash,fish,zsh")]
    [InlineData("completions z", "zsh")]
    [InlineData("doctor --js", "--json")]
    public async Task In_bash_the_tab_key_gives_what_fits(string typed, string expected)
    {
        var script = await RialtoProgram.RunAsync("completions", "bash");
        using var folder = new TemporaryFolder();
        var source = folder.Script("completion.bash", script.Output);
        var words = ("rialto " + typed).Split(' ');
        var array = string.Join(' ', words.Select(word => $"'{word}'"));
        var probe = $$"""
            PATH="$1:$PATH"; . "$2"
            COMP_LINE='rialto {{typed}}' COMP_POINT={{typed.Length + 7}} COMP_WORDS=({{array}}) COMP_CWORD={{words.Length - 1}}
            _rialto
            (IFS=,; echo "${COMPREPLY[*]}")
            """;
        var ran = await RialtoProgram.StartAsync("bash", new Dictionary<string, string?>(), null, "-c", probe, "bash", AppContext.BaseDirectory, source);
        ran.Output.Trim().ShouldBe(expected, ran.Error);
    }

    [Theory]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public async Task Other_shells_accept_their_script(string shell, string checkOnly)
    {
        if (Programs.OnPath(shell) is null) Assert.Skip($"{shell} is not on this machine");
        var script = await RialtoProgram.RunAsync("completions", shell);
        using var folder = new TemporaryFolder();
        var ran = await RialtoProgram.StartAsync(shell, new Dictionary<string, string?>(), null, checkOnly, folder.Script("completion", script.Output));
        ran.ExitCode.ShouldBe(0, ran.Error);
    }
}
