using System.CommandLine;
using System.Text.Json;
using Rialto.Secrets;

namespace Rialto.Cli;

/// <summary><c>rialto secrets SOURCE</c>: what would be redacted. Exit code 1 says "found".</summary>
internal static class SecretsCommand
{
    public static Command Create(Composition services)
    {
        var source = new Argument<string>("SOURCE") { Description = "A path, a URL or owner/name, with an optional @ref" };
        var sarif = new Option<string?>("--sarif") { Description = "Write SARIF 2.1.0 to FILE, or - for standard output", HelpName = "FILE" };
        var allow = new Option<string?>("--allow") { Description = "Allow what FILE allows, besides the repository's .rialto-secrets.json", HelpName = "FILE" };
        var command = new Command("secrets", "List credentials in a repository; exits 1 when there are any") { source, sarif, allow };
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            var scanner = parsed.GetValue(allow) is { } file ? SecretsModule.CreateScanner(file) : services.Secrets;
            await using var tree = await services.Sources.OpenAsync(parsed.GetRequiredValue(source), progress: terminal, cancel: cancel);
            var scan = await scanner.ScanAsync(tree, terminal, cancel);
            var target = parsed.GetValue(sarif);
            if (target is not null) await WriteSarifAsync(SarifLog.From(scan.Findings), target, terminal, cancel);
            if (terminal.Json) terminal.WriteJson(new SecretsReport(scan.Findings.Count, scan.Findings), CliJson.Default.SecretsReport);
            else if (target is not "-") Show(scan.Findings, terminal);
            return scan.Findings.Count == 0 ? ExitCodes.Done : ExitCodes.Bug;
        });
    }

    private static void Show(IReadOnlyList<SecretFinding> findings, Terminal terminal)
    {
        terminal.Clear();
        foreach (var finding in findings)
            terminal.Out.WriteLine($"{finding.Path}:{finding.Line}:{finding.Column}  {finding.Rule}  {finding.Masked}  {finding.Description}");
        terminal.Out.WriteLine(findings.Count == 0
            ? "No secret found."
            : $"{findings.Count} found. Replace them where they are used, then take them out of the repository; a harmless one: the comment rialto:allow-secret, or .rialto-secrets.json.");
    }

    private static async Task WriteSarifAsync(SarifLog log, string target, Terminal terminal, CancellationToken cancel)
    {
        var text = JsonSerializer.Serialize(log, SarifJson.Default.SarifLog);
        if (target == "-") terminal.Out.WriteLine(text);
        else await File.WriteAllTextAsync(target, text + "\n", cancel);
    }
}

/// <summary>What <c>--json</c> answers.</summary>
internal sealed record SecretsReport(int Count, IReadOnlyList<SecretFinding> Findings);
