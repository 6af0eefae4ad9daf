using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace Rialto.Cli;

/// <summary>The page of one command.</summary>
internal static class CommandHelp
{
    private const int WidestName = 28;

    public static string Write(Command command, Style style)
    {
        var page = new StringBuilder();
        var path = PathOf(command);
        var arguments = command.Arguments.Where(argument => !argument.Hidden).ToArray();
        var options = command.Options.Where(option => !option.Hidden && option is not HelpOption).Concat(GlobalOptions.All).Distinct().ToArray();
        page.Append(style.Bold(path)).Append("  ").AppendLine(command.Description).AppendLine();
        page.AppendLine($"  {path}{(command.Subcommands.Count > 0 ? " COMMAND" : "")}{string.Concat(arguments.Select(Usage))} [options]").AppendLine();

        Section(page, style, "Commands", command.Subcommands.Where(child => !child.Hidden).Select(child => (child.Name, child.Description)));
        Section(page, style, "Arguments", arguments.Select(argument => (argument.Name, argument.Description)));
        Section(page, style, "Options", options.Select(option => (Signature(option), option.Description)));
        if (CommandExamples.Of(command) is { Count: > 0 } examples) page.Append(Examples(examples, style));
        return page.ToString();
    }

    public static string Examples(IReadOnlyList<Example> examples, Style style)
    {
        var page = new StringBuilder().AppendLine(style.Bold("Examples"));
        var width = examples.Max(example => example.Line.Length);
        foreach (var example in examples) page.AppendLine($"  rialto {example.Line.PadRight(width)}  {style.Dim(example.Meaning)}");
        return page.ToString();
    }

    private static void Section(StringBuilder page, Style style, string title, IEnumerable<(string Name, string? Meaning)> rows)
    {
        var list = rows.ToArray();
        if (list.Length == 0) return;
        page.AppendLine(style.Bold(title));
        var width = Math.Min(WidestName, list.Max(row => row.Name.Length));
        foreach (var (name, meaning) in list)
        {
            var apart = name.Length > width ? Environment.NewLine + new string(' ', width + 2) : new string(' ', width - name.Length);
            page.AppendLine($"  {style.Accent(name)}{apart}  {meaning}");
        }
        page.AppendLine();
    }

    private static string PathOf(Command command)
    {
        var names = new List<string>();
        for (Symbol? here = command; here is not null; here = here.Parents.FirstOrDefault())
            names.Insert(0, here is RootCommand ? "rialto" : here.Name);
        return string.Join(' ', names);
    }

    private static string Usage(Argument argument)
    {
        var name = argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + "…" : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
    }

    // A flag has no value; others show what kind of value they take, in the words the command chose or the option's own name.
    private static string Signature(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length));
        return option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0
            ? names
            : $"{names} {option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant()}";
    }
}
