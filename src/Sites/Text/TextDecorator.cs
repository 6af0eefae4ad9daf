using System.Text;

namespace Rialto.Sites;

/// <summary>What GitHub does to plain text inside a document: emoji shortcodes, <c>@mentions</c>, <c>#issues</c>. Each only where it is one.</summary>
internal sealed class TextDecorator(LinkResolver links)
{
    private static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create(":@#");

    /// <summary>Appends <paramref name="text"/>, escaped and decorated.</summary>
    public void Append(StringBuilder output, string text, bool mayLink)
    {
        var written = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var next = text.AsSpan(at).IndexOfAny(Marks);
            if (next < 0) break;
            at += next;
            var length = 0;
            var replacement = text[at] switch
            {
                ':' when Emoji.At(text, at, out length) is { } emoji => emoji,
                '@' when mayLink => Mention(text, at, out length),
                '#' when mayLink => Issue(text, at, out length),
                _ => null,
            };
            if (replacement is null) continue;
            output.AppendEscaped(text.AsSpan(written, at - written)).Append(replacement);
            written = at + length;
            at = written - 1;
        }
        output.AppendEscaped(text.AsSpan(written));
    }

    private string? Mention(string text, int at, out int length)
    {
        length = 0;
        if (links.Host?.MentionUrl is null || IsWord(text, at - 1)) return null;
        var end = at + 1;
        while (end < text.Length && end - at <= 39 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '-' && end > at + 1)) end++;
        length = end - at;
        if (length < 3 || IsWord(text, end) || end < text.Length && text[end] is '/' or '@' || text[end - 1] == '-') return null;
        return $"<a href=\"{Entities.Escape(links.Host.MentionUrl(text[(at + 1)..end]))}\">{text[at..end]}</a>";
    }

    private string? Issue(string text, int at, out int length)
    {
        length = 0;
        if (links.Host?.IssueUrl is null || IsWord(text, at - 1) || at > 0 && text[at - 1] is '#' or '/' or '&') return null;
        var end = at + 1;
        while (end < text.Length && end - at <= 7 && char.IsAsciiDigit(text[end])) end++;
        length = end - at;
        return length < 2 || IsWord(text, end) ? null : $"<a href=\"{Entities.Escape(links.Host.IssueUrl(text[(at + 1)..end]))}\">{text[at..end]}</a>";
    }

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '`' or '.' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]));
}
