using Rialto.Secrets.Rules;

namespace Rialto.Secrets.Scanning;

/// <summary>A secret in a text.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Its characters.</param>
internal readonly record struct Hit(SecretRule Rule, int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>Hits in order, those that overlap made one; the rule of the longest part stays, a specific rule before a generic one.</summary>
    public static List<Hit> Merge(List<Hit> hits)
    {
        hits.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : right.Length.CompareTo(left.Length));
        var merged = new List<Hit>(hits.Count);
        foreach (var hit in hits)
        {
            if (merged.Count == 0 || merged[^1].End <= hit.Start)
            {
                merged.Add(hit);
                continue;
            }
            var last = merged[^1];
            var rule = last.Rule.Kind == hit.Rule.Kind ? (hit.Length > last.Length ? hit.Rule : last.Rule) : last.Rule.Kind < hit.Rule.Kind ? last.Rule : hit.Rule;
            merged[^1] = new Hit(rule, last.Start, Math.Max(last.End, hit.End) - last.Start);
        }
        return merged;
    }
}
