using System.Globalization;

namespace Rialto.Kernel;

/// <summary>Which language somebody is spoken to in.</summary>
public static class LanguageChoice
{
    private const int LongestHeader = 1000, MostRanges = 50;

    /// <summary>What they chose for themselves, else what their browser asks for, else what their organisation uses, else English.</summary>
    /// <param name="own">Tag from the account; null when nothing was chosen.</param>
    /// <param name="acceptLanguage">The header <c>Accept-Language</c> (RFC 9110).</param>
    /// <param name="organisation">Tag the organisation uses.</param>
    public static Language Choose(string? own, string? acceptLanguage, string? organisation) =>
        Language.Find(own) ?? Preferred(acceptLanguage) ?? Language.Find(organisation) ?? Language.English;

    /// <summary>The language of the header's heaviest range that the product speaks; earlier ones win among equals; null when there is none.</summary>
    internal static Language? Preferred(string? acceptLanguage)
    {
        if (string.IsNullOrEmpty(acceptLanguage) || acceptLanguage.Length > LongestHeader) return null;
        Language? best = null;
        var bestWeight = 0d;
        foreach (var range in acceptLanguage.Split(',', MostRanges + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MostRanges))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            if (Weight(parts) is var weight && weight > bestWeight && Language.Find(parts[0]) is { } language) (best, bestWeight) = (language, weight);
        }
        return best;
    }

    private static double Weight(string[] parts)
    {
        foreach (var part in parts.AsSpan(1))
            if (part.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
                return double.TryParse(part.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight <= 1 ? weight : 0;
        return 1;
    }
}
