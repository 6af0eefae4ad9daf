using System.Text;
using System.Text.RegularExpressions;

namespace Rialto.Secrets.Tests.Rules;

/// <summary>Fills the templates of rules.json, <c>{hex:32}</c>-like, with letters that are the same in every run.</summary>
internal static partial class Template
{
    private static readonly Dictionary<string, string> Alphabets = new()
    {
        ["a"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        ["w"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        ["c"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        ["h"] = "0123456789abcdef", ["u"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", ["l"] = "abcdefghijklmnopqrstuvwxyz0123456789",
        ["s"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ["l2"] = "abcdefghijklmnopqrstuvwxyz234567", ["d"] = "0123456789", ["x"] = "x", ["A"] = "A",
        ["age"] = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
    };

    public static string Fill(string template, int seed = 7)
    {
        var random = new Random(seed);
        return Slot().Replace(template, slot => slot.Value == "{uuid}"
            ? string.Join('-', new[] { 8, 4, 4, 4, 12 }.Select(length => Letters("h", length, random)))
            : Letters(slot.Groups[1].Value, int.Parse(slot.Groups[2].Value), random));
    }

    private static string Letters(string alphabet, int count, Random random)
    {
        var letters = new StringBuilder(count);
        var symbols = Alphabets[alphabet];
        for (var index = 0; index < count; index++) letters.Append(symbols[random.Next(symbols.Length)]);
        return letters.ToString();
    }

    [GeneratedRegex(@"\{(?:uuid|([a-zA-Z][0-9]?|age):(\d+))\}")]
    private static partial Regex Slot();
}
