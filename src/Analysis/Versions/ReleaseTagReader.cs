using System.Globalization;

namespace Rialto.Analysis;

/// <summary>Reads tag names: <c>v1.2</c>, <c>release-1.2.3</c>, <c>name@1.2.3</c>, <c>REL_16_1</c>, <c>1.2.3.Final</c>, <c>jdk-21+35</c>, <c>2.0rc1</c>.</summary>
internal static class ReleaseTagReader
{
    private const int LongestTag = 120;

    /// <summary>Words before a version that name no product.</summary>
    private static readonly HashSet<string> Plain = ["", "v", "ver", "version", "versions", "r", "rel", "release", "releases", "stable", "tag", "tags", "n"];

    private static readonly (string Word, ReleaseKind Kind)[] Words =
    [
        ("nightly", ReleaseKind.Nightly), ("snapshot", ReleaseKind.Nightly), ("canary", ReleaseKind.Nightly), ("daily", ReleaseKind.Nightly), ("insider", ReleaseKind.Nightly),
        ("experimental", ReleaseKind.Nightly), ("dev", ReleaseKind.Development), ("develop", ReleaseKind.Development), ("development", ReleaseKind.Development),
        ("alpha", ReleaseKind.Alpha), ("preview", ReleaseKind.Beta), ("pre", ReleaseKind.Beta), ("prerelease", ReleaseKind.Beta), ("beta", ReleaseKind.Beta), ("milestone", ReleaseKind.Beta),
        ("next", ReleaseKind.Beta), ("unstable", ReleaseKind.Beta), ("test", ReleaseKind.Beta), ("rc", ReleaseKind.Candidate), ("cr", ReleaseKind.Candidate), ("candidate", ReleaseKind.Candidate),
        ("a", ReleaseKind.Alpha), ("b", ReleaseKind.Beta), ("m", ReleaseKind.Beta), ("c", ReleaseKind.Candidate), ("ea", ReleaseKind.Beta),
        ("final", ReleaseKind.Stable), ("ga", ReleaseKind.Stable), ("release", ReleaseKind.Stable), ("stable", ReleaseKind.Stable), ("lts", ReleaseKind.Stable), ("post", ReleaseKind.Stable),
        ("p", ReleaseKind.Stable), ("sp", ReleaseKind.Stable), ("patch", ReleaseKind.Stable), ("hotfix", ReleaseKind.Stable),
    ];

    /// <summary>The version a tag names, or null when it names none (<c>tip</c>, <c>2.3.x</c>, <c>before-rewrite</c>).</summary>
    public static ReleaseTag? Read(string tag)
    {
        if (tag.Length > LongestTag) return null;
        for (var at = 0; at < tag.Length; at++)
        {
            if (!char.IsAsciiDigit(tag[at]) || at > 0 && !StartsHere(tag, at)) continue;
            if (FromNumbers(tag, at) is { } read) return read;
        }
        return null;
    }

    /// <summary>A version starts after a separator, or after a word that directly precedes it (<c>v1</c>, <c>go1.22</c>).</summary>
    private static bool StartsHere(string tag, int at)
    {
        var before = tag[at - 1];
        if (before is '/' or '@' or '-' or '_' or ' ' or '=') return true;
        if (!char.IsAsciiLetter(before)) return false;
        var word = at - 1;
        while (word > 0 && char.IsAsciiLetter(tag[word - 1])) word--;
        return word == 0 || tag[word - 1] is '/' or '@' or '-' or '_' && at - word == 1;
    }

    private static ReleaseTag? FromNumbers(string tag, int start)
    {
        var numbers = new List<long>();
        var written = new List<string>();
        var at = start;
        while (at < tag.Length && char.IsAsciiDigit(tag[at]))
        {
            var end = at;
            while (end < tag.Length && char.IsAsciiDigit(tag[end])) end++;
            if (end - at > 14) return null;
            numbers.Add(long.Parse(tag.AsSpan(at, end - at), CultureInfo.InvariantCulture));
            // A font's 1.003 and a calendar's 24.04 are written so; the dashes and underscores of 2024-01-15 are not.
            written.Add(at > start && tag[at - 1] == '.' ? tag[at..end] : numbers[^1].ToString(CultureInfo.InvariantCulture));
            at = end;
            if (at + 1 < tag.Length && char.IsAsciiDigit(tag[at + 1]) && (tag[at] is '.' or '_' || tag[at] == '-' && IsDate(numbers, tag, at))) at++;
        }
        var product = tag[..start].TrimEnd('v', 'V').TrimEnd('/', '@', '-', '_', ' ', '=', '.').ToLowerInvariant();
        if (Plain.Contains(product)) product = "";
        // One number after a product's name is as often a topic (`fix-12`) as a release; after `v` it is a release.
        if (numbers.Count == 1 && product.Length > 0 && at == tag.Length && !tag.Contains('@') && tag[start - 1] is not ('v' or 'V')) return null;
        return WithRest(product, [.. numbers], string.Join('.', written), tag[at..]);
    }

    /// <summary>2024-01-15 is a date written with dashes; in 1.2.3-4 the dash begins something else.</summary>
    private static bool IsDate(List<long> numbers, string tag, int dash) =>
        numbers[0] is >= 1990 and < 2200 && numbers.Count < 3 && dash + 2 < tag.Length && char.IsAsciiDigit(tag[dash + 2]) && (dash + 3 == tag.Length || !char.IsAsciiDigit(tag[dash + 3]));

    private static ReleaseTag? WithRest(string product, long[] numbers, string plain, string rest)
    {
        var kind = Named(product);
        if (rest.Length == 0) return new(product, numbers, kind, 0, null, 0, plain);
        var plus = rest.IndexOf('+');
        var build = plus >= 0 && long.TryParse(rest.AsSpan(plus + 1), CultureInfo.InvariantCulture, out var number) ? number : 0;
        var label = plus >= 0 ? rest[..plus] : rest;
        if (label.Length == 0) return new(product, numbers, kind, 0, null, build, plain + rest);
        if (label.Length == 1 && char.IsAsciiLetterLower(label[0]) && label[0] is not 'x') return new(product, numbers, kind, 0, label[0], build, plain + label);
        var text = label.TrimStart('-', '.', '_', '~', ' ');
        if (text.Length < label.Length && long.TryParse(text, CultureInfo.InvariantCulture, out var revision)) return new(product, numbers, kind, 0, null, revision, $"{plain}-{revision}");
        if (Labelled(text) is not { } labelled) return null;
        if (labelled.Kind == ReleaseKind.Stable && kind == ReleaseKind.Stable)
            return new(product, numbers, kind, labelled.Number, null, build, labelled.Number > 0 && !text.StartsWith("final", StringComparison.OrdinalIgnoreCase) ? plain + label.Replace('_', '-') : plain);
        return new(product, numbers, labelled.Kind < kind ? labelled.Kind : kind, labelled.Number, null, build, plain + label.Replace('_', '-'));
    }

    /// <summary>A product called nightly or snapshot makes every tag of it one.</summary>
    private static ReleaseKind Named(string product) =>
        Words.Where(w => w.Kind < ReleaseKind.Stable && w.Word.Length > 2 && product.EndsWith(w.Word, StringComparison.Ordinal)).Select(w => w.Kind).FirstOrDefault(ReleaseKind.Stable);

    private static (ReleaseKind Kind, long Number)? Labelled(string text)
    {
        var end = 0;
        while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        var word = text[..end].ToLowerInvariant();
        var match = Words.FirstOrDefault(w => w.Word == word);
        // A word of their own, such as the name of a platform or of an edition, says that it is not the plain release.
        var kind = match.Word is null ? (ReleaseKind?)null : match.Kind;
        var digits = text.AsSpan(end).TrimStart("-._ ");
        var length = 0;
        while (length < digits.Length && char.IsAsciiDigit(digits[length])) length++;
        var number = length is > 0 and < 15 ? long.Parse(digits[..length], CultureInfo.InvariantCulture) : 0;
        return kind is { } known ? (known, number) : null;
    }
}
