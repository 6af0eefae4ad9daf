using System.CommandLine;
using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>Arguments that cannot be understood, as a refusal that points at what was probably meant.</summary>
internal static class UsageRefusal
{
    public static Refusal From(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = command is RootCommand ? "rialto" : $"rialto {command.Name}";
        var stranger = parsed.UnmatchedTokens.FirstOrDefault();
        if (stranger is null) return new Refusal("usage.invalid", $"{parsed.Errors[0].Message.TrimEnd('.')}; see {path} --help.", 400);

        var known = stranger.StartsWith('-')
            ? command.Options.Concat(GlobalOptions.All).Select(option => option.Name)
            : command.Subcommands.Where(candidate => !candidate.Hidden).Select(candidate => candidate.Name);
        var what = stranger.StartsWith('-') ? "option" : command is RootCommand ? "command" : "argument";
        var advice = Suggestion.For(stranger, known) is { } near ? $"did you mean {near}?" : $"see {path} --help.";
        return new Refusal("usage.unknown_" + what, $"{path} has no {what} \"{stranger}\"; {advice}", 400);
    }
}
