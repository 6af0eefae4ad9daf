namespace Rialto.Analysis;

/// <summary>Puts what the licence files say together into one expression.</summary>
internal static class LicenceComposition
{
    /// <summary>The expression of all files.</summary>
    /// <param name="files">What each file was recognised as.</param>
    /// <param name="context">Words of README and manifests that may offer a choice.</param>
    public static string Combine(IReadOnlyList<LicenceFile> files, string context)
    {
        var expressions = files.Select(f => f.Spdx).Distinct().ToList();
        // A bare notice says nothing beside a real licence.
        if (expressions.Count > 1) expressions.RemoveAll(e => e is "LicenseRef-All-Rights-Reserved" || e == "LicenseRef-Unrecognised" && expressions.Exists(o => !o.StartsWith("LicenseRef", StringComparison.Ordinal)) && !IsPatents(files, e));
        // The LGPL refers to the GPL, so both texts come together and the LGPL is the licence.
        if (expressions.Find(e => e.StartsWith("LGPL-", StringComparison.Ordinal)) is { } lesser && expressions.Count > 1)
            expressions.RemoveAll(e => e.StartsWith("GPL-", StringComparison.Ordinal) && Major(e) == Major(lesser));
        if (expressions.Count == 1) return expressions[0];
        var isChoice = files.Count(f => LicencePaths.IsOneOfSeveral(f.Path)) > 1 || LicenceNames.OffersChoice(context);
        return string.Join(isChoice ? " OR " : " AND ", Ordered(expressions).Select(e => e.Contains(' ') ? $"({e})" : e));
    }

    private static bool IsPatents(IReadOnlyList<LicenceFile> files, string expression) =>
        files.Any(f => f.Spdx == expression && f.Path.StartsWith("patents", StringComparison.OrdinalIgnoreCase));

    private static char Major(string id) => id[id.IndexOf("GPL-", StringComparison.Ordinal) + 4];

    /// <summary>As people write it: MIT before Apache-2.0, the rest as found.</summary>
    private static IEnumerable<string> Ordered(List<string> expressions) => expressions.OrderBy(e => e == "MIT" ? 0 : 1);
}
