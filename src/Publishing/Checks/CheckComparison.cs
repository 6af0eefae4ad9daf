namespace Rialto.Publishing;

/// <summary>What became worse from one release to the next.</summary>
internal static class CheckComparison
{
    private const double Growth = 1.2;
    private const long LeastGrowthBytes = 50 * 1024;

    /// <summary>One sentence for each; empty when nothing did.</summary>
    public static IReadOnlyList<string> Worse(CheckReport before, CheckReport after)
    {
        var worse = new List<string>();
        foreach (var (rule, count) in after.Problems.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var was = before.Problems.GetValueOrDefault(rule);
            if (count > was) worse.Add($"{rule}: {was} before, {count} now");
        }
        if (Grew(before.FrontBytes, after.FrontBytes)) worse.Add($"weight.front: {before.FrontBytes / 1024} kB before, {after.FrontBytes / 1024} kB now");
        if (Grew(before.HeaviestBytes, after.HeaviestBytes)) worse.Add($"weight.heaviest: {before.HeaviestBytes / 1024} kB before, {after.HeaviestBytes / 1024} kB now ({after.HeaviestPage})");
        return worse;
    }

    private static bool Grew(long before, long after) => before > 0 && after > before * Growth && after - before > LeastGrowthBytes;
}
