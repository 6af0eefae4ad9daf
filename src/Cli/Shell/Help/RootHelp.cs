using System.CommandLine;
using System.Text;

namespace Rialto.Cli;

/// <summary>The first page a stranger reads: what it is, one line to try, the commands by purpose, where to go next.</summary>
internal static class RootHelp
{
    public static string Write(RootCommand root, IReadOnlyList<CommandGroup> groups, Style style)
    {
        var page = new StringBuilder();
        page.Append(style.Bold("Rialto")).Append("  ").AppendLine(root.Description).AppendLine();
        page.AppendLine($"  rialto {style.Accent("COMMAND")} [options]").AppendLine();

        var shown = groups.Select(group => group with { Commands = [.. group.Commands.Where(command => !command.Hidden)] }).Where(group => group.Commands.Count > 0).ToArray();
        var width = shown.SelectMany(group => group.Commands).Max(command => command.Name.Length);
        foreach (var group in shown)
        {
            page.AppendLine(style.Bold(group.Title));
            foreach (var command in group.Commands)
                page.AppendLine($"  {style.Accent(command.Name.PadRight(width))}  {command.Description}");
            page.AppendLine();
        }

        var examples = shown.SelectMany(group => group.Commands).SelectMany(command => CommandExamples.Of(command).Take(1)).Take(5).ToArray();
        if (examples.Length > 0) page.Append(CommandHelp.Examples(examples, style)).AppendLine();

        page.AppendLine(style.Bold("Everywhere"));
        page.AppendLine("  --json     one JSON document on standard output; refusals as JSON on standard error");
        page.AppendLine("  --help     what a command does and takes:  rialto doctor --help");
        page.AppendLine("  --version  which Rialto this is").AppendLine();
        page.AppendLine(style.Dim("Exit codes: 0 done, 1 a bug or something found, 2 refused (the sentence says what to do)."));
        page.AppendLine(style.Dim("Next: README.md to begin, ARCHITECTURE.md to look inside, rialto completions --help for the Tab key."));
        return page.ToString();
    }
}
