using System.CommandLine;
using Spectre.Console;

namespace Rialto.Cli;

/// <summary><c>rialto doctor</c>: every outside part that Rialto can use, and what is switched off without it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Composition services)
    {
        var command = new Command("doctor", "Check the outside parts: found, version, what is off without them");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            terminal.Report("Looking at the outside parts");
            var parts = await Task.WhenAll(OutsideParts.All.Select(part => part.LookAsync(cancel)));
            var report = new DoctorReport(parts.All(part => part.Found || !part.Required), parts);
            if (terminal.Json) terminal.WriteJson(report, CliJson.Default.DoctorReport);
            else Show(report, terminal);
            return report.Ok ? ExitCodes.Done : ExitCodes.Refused;
        });
    }

    private static void Show(DoctorReport report, Terminal terminal)
    {
        terminal.Clear();
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "");
        foreach (var part in report.Parts)
            table.AddRow(
                part.Found ? "[green]✓[/]" : part.Required ? "[red]✗[/]" : "[yellow]–[/]",
                Markup.Escape(part.Name),
                part.Found ? $"{Markup.Escape(part.Version ?? "")} [dim]{Markup.Escape(part.Path ?? "")}[/]" : $"missing: {Markup.Escape(part.Without)} [dim]{Markup.Escape(part.Install)}[/]");
        terminal.Pretty.Write(table);
        terminal.Out.WriteLine(report.Ok ? "Everything that is needed is here." : "Something that is needed is missing.");
    }
}
