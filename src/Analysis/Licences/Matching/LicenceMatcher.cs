namespace Rialto.Analysis;

/// <summary>What a text was recognised as.</summary>
/// <param name="Licence">The nearest licence.</param>
/// <param name="Likeness">Dice coefficient of word pairs, 0–1; 1 when all words agree.</param>
internal sealed record LicenceMatch(KnownLicence Licence, double Likeness);

/// <summary>A licence that stands in a longer text.</summary>
/// <param name="Licence">The licence.</param>
/// <param name="Likeness">Share of its word pairs that the text has.</param>
/// <param name="Foreign">Share of the text's words beyond the licence's length.</param>
internal sealed record ContainedLicence(KnownLicence Licence, double Likeness, double Foreign);

/// <summary>
/// Finds the licence a text is: all words equal first; else, among licences of similar length, the one that shares most
/// words and then most pairs of neighbouring words (Dice coefficient over multisets).
/// </summary>
internal static class LicenceMatcher
{
    private const double ShortestRatio = 0.7;
    private const double LongestRatio = 1.6;
    private const int Finalists = 8;
    private const int ShortestContained = 60;
    private const double LargestPart = 0.93;

    /// <summary>The nearest licences, best first; empty when none is of similar length.</summary>
    public static IReadOnlyList<LicenceMatch> Nearest(string text, LicenceLibrary library)
    {
        var words = library.Positions(LicenceWords.Of(text));
        if (words.Length == 0) return [];
        var counts = new int[library.Vocabulary.Length];
        foreach (var word in words) if (word != ushort.MaxValue) counts[word]++;
        var near = library.Licences.Where(l => l.Words.Length >= words.Length / LongestRatio && l.Words.Length <= words.Length / ShortestRatio);
        var finalists = near.Select(l => (Licence: l, Shared: Shared(counts, l.Words) * 2.0 / (words.Length + l.Words.Length)))
            .OrderByDescending(l => l.Shared).ThenBy(l => l.Licence.Id.Length).Take(Finalists).ToList();
        var pairs = Pairs(words);
        return [.. finalists
            .Select(l => Compare(l.Licence, words, pairs))
            .OrderByDescending(m => m.Likeness).ThenBy(m => m.Licence.Id.Length).ThenBy(m => m.Licence.Id, StringComparer.Ordinal)];
    }

    /// <summary>Licences that stand in a longer text almost whole, longest first, leaving out those that are part of another one found.</summary>
    /// <param name="text">The text.</param>
    /// <param name="library">Where to look.</param>
    /// <param name="least">Least share of a licence's word pairs that the text must have.</param>
    public static IReadOnlyList<ContainedLicence> Contained(string text, LicenceLibrary library, double least)
    {
        var words = library.Positions(LicenceWords.Of(text));
        var counts = new int[library.Vocabulary.Length];
        foreach (var word in words) if (word != ushort.MaxValue) counts[word]++;
        var pairs = Pairs(words);
        var found = new List<ContainedLicence>();
        // Very short texts, such as a single sentence of permission, are part of many others.
        var whole = library.Licences.Where(l => l.Words.Length >= ShortestContained && l.Words.Length <= words.Length * LargestPart);
        foreach (var licence in whole.Where(l => Shared(counts, l.Words) >= l.Words.Length * least).OrderByDescending(l => l.Words.Length))
        {
            var theirs = Pairs(licence.Words);
            var share = PairsShared(theirs, pairs) / (double)(licence.Words.Length - 1);
            if (share < least || found.Exists(f => PairsShared(theirs, Pairs(f.Licence.Words)) > 0.8 * licence.Words.Length)) continue;
            found.Add(new ContainedLicence(licence, share, 1 - licence.Words.Length / (double)Math.Max(words.Length, licence.Words.Length)));
        }
        return found;
    }

    private static int PairsShared(Dictionary<int, int> some, Dictionary<int, int> others) => some.Sum(p => Math.Min(p.Value, others.GetValueOrDefault(p.Key)));

    private static LicenceMatch Compare(KnownLicence licence, ushort[] words, Dictionary<int, int> pairs)
    {
        if (licence.Words.AsSpan().SequenceEqual(words)) return new LicenceMatch(licence, 1);
        var theirs = Pairs(licence.Words);
        var likeness = 2.0 * PairsShared(theirs, pairs) / Math.Max(1, words.Length + licence.Words.Length - 2);
        return new LicenceMatch(licence, Math.Min(likeness, 0.999));
    }

    private static int Shared(int[] counts, ushort[] words)
    {
        var shared = 0;
        foreach (var word in words) if (counts[word]-- > 0) shared++;
        foreach (var word in words) counts[word]++;
        return shared;
    }

    private static Dictionary<int, int> Pairs(ushort[] words)
    {
        var pairs = new Dictionary<int, int>(words.Length);
        for (var i = 1; i < words.Length; i++)
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(pairs, words[i - 1] << 16 | words[i], out _)++;
        return pairs;
    }
}
