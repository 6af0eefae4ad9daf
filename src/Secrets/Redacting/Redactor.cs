using System.Buffers;
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

    /// <summary>What the rules find in <paramref name="text"/> (one byte per letter), without what is allowed there.</summary>
    public List<Hit> Find(ReadOnlySpan<byte> text, string path)
    {
        var hits = TextScan.Find(text, book);
        EncodedRuns.Find(text, book, hits);
        if (hits.Count == 0) return hits;
        var kept = new List<Hit>(hits.Count);
        // Many hits of one endless line ask for that line once.
        var (lineStart, lineEnd, isAllowed) = (0, -1, false);
        foreach (var hit in hits)
        {
            if (hit.Start >= lineEnd || hit.Start < lineStart)
            {
                (lineStart, lineEnd) = LineAt(text, hit.Start);
                isAllowed = text[lineStart..lineEnd].IndexOf(AllowList.CommentBytes) >= 0;
            }
            if (!isAllowed && !allowed.Allows(hit.Rule.Id, path) && !Circumstances.ShowHarmless(hit, text, path)) kept.Add(hit);
        }
        return Hit.Merge(kept);
    }

    /// <inheritdoc cref="Find(ReadOnlySpan{byte}, string)"/>
    public List<Hit> Find(ReadOnlySpan<char> text, string path)
    {
        var bytes = Latin.Rent(text);
        var hits = Find(bytes.AsSpan(0, text.Length), path);
        ArrayPool<byte>.Shared.Return(bytes);
        return hits;
    }

    /// <summary><paramref name="text"/> without secrets, or null when it has none.</summary>
    public string? Clean(ReadOnlySpan<char> text, string path) => Without(text, Find(text, path));

    /// <summary><paramref name="text"/> without <paramref name="hits"/> and without the known secrets, or null when it has none of them.</summary>
    public string? Without(ReadOnlySpan<char> text, List<Hit> hits)
    {
        if (!Known.IsEmpty)
        {
            var bytes = Latin.Rent(text);
            Known.Find(text, bytes.AsSpan(0, text.Length), hits);
            ArrayPool<byte>.Shared.Return(bytes);
        }
        if (hits.Count == 0) return null;
        var cleaned = new StringBuilder(text.Length);
        var written = 0;
        foreach (var hit in Hit.Merge(hits))
        {
            cleaned.Append(text[written..hit.Start]).Append(PlaceholderOf(hit, text.Slice(hit.Start, hit.Length).ToString()));
            written = hit.End;
        }
        return cleaned.Append(text[written..]).ToString();
    }

    /// <inheritdoc cref="Without(ReadOnlySpan{char}, List{Hit})"/>
    /// <param name="text">One byte per letter; all other bytes stay as they are.</param>
    /// <param name="hits">What the rules found in it.</param>
    public byte[]? Without(ReadOnlySpan<byte> text, List<Hit> hits)
    {
        if (!Known.IsEmpty) Known.Find([], text, hits);
        if (hits.Count == 0) return null;
        using var cleaned = new MemoryStream(text.Length);
        var written = 0;
        foreach (var hit in Hit.Merge(hits))
        {
            cleaned.Write(text[written..hit.Start]);
            cleaned.Write(Encoding.ASCII.GetBytes(PlaceholderOf(hit, Encoding.Latin1.GetString(text.Slice(hit.Start, hit.Length)))));
            written = hit.End;
        }
        cleaned.Write(text[written..]);
        return cleaned.ToArray();
    }

    /// <summary>What stands for <paramref name="hit"/>, which reads <paramref name="secret"/>.</summary>
    public string PlaceholderOf(Hit hit, string secret) => placeholders.For(hit.Rule.Id, Known.Unmask(secret));

    private static (int Start, int End) LineAt(ReadOnlySpan<byte> text, int at)
    {
        var end = text[at..].IndexOf((byte)'\n');
        return (text[..at].LastIndexOf((byte)'\n') + 1, end < 0 ? text.Length : at + end);
    }
}
