using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Rialto.Cli;

/// <summary>Examples of commands, shown at the end of their help.</summary>
internal static class CommandExamples
{
    private static readonly ConditionalWeakTable<Command, List<Example>> Known = [];

    /// <summary>Adds an example: the line to type after <c>rialto</c>, and what it does in a few words.</summary>
    public static Command Example(this Command command, string line, string meaning)
    {
        Known.GetOrCreateValue(command).Add(new Example(line, meaning));
        return command;
    }

    public static IReadOnlyList<Example> Of(Command command) => Known.TryGetValue(command, out var examples) ? examples : [];
}

/// <summary>A line that works, and what it does.</summary>
internal sealed record Example(string Line, string Meaning);
