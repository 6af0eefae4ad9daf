using System.CommandLine;
using Rialto.Analysis;
using Rialto.Repositories;

namespace Rialto.Cli;

/// <summary><c>rialto analyze SOURCE</c>: what a repository says about itself, each statement with the place that proves it.</summary>
internal static class AnalyzeCommand
{
    private const int MostPlainLetters = 16;

    public static Command Create(Composition services)
    {
        var source = new Argument<string>("SOURCE") { Description = "A path, a URL or owner/name, with an optional @ref" };
        var model = new Option<string?>("--model") { Description = "Let a language model put the words better: its name, or several by comma; the endpoint is RIALTO_MODEL_URL", HelpName = "NAME" };
        var only = new Option<string?>("--only") { Description = "Answer in JSON with these facts alone, by comma; languages and licence are found without the rest", HelpName = "FACTS" };
        var command = new Command("analyze", "Show what a repository proves about itself") { source, only, model };
        command.Example("analyze .", "a dossier of the repository you stand in");
        command.Example("analyze vitejs/vite --json", "the facts document, as docs/facts.schema.json describes it");
        command.Example("analyze . --only languages,licence", "what it is made of, in the blink of an eye");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            var chosen = parsed.GetValue(only) is { } list ? ChosenFacts.Parse(list) : null;
            await using var tree = await services.Sources.OpenAsync(parsed.GetRequiredValue(source), progress: terminal, cancel: cancel);
            if (chosen is not null && chosen.All(Makeup.Fields.Contains))
            {
                var makeup = await MakeupAsync(services, tree, cancel);
                terminal.Clear();
                terminal.Out.WriteLine(ChosenFacts.Write(makeup, chosen, indented: !terminal.Json));
                return ExitCodes.Done;
            }
            var words = AnalysisModule.NewContentAnalyzer(ModelSettings.FromEnvironment(parsed.GetValue(model)));
            var scan = await services.Secrets.ScanAsync(tree, terminal, cancel);
            var facts = (await services.Analyzer.AnalyzeAsync(scan.Tree, terminal, cancel)).WithSecrets(scan.Findings);
            facts = await words.RefineAsync(facts, scan.Tree, terminal, cancel);
            if (chosen is not null)
            {
                terminal.Clear();
                terminal.Out.WriteLine(ChosenFacts.Write(facts, chosen, indented: !terminal.Json));
            }
            else if (terminal.Json) terminal.WriteJson(facts, FactsJson.Default.Facts);
            else
            {
                terminal.Clear();
                new Dossier(facts, terminal.Out, terminal.OutStyle).Write();
            }
            return ExitCodes.Done;
        });
    }

    /// <summary>No word of the repository is said here but the paths of licence files, so these are all that is looked at for secrets.</summary>
    private static async Task<Makeup> MakeupAsync(Composition services, ISourceTree tree, CancellationToken cancel)
    {
        var makeup = await services.Analyzer.MakeupAsync(tree, cancel);
        if (makeup.Licence is not { } licence || licence.Evidence.All(place => IsPlain(place.Path)) && licence.Files.All(file => IsPlain(file.Path))) return makeup;
        string Clean(string path) => services.Secrets.Redact(path);
        return makeup with
        {
            Licence = licence with
            {
                Files = [.. licence.Files.Select(file => file with { Path = Clean(file.Path) })],
                Evidence = [.. licence.Evidence.Select(place => place with { Path = Clean(place.Path) })],
            },
        };
    }

    /// <summary>A path of a few letters at the root can hold no secret; reading the rules to know it would take longer than all the rest.</summary>
    private static bool IsPlain(string path) => path.Length <= MostPlainLetters && path.All(letter => char.IsAsciiLetter(letter) || letter is '.' or '-' or '_');
}
