using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Rialto.Cli;

/// <summary>From arguments to an exit code.</summary>
internal static class CommandLine
{
    // A node gives its jobs back and lets the database write everything before it ends.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(Composition services, string[] args)
    {
        var parsed = Create(services).Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed is { Errors.Count: > 0, Action: ParseErrorAction })
        {
            using var terminal = new Terminal(parsed);
            return Failures.Report(UsageRefusal.From(parsed), terminal);
        }
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopPatience });
    }

    private static RootCommand Create(Composition services)
    {
        var groups = CommandGroups.Create(services);
        var root = new RootCommand("A Git repository becomes an excellent site, with one command.") { GlobalOptions.Json };
        foreach (var command in groups.SelectMany(group => group.Commands)) root.Add(command);
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Options.Add(new HelpOption("--help", "-h", "-?") { Action = new HelpPages(groups) });
        return root;
    }
}
