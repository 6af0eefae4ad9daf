using System.CommandLine;
using System.CommandLine.Invocation;

namespace Rialto.Cli;

/// <summary>Answers <c>--help</c> for the whole and for each command.</summary>
internal sealed class HelpPages(IReadOnlyList<CommandGroup> groups) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var style = new Style(Console.IsOutputRedirected);
        var page = parseResult.CommandResult.Command is RootCommand root ? RootHelp.Write(root, groups, style) : CommandHelp.Write(parseResult.CommandResult.Command, style);
        Console.Out.Write(page);
        return ExitCodes.Done;
    }

    public override bool ClearsParseErrors => true;
}
