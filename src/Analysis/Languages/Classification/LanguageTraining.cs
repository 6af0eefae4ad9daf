namespace Rialto.Analysis;

/// <summary>Makes a <see cref="LanguageModel"/> from samples. Used by the tests that write and check the embedded model.</summary>
internal static class LanguageTraining
{
    private const int FewestDocuments = 2;
    private const int MostTokensOfLanguage = 600;

    /// <summary>
    /// Trains on samples: tokens of at least two of them, weighted by log frequency × inverse class frequency, each sample
    /// of unit length, each language the unit-length mean of its samples, cut to its heaviest tokens.
    /// </summary>
    public static LanguageModel Train(IEnumerable<(string Language, Dictionary<uint, int> Tokens)> samples)
    {
        var byLanguage = samples.GroupBy(s => s.Language).ToDictionary(g => g.Key, g => g.Select(s => s.Tokens).ToList());
        var documents = new Dictionary<uint, int>();
        var classes = new Dictionary<uint, int>();
        foreach (var list in byLanguage.Values)
        {
            foreach (var token in list.SelectMany(d => d.Keys)) documents[token] = documents.GetValueOrDefault(token) + 1;
            foreach (var token in list.SelectMany(d => d.Keys).Distinct()) classes[token] = classes.GetValueOrDefault(token) + 1;
        }
        var rarity = documents.Where(d => d.Value >= FewestDocuments)
            .ToDictionary(d => d.Key, d => 1 + MathF.Log((float)byLanguage.Count / classes[d.Key]));
        var centroids = byLanguage.ToDictionary(l => l.Key, l => Heaviest(Mean(l.Value, rarity)));
        uint[] tokens = [.. centroids.Values.SelectMany(c => c.Keys).Distinct().Order()];
        return new LanguageModel
        {
            Tokens = tokens,
            Rarity = [.. tokens.Select(t => rarity[t])],
            Languages = centroids.ToDictionary(c => c.Key, c => Pack(c.Value, tokens)),
        };
    }

    private static Dictionary<uint, float> Mean(List<Dictionary<uint, int>> samples, Dictionary<uint, float> rarity)
    {
        var mean = new Dictionary<uint, float>();
        foreach (var sample in samples)
        {
            var vector = sample.Where(t => rarity.ContainsKey(t.Key)).ToDictionary(t => t.Key, t => (1 + MathF.Log(t.Value)) * rarity[t.Key]);
            var length = Length(vector.Values);
            foreach (var (token, weight) in vector) mean[token] = mean.GetValueOrDefault(token) + weight / length;
        }
        var whole = Length(mean.Values);
        return mean.ToDictionary(t => t.Key, t => t.Value / whole);
    }

    private static float Length(IEnumerable<float> values) => MathF.Sqrt(values.Sum(v => v * v));

    private static Dictionary<uint, float> Heaviest(Dictionary<uint, float> centroid) =>
        centroid.OrderByDescending(t => t.Value).ThenBy(t => t.Key).Take(MostTokensOfLanguage).ToDictionary(t => t.Key, t => t.Value);

    private static LanguageModel.Centroid Pack(Dictionary<uint, float> centroid, uint[] tokens)
    {
        var packed = centroid.Select(t => (At: Array.BinarySearch(tokens, t.Key), t.Value)).OrderBy(t => t.At).ToArray();
        return new LanguageModel.Centroid([.. packed.Select(t => t.At)], [.. packed.Select(t => t.Value)]);
    }
}
