using System.CommandLine;
using Rialto.Secrets;

namespace Rialto.Cli;

/// <summary><c>rialto hook install|uninstall|status</c>: a commit with a secret in its staged files is stopped.</summary>
internal static class HookCommand
{
    private const string AllowFile = ".rialto-secrets.json";

    public static Command Create(Composition services)
    {
        var run = new Command("run", "What the hook runs: look into the staged files") { Hidden = true };
        return new Command("hook", "Stop commits that hold a secret, with a pre-commit hook")
        {
            new Command("install", "Add the hook; one that is there already keeps running, first").Runs(async (_, terminal, cancel) =>
            {
                var hook = await HookFile.FindAsync(cancel);
                hook.Install(Environment.ProcessPath!);
                terminal.Out.WriteLine($"Installed {hook.Path}{(File.Exists(hook.Earlier) ? ", after the hook that was there" : "")}.");
                return ExitCodes.Done;
            }),
            new Command("uninstall", "Take the hook away and put back what was there before").Runs(async (_, terminal, cancel) =>
            {
                var hook = await HookFile.FindAsync(cancel);
                var installed = hook.IsInstalled;
                hook.Uninstall();
                terminal.Out.WriteLine(installed ? $"Removed {hook.Path}." : $"Nothing of Rialto's is in {hook.Folder}.");
                return ExitCodes.Done;
            }),
            new Command("status", "Say whether the hook is there").Runs(async (_, terminal, cancel) =>
            {
                var hook = await HookFile.FindAsync(cancel);
                terminal.Out.WriteLine(hook.IsInstalled ? $"Installed in {hook.Path}." : $"Not installed in {hook.Folder}.");
                return ExitCodes.Done;
            }),
            run.Runs((_, terminal, cancel) => CheckAsync(services, terminal, cancel)),
        };
    }

    private static async Task<int> CheckAsync(Composition services, Terminal terminal, CancellationToken cancel)
    {
        await using var staged = await StagedTree.ReadAsync(cancel);
        if (staged.Entries.Count == 0) return ExitCodes.Done;
        var scanner = File.Exists(AllowFile) ? SecretsModule.CreateScanner(AllowFile) : services.Secrets;
        var findings = (await scanner.ScanAsync(staged, cancel: cancel)).Findings;
        foreach (var finding in findings) terminal.Error.WriteLine($"{finding.Path}:{finding.Line}:{finding.Column}  {finding.Rule}  {finding.Masked}  {finding.Description}");
        foreach (var path in staged.PassedOver) terminal.Warn($"{path} is larger than 64 MiB and was not looked into.");
        if (findings.Count == 0) return ExitCodes.Done;
        terminal.Error.WriteLine("The commit is stopped: take the secret out, or, if it is harmless, say so with the comment rialto:allow-secret or in .rialto-secrets.json.");
        return ExitCodes.Bug;
    }
}
