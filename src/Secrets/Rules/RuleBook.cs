using System.Text;
using System.Text.Json;
using Rialto.Secrets.Scanning;

namespace Rialto.Secrets.Rules;

/// <summary>All rules, and which of them a keyword calls.</summary>
internal sealed class RuleBook
{
    private static readonly Lazy<RuleBook> Shared = new(Load);
    private readonly WordIndex index;
    private readonly (string Keyword, bool IsExact, SecretRule Rule)[] words;

    private RuleBook(SecretRule[] rules)
    {
        Rules = rules;
        words = [.. rules.SelectMany(rule => rule.Keywords.Select(keyword => (keyword, rule.IsExact, rule)))];
        index = new WordIndex(Array.ConvertAll(words, word => word.Keyword));
    }

    /// <summary>The rules that come with Rialto.</summary>
    public static RuleBook Default => Shared.Value;

    public IReadOnlyList<SecretRule> Rules { get; }

    /// <summary>The next place at or after <paramref name="from"/> where a keyword may begin; -1 when there is none.</summary>
    public int Next(ReadOnlySpan<byte> text, int from) => index.Next(text, from);

    /// <summary>Adds the rules whose keyword begins at <paramref name="at"/>, with where it ends.</summary>
    public void Collect(ReadOnlySpan<byte> text, int at, List<(SecretRule Rule, int End)> called)
    {
        foreach (var position in index.At(text, at))
        {
            ref var word = ref words[position];
            var end = at + word.Keyword.Length;
            if (end > text.Length) continue;
            var here = text[at..end];
            if (word.IsExact ? Ascii.Equals(here, word.Keyword) : Ascii.EqualsIgnoreCase(here, word.Keyword)) called.Add((word.Rule, end));
        }
    }

    private static RuleBook Load()
    {
        using var stream = typeof(RuleBook).Assembly.GetManifestResourceStream("rules.json")!;
        return new RuleBook(JsonSerializer.Deserialize(stream, RuleJson.Default.SecretRuleArray)!);
    }
}
