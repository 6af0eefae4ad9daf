using System.IO.Compression;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

/// <summary>
/// Measures against linguist's own samples. The embedded model is trained on them, as linguist's is; the cross-validated
/// figure beside it says how well it does on files it has not seen.
/// </summary>
[Trait("category", "reference")]
public sealed class LinguistSampleTests(ITestOutputHelper output)
{
    private const string ModelPath = "src/Analysis/Languages/Data/classifier.bin.br";
    private const int Folds = 5;

    [Fact]
    public void Languages_agree_with_at_least_98_percent_of_the_samples()
    {
        var samples = LinguistSamples.Read();
        var wrong = Wrong(samples, LanguageClassifier.Default);
        Report("embedded model", samples.Count, wrong);
        (1 - wrong.Count / (double)samples.Count).ShouldBeGreaterThan(0.98);
    }

    [Fact]
    public void Files_the_classifier_has_not_seen_are_still_named_right_in_99_percent()
    {
        var samples = LinguistSamples.Read();
        var wrong = new List<string>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var unseen = samples.Where((_, i) => i % Folds == fold).ToList();
            wrong.AddRange(Wrong(unseen, new LanguageClassifier(Train(samples.Where((_, i) => i % Folds != fold)))));
        }
        Report($"{Folds}-fold cross-validation", samples.Count, wrong);
        (1 - wrong.Count / (double)samples.Count).ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void The_embedded_model_is_what_training_makes_of_the_samples()
    {
        using var trained = new MemoryStream();
        Train(LinguistSamples.Read()).Write(trained);
        var path = Path.Combine(ReferenceData.Checkout, ModelPath);
        if (Environment.GetEnvironmentVariable("RIALTO_UPDATE_MODEL") == "1")
        {
            using var packed = new BrotliStream(File.Create(path), CompressionLevel.SmallestSize);
            packed.Write(trained.ToArray());
            return;
        }
        using var committed = new BrotliStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        committed.CopyTo(bytes);
        bytes.ToArray().SequenceEqual(trained.ToArray()).ShouldBeTrue("Run this test with RIALTO_UPDATE_MODEL=1 and commit the model.");
    }

    private static LanguageModel Train(IEnumerable<LinguistSamples.Sample> samples)
    {
        // Only languages that share a name, extension or interpreter with another ever reach the classifier.
        var ambiguous = LanguageCatalogue.All
            .Where(l => l.Extensions.Any(e => LanguageCatalogue.WithExtensionOf(e).Count > 1)
                || l.FileNames.Any(n => LanguageCatalogue.WithFileName(n).Count > 1)
                || l.Interpreters.Any(i => LanguageCatalogue.WithInterpreter(i).Count > 1)
                || l.Name.StartsWith("Roff", StringComparison.Ordinal))
            .Select(l => l.Name).ToHashSet();
        return LanguageTraining.Train(samples.Where(s => ambiguous.Contains(s.Language))
            .Select(s => (s.Language, Tokens.Count(s.Content.AsSpan(0, Math.Min(s.Content.Length, LanguageHeuristics.ConsideredBytes))))));
    }

    private static List<string> Wrong(List<LinguistSamples.Sample> samples, LanguageClassifier classifier) =>
        [.. samples.Select(s => (Sample: s, Found: LanguageDetector.Detect(s.Path, s.Content, classifier.Choose)))
            .Where(s => s.Found?.Name != s.Sample.Language)
            .Select(s => $"{s.Sample.Path}: {s.Found?.Name ?? "nothing"}")];

    private void Report(string what, int count, List<string> wrong)
    {
        output.WriteLine($"{what}: {count - wrong.Count} of {count} right, {(1 - wrong.Count / (double)count):P2}");
        foreach (var line in wrong) output.WriteLine(line);
    }
}
