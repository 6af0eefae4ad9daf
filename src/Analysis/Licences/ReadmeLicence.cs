using Rialto.Kernel;
using System.Text.RegularExpressions;
using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>What the README's section on the licence says.</summary>
/// <param name="Path">The README.</param>
/// <param name="Line">1-based line of the heading.</param>
/// <param name="Text">The section.</param>
/// <param name="Expression">The licence it names or quotes, or null.</param>
internal sealed record ReadmeLicence(string Path, int Line, string Text, string? Expression)
{
    private const int LongestSectionChars = 4000;
    private const int LargestReadmeBytes = 1024 * 1024;
    private const double LeastLikeness = 0.94;

    /// <summary>The section of the root README, or null when it has none.</summary>
    public static async Task<ReadmeLicence?> ReadAsync(ISourceTree tree, CancellationToken cancel)
    {
        var readme = tree.Entries.FirstOrDefault(e => e.IsFile && e.Bytes <= LargestReadmeBytes && ReadmeName.IsMatch(e.Path));
        if (readme is null) return null;
        var text = LicenceWords.Decode((await tree.ReadAsync(readme, cancel)).Span);
        var lines = text.Split('\n');
        // Only lines that speak of licences are looked at closely.
        var at = Array.FindIndex(lines, line => line.Contains("licen", StringComparison.OrdinalIgnoreCase) && Heading.IsMatch(line.TrimEnd()));
        if (at < 0) return null;
        var rest = lines.Skip(at + 1).SkipWhile(line => Underline.IsMatch(line.TrimEnd())).ToArray();
        var section = string.Join('\n', rest.TakeWhile((line, i) => !NextHeading.IsMatch(line) && !(i + 1 < rest.Length && line.Trim().Length > 0 && Underline.IsMatch(rest[i + 1].TrimEnd()))));
        if (section.Length > LongestSectionChars) section = section[..LongestSectionChars];
        section = Own(lines[at]) + section;
        var quoted = LicenceMatcher.Nearest(section, LicenceLibrary.Default) is [{ Likeness: >= LeastLikeness } best, ..] ? best.Licence.Id : null;
        return new ReadmeLicence(readme.Path, at + 1, section, quoted ?? LicenceNames.InSentence(section));
    }

    private static readonly LinearPattern ReadmeName = new(@"\Areadme(?:\.[a-z]+)?\z", RegexOptions.IgnoreCase);

    /// <summary>What stands on the heading's own line, as in «License: MIT».</summary>
    private static string Own(string heading) => heading.IndexOf(':') is var colon and >= 0 ? heading[(colon + 1)..] + "\n" : "";

    private static readonly LinearPattern Heading = new(@"\A(?:#{1,6}|={1,5}|<h[1-6][^>]*>)?[ \t]*\W{0,8}(?:copyright (?:and|&) )?licen[cs](?:e|es|ing)\b.{0,40}\z", RegexOptions.IgnoreCase);

    private static readonly LinearPattern Underline = new(@"\A[-=~]{3,}\z");

    private static readonly LinearPattern NextHeading = new(@"\A(?:#{1,6} |={1,5} |<h[1-6])");
}
