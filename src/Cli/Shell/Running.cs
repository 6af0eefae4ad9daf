using System.CommandLine;

namespace Rialto.Cli;

/// <summary>Gives a command its body with the conventions of the whole command line around it.</summary>
internal static class Running
{
    /// <summary>
    /// <paramref name="body"/> returns an exit code, usually <see cref="ExitCodes.Done"/>. A <see cref="Kernel.Refusal"/> it throws
    /// is shown and exits 2; anything else is a bug and exits 1. The token is cancelled by Ctrl-C and by SIGTERM.
    /// </summary>
    public static Command Runs(this Command command, Func<ParseResult, Terminal, CancellationToken, Task<int>> body)
    {
        command.SetAction(async (parsed, cancel) =>
        {
            using var terminal = new Terminal(parsed);
            try
            {
                return await body(parsed, terminal, cancel);
            }
            catch (Exception failure)
            {
                return Failures.Report(failure, terminal, cancel);
            }
        });
        return command;
    }
}
