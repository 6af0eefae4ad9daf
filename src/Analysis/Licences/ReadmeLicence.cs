using System.Text.RegularExpressions;
using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>What the README's section on the licence says.</summary>
/// <param name="Path">The README.</param>
/// <param name="Line">1-based line of the heading.</param>
/// <param name="Text">The section.</param>
/// <param name="Expression">The licence it names or quotes, or null.</param>
internal sealed partial record ReadmeLicence(string Path, int Line, string Text, string? Expression)
{
    private const int LongestSectionChars = 4000;
    private const int LargestReadmeBytes = 1024 * 1024;
    private const double LeastLikeness = 0.94;

    /// <summary>The section of the root README, or null when it has none.</summary>
    public static async Task<ReadmeLicence?> ReadAsync(ISourceTree tree, CancellationToken cancel)
    {
        var readme = tree.Entries.FirstOrDefault(e => e.IsFile && e.Bytes <= LargestReadmeBytes && ReadmeName().IsMatch(e.Path));
        if (readme is null) return null;
        var text = LicenceWords.Decode((await tree.ReadAsync(readme, cancel)).Span);
        if (Heading().Match(text) is not { Success: true } heading) return null;
        var start = heading.Index + heading.Length;
        var end = NextHeading().Match(text, start) is { Success: true } next ? next.Index : text.Length;
        var section = text[start..Math.Min(end, start + LongestSectionChars)];
        var quoted = LicenceMatcher.Nearest(section, LicenceLibrary.Default) is [{ Likeness: >= LeastLikeness } best, ..] ? best.Licence.Id : null;
        return new ReadmeLicence(readme.Path, text.AsSpan(0, heading.Index).Count('\n') + 1, section, quoted ?? LicenceNames.InSentence(section));
    }

    [GeneratedRegex(@"\Areadme(?:\.[a-z]+)?\z", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ReadmeName();

    [GeneratedRegex(@"^(?:#{1,6}|={1,5}|<h[1-6][^>]*>)?[ \t]*\W{0,8}(?:copyright (?:and|&) )?licen[cs](?:e|es|ing)\b[^\r\n]{0,40}$(?:\r?\n[-=~]{3,}[ \t]*$)?", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?:#{1,6} |={1,5} |<h[1-6])|^[^\r\n]+\r?\n[-=]{4,}[ \t]*$", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex NextHeading();
}
