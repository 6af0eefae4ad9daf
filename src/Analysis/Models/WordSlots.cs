using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>A place of the facts whose words may be put better.</summary>
/// <param name="Field">Its name, as <see cref="Refinement.Field"/> has it.</param>
/// <param name="Local">The words found.</param>
/// <param name="Evidence">Where they stand.</param>
/// <param name="Source">The words and the lines around their evidence.</param>
/// <param name="Longest">Most characters that new words may have.</param>
/// <param name="Put">Makes facts with new words and the same evidence.</param>
internal sealed record WordSlot(string Field, string Local, IReadOnlyList<string> Evidence, string Source, int Longest, Func<Facts, string, Facts> Put);

/// <summary>The places of a facts document whose words may be put better.</summary>
internal static class WordSlots
{
    private const int LinesAround = 8;
    private const int MostSourceLetters = 1200;

    public static async Task<IReadOnlyList<WordSlot>> OfAsync(Facts facts, ISourceTree tree, CancellationToken cancel)
    {
        var content = new RepositoryContent(tree, cancel);
        var slots = new List<WordSlot>();
        async Task Add(string field, string local, IReadOnlyList<Evidence> evidence, int longest, Func<Facts, string, Facts> put) =>
            slots.Add(new(field, local, [.. evidence.Select(place => place.ToString())], local + "\n" + await SourceAsync(content, evidence), longest, put));

        await Add("title", facts.Title.Value, facts.Title.Evidence, 60, (made, words) => made with { Title = made.Title with { Value = words } });
        if (facts.Summary is { } summary) await Add("summary", summary.Value, summary.Evidence, 320, (made, words) => made with { Summary = made.Summary! with { Value = words } });
        if (facts.Tagline is { } tagline) await Add("tagline", tagline.Value, tagline.Evidence, 110, (made, words) => made with { Tagline = made.Tagline! with { Value = words } });
        for (var i = 0; i < facts.Features.Count; i++)
        {
            var (at, feature) = (i, facts.Features[i]);
            await Add($"features/{i}/title", feature.Title, [feature.Evidence], 80, (made, words) => Feature(made, at, old => old with { Title = words }));
            if (feature.Text is { } text) await Add($"features/{i}/text", text, [feature.Evidence], 320, (made, words) => Feature(made, at, old => old with { Text = words }));
        }
        return slots;
    }

    private static Facts Feature(Facts facts, int at, Func<FeatureFacts, FeatureFacts> change) =>
        facts with { Features = [.. facts.Features.Select((feature, index) => index == at ? change(feature) : feature)] };

    /// <summary>The paragraph that begins at each place.</summary>
    private static async Task<string> SourceAsync(RepositoryContent content, IReadOnlyList<Evidence> evidence)
    {
        var parts = new List<string>();
        foreach (var place in evidence.Where(place => place.Path.Length > 0).Take(3))
            if (await content.TextAsync(place.Path) is { } file)
                parts.Add(string.Join('\n', file.Lines.Skip(Math.Max(0, place.Line - 1)).Take(LinesAround).TakeWhile((line, index) => index == 0 || line.Trim().Length > 0)));
        var text = string.Join('\n', parts);
        return text.Length <= MostSourceLetters ? text : text[..MostSourceLetters];
    }
}
