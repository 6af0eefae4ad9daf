using System.CommandLine;

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
            var parts = await Task.WhenAll(OutsideParts.All.Select(part => part.ReportAsync(cancel)));
            var report = new DoctorReport(parts.All(part => part.Found || !part.Required), parts);
            if (terminal.Json) terminal.WriteJson(report, CliJson.Default.DoctorReport);
            else Show(report, terminal);
            return report.Ok ? ExitCodes.Done : ExitCodes.Refused;
        });
    }

    private static void Show(DoctorReport report, Terminal terminal)
    {
        terminal.Clear();
        var style = terminal.OutStyle;
        var nameWidth = report.Parts.Max(part => part.Name.Length);
        var versionWidth = report.Parts.Max(part => part.Found ? part.Version?.Length ?? 0 : 0);
        foreach (var part in report.Parts)
        {
            var mark = part.Found ? style.Good("✓") : part.Required ? style.Bad("✗") : style.Note("–");
            var what = part.Found
                ? $"{(part.Version ?? "").PadRight(versionWidth)}  {style.Dim(part.Path ?? "")}".TrimEnd()
                : $"{part.Fault}: {part.Without}. {style.Dim(part.Install ?? "")}";
            terminal.Out.WriteLine($"{mark} {part.Name.PadRight(nameWidth)}  {what}");
        }
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(Verdict(report));
    }

    private static string Verdict(DoctorReport report)
    {
        var missing = report.Parts.Count(part => !part.Found);
        if (!report.Ok) return "Something that is needed is missing.";
        return missing == 0 ? "Everything is here." : $"Everything that is needed is here; {missing} {(missing == 1 ? "part that adds something is" : "parts that add something are")} missing.";
    }
}
