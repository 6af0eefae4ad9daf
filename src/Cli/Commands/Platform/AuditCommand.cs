using System.CommandLine;
using System.Text.Json;
using Rialto.Identity;
using Rialto.Kernel;
using Rialto.Server;

namespace Rialto.Cli;

/// <summary><c>rialto audit verify</c> and <c>rialto audit check</c>: whether the past is still what was written, for who runs the server and for outsiders.</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "Check the audit log") { Verify(), Check() };

    private static Command Verify()
    {
        var organisation = new Option<string?>("--organisation") { Description = "Handle of one organisation; left out: all" };
        var data = PlatformOptions.Data();
        var command = new Command("verify", "Read the whole audit log against its hashes, seals and signed checkpoints") { organisation, data };
        command.Example("audit verify", "exit code 1 and the first bad row when anything was changed");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            terminal.Report("Opening the database");
            var options = PlatformOptions.Node(parsed.GetValue(data));
            await using var database = await Node.OpenDatabaseAsync(options, cancel);
            var verifier = new AuditVerifier(database, RootKeys.Open(options.RootKeyFile), options.AuditFolder);
            var tenants = parsed.GetValue(organisation) is { } handle ? [(await Organisations.FindAsync(database, handle, cancel)).Tenant] : await verifier.TenantsAsync(cancel);
            var reports = new List<AuditReport>();
            foreach (var tenant in tenants)
            {
                terminal.Report($"Reading {reports.Count + 1} of {tenants.Count}");
                reports.Add(await verifier.VerifyAsync(tenant, cancel));
            }
            terminal.Clear();
            if (terminal.Json) terminal.WriteJson(reports.Select(AuditReportJson.Of).ToArray(), CliJson.Default.AuditReportJsonArray);
            else Say(terminal, reports);
            return reports.TrueForAll(report => report.Faults.Count == 0) ? ExitCodes.Done : ExitCodes.Bug;
        });
    }

    private static Command Check()
    {
        var file = new Argument<FileInfo>("PROOF") { Description = "Answer of the operation audit.prove" };
        var key = new Option<FileInfo>("--key") { Description = "The platform's public key (PEM), from elsewhere than the proof", Required = true };
        var command = new Command("check", "Check the proof of one row, without a database") { file, key };
        command.Example("audit check proof.json --key platform.pem", "what an outsider does");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            var (proof, pem) = (await ReadAsync(parsed.GetRequiredValue(file), cancel), await ReadAsync(parsed.GetRequiredValue(key), cancel));
            AuditProof read;
            try
            {
                read = JsonSerializer.Deserialize(proof, CliJson.Default.AuditProof) ?? throw new JsonException();
            }
            catch (JsonException)
            {
                throw new Refusal("audit.proof_unreadable", $"{parsed.GetRequiredValue(file).Name} is not an answer of audit.prove.", 400);
            }
            var checkpoint = read.Require(pem);
            terminal.Out.WriteLine($"Row {read.Number} ({read.Id}) stands in the log of {read.Organisation} that was signed over {checkpoint.Size} rows at {checkpoint.At:u}.");
            return ExitCodes.Done;
        });
    }

    private static async Task<string> ReadAsync(FileInfo file, CancellationToken cancel) => file.Exists
        ? await File.ReadAllTextAsync(file.FullName, cancel)
        : throw new Refusal("audit.file_missing", $"There is no file {file.FullName}.", 404);

    private static void Say(Terminal terminal, IReadOnlyList<AuditReport> reports)
    {
        foreach (var report in reports)
        {
            var words = report.Faults.Count == 0 ? "whole" : $"{report.Faults.Count} {(report.Faults.Count == 1 ? "fault" : "faults")}";
            terminal.Out.WriteLine($"{report.Tenant}  {words}: {report.Rows} rows, {report.SignedSize} of them under {report.Checkpoints} checkpoints, {report.Retired} retired, {report.Waiting} waiting");
            foreach (var fault in report.Faults) terminal.Out.WriteLine($"  {fault.Sentence} [{fault.Code}]");
        }
        if (reports.Count == 0) terminal.Out.WriteLine("Nothing has been recorded yet.");
    }
}

/// <summary>A report under <c>--json</c>.</summary>
internal sealed record AuditReportJson(Guid Organisation, long Rows, long Waiting, long Retired, long SignedRows, int Checkpoints, IReadOnlyList<AuditFault> Faults)
{
    public static AuditReportJson Of(AuditReport report) => new(report.Tenant.Value, report.Rows, report.Waiting, report.Retired, report.SignedSize, report.Checkpoints, report.Faults);
}
