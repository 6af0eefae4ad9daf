namespace Rialto.Analysis;

/// <summary>
/// Chooses among languages by the words of the text: the candidate whose centroid lies closest (cosine of log term
/// frequency × inverse class frequency, the method linguist publishes for its own classifier).
/// </summary>
internal sealed class LanguageClassifier(LanguageModel model)
{
    private static readonly Lazy<LanguageClassifier> Trained = new(() => new LanguageClassifier(LanguageModel.Load()));

    /// <summary>The classifier with the model that is part of this assembly.</summary>
    public static LanguageClassifier Default => Trained.Value;

    /// <summary>The likeliest of the candidates, or null when nothing speaks for any of them.</summary>
    /// <param name="content">The text; the first <see cref="LanguageHeuristics.ConsideredBytes"/> are enough.</param>
    /// <param name="candidates">Languages to choose from.</param>
    public Language? Choose(ReadOnlySpan<byte> content, IReadOnlyList<Language> candidates)
    {
        var vector = Vector(Tokens.Count(content));
        Language? best = null;
        var bestScore = 0f;
        foreach (var candidate in candidates)
        {
            var score = model.Languages.TryGetValue(candidate.Name, out var centroid) ? Score(vector, centroid) : 0;
            if (score > bestScore) (best, bestScore) = (candidate, score);
        }
        return best;
    }

    private Dictionary<int, float> Vector(Dictionary<uint, int> counts)
    {
        var vector = new Dictionary<int, float>(counts.Count);
        foreach (var (token, count) in counts)
        {
            var at = Array.BinarySearch(model.Tokens, token);
            if (at >= 0) vector[at] = (1 + MathF.Log(count)) * model.Rarity[at];
        }
        return vector;
    }

    private static float Score(Dictionary<int, float> vector, LanguageModel.Centroid centroid)
    {
        var sum = 0f;
        for (var i = 0; i < centroid.Tokens.Length; i++)
            if (vector.TryGetValue(centroid.Tokens[i], out var weight)) sum += weight * centroid.Weights[i];
        return sum;
    }
}
