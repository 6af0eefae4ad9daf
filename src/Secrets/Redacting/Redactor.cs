using System.Text;
using Rialto.Secrets.Allowing;
using Rialto.Secrets.Rules;
using Rialto.Secrets.Scanning;

namespace Rialto.Secrets.Redacting;

/// <summary>Finds secrets in one text and writes the text without them.</summary>
internal sealed class Redactor(RuleBook book, Placeholders placeholders, AllowList allowed)
{
    /// <summary>Everything found so far; what was found once is hidden everywhere.</summary>
    public SecretSet Known { get; } = new();

    /// <summary>What the rules find in <paramref name="text"/>, without what is allowed there.</summary>
    public List<Hit> Find(ReadOnlySpan<char> text, string path)
    {
        var hits = TextScan.Find(text, book);
        EncodedRuns.Find(text, book, hits);
        if (hits.Count == 0) return hits;
        for (var index = hits.Count - 1; index >= 0; index--)
            if (allowed.Allows(hits[index].Rule.Id, path) || LineAt(text, hits[index].Start).Contains(AllowList.Comment, StringComparison.Ordinal)) hits.RemoveAt(index);
        return Hit.Merge(hits);
    }

    /// <summary><paramref name="text"/> without secrets, or null when it has none.</summary>
    public string? Clean(ReadOnlySpan<char> text, string path)
    {
        var hits = Find(text, path);
        Known.Find(text, hits);
        if (hits.Count == 0) return null;
        var cleaned = new StringBuilder(text.Length);
        var written = 0;
        foreach (var hit in Hit.Merge(hits))
        {
            cleaned.Append(text[written..hit.Start]).Append(PlaceholderOf(hit, text));
            written = hit.End;
        }
        return cleaned.Append(text[written..]).ToString();
    }

    /// <summary>What stands for <paramref name="hit"/>.</summary>
    public string PlaceholderOf(Hit hit, ReadOnlySpan<char> text) => placeholders.For(hit.Rule.Id, Known.Unmask(text.Slice(hit.Start, hit.Length).ToString()));

    private static ReadOnlySpan<char> LineAt(ReadOnlySpan<char> text, int at)
    {
        var start = text[..at].LastIndexOf('\n') + 1;
        var end = text[at..].IndexOf('\n');
        return end < 0 ? text[start..] : text[start..(at + end)];
    }
}
