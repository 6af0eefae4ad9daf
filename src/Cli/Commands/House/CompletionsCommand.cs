using System.CommandLine;

namespace Rialto.Cli;

/// <summary>
/// <c>rialto completions SHELL</c>: the script that makes the Tab key work. The scripts ask this program what fits at the cursor
/// (<c>rialto "[suggest:POSITION]" LINE</c>), so they stay true when commands change.
/// </summary>
internal static class CompletionsCommand
{
    public static Command Create(Composition services)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completions", "Print the script that completes rialto with the Tab key") { shell };
        return command
            .Example("completions bash >> ~/.bashrc", "bash, from the next shell on")
            .Example("completions zsh >> ~/.zshrc", "zsh, after compinit")
            .Example("completions fish > ~/.config/fish/completions/rialto.fish", "fish")
            .Runs(async (parsed, terminal, cancel) =>
            {
                await using var script = typeof(CompletionsCommand).Assembly.GetManifestResourceStream("completions." + parsed.GetRequiredValue(shell))!;
                using var reader = new StreamReader(script);
                await terminal.Out.WriteAsync((await reader.ReadToEndAsync(cancel)).AsMemory(), cancel);
                return ExitCodes.Done;
            });
    }
}
