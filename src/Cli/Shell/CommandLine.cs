using System.CommandLine;

namespace Rialto.Cli;

/// <summary>From arguments to an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(Composition services, string[] args)
    {
        var groups = CommandGroups.Create(services);
        var root = new RootCommand("A Git repository becomes an excellent site, with one command.") { GlobalOptions.Json };
        foreach (var command in groups.SelectMany(group => group.Commands)) root.Add(command);

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is System.CommandLine.Invocation.ParseErrorAction)
            return Failures.Report(UsageRefusal.From(parsed), new Terminal(parsed));
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
