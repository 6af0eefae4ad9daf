using System.Globalization;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Names that people own: <c>docs.example.org</c>.</summary>
internal static class DomainName
{
    private const int Longest = 253, LongestLabel = 63;
    private static readonly string[] Closed = ["localhost", "local", "internal", "invalid", "test", "onion", "arpa", "lan", "home"];

    /// <summary>The name in lower-case ASCII; foreign letters become punycode.</summary>
    /// <exception cref="Refusal"><c>domains.name_invalid</c>, <c>domains.name_reserved</c>.</exception>
    public static string Require(string words, string? baseDomain)
    {
        var name = Ascii(words.Trim().TrimEnd('.'));
        var labels = name.Split('.');
        if (labels.Length < 2 || name.Length > Longest || !char.IsAsciiLetter(labels[^1][0]) || labels.Any(label => label.Length is 0 or > LongestLabel || label[0] == '-' || label[^1] == '-' || !label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')))
            throw Invalid(words);
        if (Closed.Contains(labels[^1])) throw new Refusal("domains.name_reserved", $"{name} is no name of the public internet.", 422);
        if (baseDomain is not null && (name == baseDomain || name.EndsWith("." + baseDomain, StringComparison.Ordinal)))
            throw new Refusal("domains.name_reserved", $"Names under {baseDomain} are the platform's; a site has one already.", 422);
        return name;
    }

    private static string Ascii(string words)
    {
        try
        {
            return words.Length is > 0 and <= Longest ? new IdnMapping { UseStd3AsciiRules = true }.GetAscii(words.ToLowerInvariant()) : throw Invalid(words);
        }
        catch (ArgumentException)
        {
            throw Invalid(words);
        }
    }

    private static Refusal Invalid(string words) => new("domains.name_invalid", $"\"{(words.Length > 80 ? words[..80] : words)}\" is no domain; write it without https:// and path: docs.example.org.", 422);
}
