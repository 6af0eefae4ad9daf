using System.Buffers;
using System.Text.Json;

namespace Rialto.Secrets.Rules;

/// <summary>All rules, and which of them a keyword calls.</summary>
internal sealed class RuleBook
{
    private static readonly Lazy<RuleBook> Shared = new(Load);
    private readonly Dictionary<int, List<(string Keyword, SecretRule Rule)>> byHead = [];

    private RuleBook(SecretRule[] rules)
    {
        Rules = rules;
        foreach (var rule in rules)
            foreach (var keyword in rule.Keywords)
                Add(keyword.ToLowerInvariant(), rule);
        Keywords = SearchValues.Create([.. rules.SelectMany(rule => rule.Keywords).Select(word => word.ToLowerInvariant()).Distinct()], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The rules that come with Rialto.</summary>
    public static RuleBook Default => Shared.Value;

    public IReadOnlyList<SecretRule> Rules { get; }

    /// <summary>Finds the next keyword of any rule in one pass.</summary>
    public SearchValues<string> Keywords { get; }

    /// <summary>Adds the rules whose keyword begins <paramref name="text"/>.</summary>
    public void Collect(ReadOnlySpan<char> text, List<SecretRule> called)
    {
        if (!byHead.TryGetValue(Head(text), out var candidates)) return;
        foreach (var (keyword, rule) in candidates)
            if (text.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)) called.Add(rule);
    }

    private void Add(string keyword, SecretRule rule)
    {
        if (!byHead.TryGetValue(Head(keyword), out var list)) byHead[Head(keyword)] = list = [];
        list.Add((keyword, rule));
    }

    private static int Head(ReadOnlySpan<char> text) => text.Length < 2 ? -1 : char.ToLowerInvariant(text[0]) << 16 | char.ToLowerInvariant(text[1]);

    private static RuleBook Load()
    {
        using var stream = typeof(RuleBook).Assembly.GetManifestResourceStream("rules.json")!;
        return new RuleBook(JsonSerializer.Deserialize(stream, RuleJson.Default.SecretRuleArray)!);
    }
}
