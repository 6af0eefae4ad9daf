namespace Rialto.Kernel;

/// <summary>The word that was probably meant.</summary>
public static class NearestWord
{
    /// <summary>The nearest of <paramref name="known"/>: one it begins, or within a third of its length in edits; null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        var (best, distance) = known
            .Select(candidate => (candidate, Distance: candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(word, candidate)))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best is not null && distance <= Math.Max(2, best.Length / 3) && distance < best.Length ? best : null;
    }

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours each cost one.</summary>
    public static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) table[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[left.Length, right.Length];
    }
}
