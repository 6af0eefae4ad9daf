namespace Rialto.Repositories.Refs;

/// <summary>Names a reader may have meant.</summary>
internal static class NearNames
{
    private const int MaxSuggestions = 3;
    private const int MaxCompared = 5_000;

    /// <summary>The sentence's end: "did you mean v1.2.0 or v1.2.1?", or empty when nothing is near.</summary>
    public static string Question(string wanted, IEnumerable<string> names)
    {
        var near = names.Take(MaxCompared)
            .Select(name => (name, distance: Distance(wanted, name)))
            .Where(pair => pair.distance <= Math.Max(1, wanted.Length / 3))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.name, StringComparer.Ordinal)
            .Select(pair => pair.name).Distinct().Take(MaxSuggestions).ToArray();
        return near.Length == 0 ? "" : $"did you mean {string.Join(" or ", near)}?";
    }

    /// <summary>Levenshtein's distance without regard to case; a name that contains the other whole counts as 1.</summary>
    public static int Distance(string wanted, string name)
    {
        if (wanted.Length >= 3 && name.Contains(wanted, StringComparison.OrdinalIgnoreCase)) return 1;
        if (Math.Abs(wanted.Length - name.Length) > 8) return int.MaxValue;
        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        for (var i = 1; i <= wanted.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= name.Length; j++)
            {
                var change = diagonal + (char.ToLowerInvariant(wanted[i - 1]) == char.ToLowerInvariant(name[j - 1]) ? 0 : 1);
                (diagonal, row[j]) = (row[j], Math.Min(change, Math.Min(row[j], row[j - 1]) + 1));
            }
        }
        return row[name.Length];
    }
}
