using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>SPDX licence expressions: <c>MIT OR Apache-2.0</c>, <c>GPL-2.0-only WITH Classpath-exception-2.0</c>.</summary>
internal static class SpdxExpression
{
    private const int LongestChars = 300;

    /// <summary>The expression with identifiers in SPDX's own spelling, or null when it is none or names an unknown licence.</summary>
    public static string? Parse(string text, LicenceLibrary library)
    {
        if (text.Length > LongestChars) return null;
        // Cargo once joined alternatives by a slash.
        text = text.Replace("/", " OR ");
        var parts = new List<string>();
        var depth = 0;
        var wantsLicence = true;
        string? before = null;
        foreach (var match in Part.Find(text))
        {
            var part = text.Substring(match.Index, match.Length);
            switch (part.ToUpperInvariant())
            {
                case "(" when wantsLicence: depth++; break;
                case ")" when !wantsLicence && --depth >= 0: break;
                case "AND" or "OR" or "WITH" when !wantsLicence: (part, wantsLicence) = (part.ToUpperInvariant(), true); break;
                case "(" or ")" or "AND" or "OR" or "WITH": return null;
                default:
                    if (!wantsLicence || (before == "WITH" ? part : Spelled(part, library)) is not { } id) return null;
                    (part, wantsLicence) = (id, false);
                    break;
            }
            parts.Add(before = part);
        }
        return wantsLicence || depth != 0 ? null : string.Join(' ', parts).Replace("( ", "(").Replace(" )", ")");
    }

    private static string? Spelled(string id, LicenceLibrary library)
    {
        if (id.StartsWith("LicenseRef-", StringComparison.Ordinal)) return id;
        var later = id.EndsWith('+');
        var known = library.Find(later ? id[..^1] : id);
        if (known is null) return null;
        var today = LicenceNames.Gnu(known.Id, later);
        return later && today == known.Id ? today + "+" : today;
    }

    /// <summary>The licences an expression names, in order, without operators and exceptions.</summary>
    public static IReadOnlyList<string> Licences(string expression)
    {
        var ids = new List<string>();
        var isException = false;
        foreach (var match in Part.Find(expression))
        {
            var part = expression.Substring(match.Index, match.Length);
            if (part is "(" or ")" or "AND" or "OR") continue;
            if (part == "WITH") isException = true;
            else if (isException) isException = false;
            else if (!ids.Contains(part)) ids.Add(part);
        }
        return ids;
    }

    private static readonly LinearPattern Part = new(@"[()]|[A-Za-z0-9][A-Za-z0-9.+:-]*");
}
