using System.CommandLine;
using Rialto.Analysis;

namespace Rialto.Cli;

/// <summary><c>rialto analyze SOURCE</c>: what a repository says about itself, each statement with the place that proves it.</summary>
internal static class AnalyzeCommand
{
    public static Command Create(Composition services)
    {
        var source = new Argument<string>("SOURCE") { Description = "A path, a URL or owner/name, with an optional @ref" };
        var command = new Command("analyze", "Show what a repository proves about itself") { source };
        command.Example("analyze .", "a dossier of the repository you stand in");
        command.Example("analyze vitejs/vite --json", "the facts document, as docs/facts.schema.json describes it");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            await using var tree = await services.Sources.OpenAsync(parsed.GetRequiredValue(source), progress: terminal, cancel: cancel);
            var scan = await services.Secrets.ScanAsync(tree, terminal, cancel);
            var facts = (await services.Analyzer.AnalyzeAsync(scan.Tree, terminal, cancel)).WithSecrets(scan.Findings);
            if (terminal.Json) terminal.WriteJson(facts, FactsJson.Default.Facts);
            else
            {
                terminal.Clear();
                new Dossier(facts, terminal.Out, terminal.OutStyle).Write();
            }
            return ExitCodes.Done;
        });
    }
}
