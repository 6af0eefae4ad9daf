using System.CommandLine;
using Rialto.Analysis;

namespace Rialto.Cli;

/// <summary><c>rialto analyze SOURCE</c>: what a repository says about itself, each statement with the place that proves it.</summary>
internal static class AnalyzeCommand
{
    public static Command Create(Composition services)
    {
        var source = new Argument<string>("SOURCE") { Description = "A path, a URL or owner/name, with an optional @ref" };
        var model = new Option<string?>("--model") { Description = "Let a language model put the words better: its name, or several by comma; the endpoint is RIALTO_MODEL_URL", HelpName = "NAME" };
        var command = new Command("analyze", "Show what a repository proves about itself") { source, model };
        command.Example("analyze .", "a dossier of the repository you stand in");
        command.Example("analyze vitejs/vite --json", "the facts document, as docs/facts.schema.json describes it");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            await using var tree = await services.Sources.OpenAsync(parsed.GetRequiredValue(source), progress: terminal, cancel: cancel);
            var words = AnalysisModule.NewContentAnalyzer(ModelSettings.FromEnvironment(parsed.GetValue(model)));
            var scan = await services.Secrets.ScanAsync(tree, terminal, cancel);
            var facts = (await services.Analyzer.AnalyzeAsync(scan.Tree, terminal, cancel)).WithSecrets(scan.Findings);
            facts = await words.RefineAsync(facts, scan.Tree, terminal, cancel);
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
