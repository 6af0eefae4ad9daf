using System.CommandLine;

namespace Rialto.Cli;

/// <summary>Options that every command understands.</summary>
internal static class GlobalOptions
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Answer, and refuse, in JSON", Recursive = true };

    public static IReadOnlyList<Option> All { get; } = [Json];
}
