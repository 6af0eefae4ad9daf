using System.CommandLine;
using Rialto.Identity;
using Rialto.Kernel;
using Rialto.Ledger;
using Rialto.Server;

namespace Rialto.Cli;

/// <summary><c>rialto ledger verify</c>: everything in the books added up anew, for who runs the server.</summary>
internal static class LedgerCommand
{
    public static Command Create() => new("ledger", "Check the books") { Verify() };

    private static Command Verify()
    {
        var organisation = new Option<string?>("--organisation") { Description = "Handle of one organisation; left out: all" };
        var data = PlatformOptions.Data();
        var command = new Command("verify", "Add everything up from the first entry and compare it with the balances") { organisation, data };
        command.Example("ledger verify", "exit code 1 and what does not agree, when something does not");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            terminal.Report("Opening the database");
            await using var database = await Node.OpenDatabaseAsync(PlatformOptions.Node(parsed.GetValue(data)), cancel);
            var organisations = parsed.GetValue(organisation) is { } handle ? [await Organisations.FindAsync(database, handle, cancel)] : await Organisations.ListAsync(database, int.MaxValue, cancel);
            var reports = new List<LedgerReportJson>();
            foreach (var one in organisations)
            {
                terminal.Report($"Adding up {reports.Count + 1} of {organisations.Count}");
                await using var session = await database.BeginAsync(one.Tenant, cancel);
                var report = await LedgerModule.Books.VerifyAsync(session, cancel);
                reports.Add(new LedgerReportJson(one.Handle, report.Accounts, report.Transfers, report.Entries, report.Faults));
            }
            terminal.Clear();
            if (terminal.Json) terminal.WriteJson(reports.ToArray(), CliJson.Default.LedgerReportJsonArray);
            else Say(terminal, reports);
            return reports.TrueForAll(report => report.Faults.Count == 0) ? ExitCodes.Done : ExitCodes.Bug;
        });
    }

    private static void Say(Terminal terminal, IReadOnlyList<LedgerReportJson> reports)
    {
        foreach (var report in reports)
        {
            var words = report.Faults.Count == 0 ? "sound" : $"{report.Faults.Count} {(report.Faults.Count == 1 ? "fault" : "faults")}";
            terminal.Out.WriteLine($"{report.Organisation}  {words}: {report.Accounts} accounts, {report.Transfers} transfers, {report.Entries} entries");
            foreach (var fault in report.Faults) terminal.Out.WriteLine($"  {fault.Subject}: {fault.Words} [{fault.Kind}]");
        }
        if (reports.Count == 0) terminal.Out.WriteLine("There are no books yet.");
    }
}

/// <summary>A report under <c>--json</c>.</summary>
internal sealed record LedgerReportJson(string Organisation, long Accounts, long Transfers, long Entries, IReadOnlyList<LedgerFault> Faults);
