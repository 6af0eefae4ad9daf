using Rialto.Kernel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>Releases as the changelog tells them: keep-a-changelog, conventional, "Version 1.2 (date)", underlined titles, in any markup.</summary>
internal static partial class ChangelogReader
{
    private const int MostReleases = 300;
    private const int MostLetters = 20_000;

    private static readonly string[] Names = ["CHANGELOG", "CHANGES", "CHANGE-LOG", "CHANGE_LOG", "HISTORY", "NEWS", "RELEASES", "RELEASE-NOTES", "RELEASE_NOTES", "RELEASENOTES", "00-RELEASENOTES", "WHATSNEW"];

    public static async Task<ChangelogFacts?> ReadAsync(RepositoryContent content, PackageFacts? main)
    {
        var folder = main is null ? "" : main.Manifest[..(main.Manifest.LastIndexOf('/') + 1)];
        foreach (var place in (string[])["", folder, "docs/", "doc/", ".github/"])
        {
            var path = Documents.Find(content, Names, place);
            if (path is null || (await content.TextAsync(path) ?? await content.BeginningAsync(path)) is not { } file) continue;
            var releases = Read(file);
            if (releases.Count > 0) return new(path, await Changesets.WithPendingAsync(content, releases));
        }
        return null;
    }

    public static IReadOnlyList<ReleaseNote> Read(TextFile file)
    {
        var heads = Heads(file);
        var releases = new List<ReleaseNote>();
        for (var i = 0; i < heads.Count && releases.Count < MostReleases; i++)
        {
            var (line, bodyLine, version, text) = heads[i];
            var end = i + 1 < heads.Count ? heads[i + 1].Line - 1 : file.Lines.Length;
            if (i + 1 < heads.Count && heads[i + 1].Over) end--;
            var body = string.Join('\n', file.Lines[Math.Min(bodyLine, end)..end]).Trim('\n', ' ');
            if (body.Length > MostLetters) body = body[..body.LastIndexOf('\n', MostLetters)];
            releases.Add(new(version, Date(text) ?? Date(body.Length > 160 ? body[..160] : body, onlyReleased: true), body, file.At(line)));
        }
        if (releases.Count > 1 && Compare(releases[^1].Version, releases[0].Version) > 0 && Compare(releases[^1].Version, releases[releases.Count / 2].Version) > 0) releases.Reverse();
        return [.. releases.DistinctBy(release => release.Version)];
    }

    private readonly record struct Head(int Line, int BodyLine, string Version, string Text, bool Over)
    {
        public void Deconstruct(out int line, out int bodyLine, out string version, out string text) => (line, bodyLine, version, text) = (Line, BodyLine, Version, Text);
    }

    /// <summary>The lines that begin a release. In marked-up files these are headings; in plain text any short line of that form.</summary>
    private static List<Head> Heads(TextFile file)
    {
        var heads = new List<Head>();
        var format = Documents.FormatOf(file.Path);
        var inFence = false;
        for (var i = 0; i < file.Lines.Length; i++)
        {
            var line = file.Lines[i];
            if (line.StartsWith("```", StringComparison.Ordinal)) inFence = !inFence;
            if (inFence || line.Length is 0 or > 200) continue;
            var next = i + 1 < file.Lines.Length ? file.Lines[i + 1].Trim() : "";
            var underlined = next.Length >= 3 && line.Trim().Length > 1 && !char.IsWhiteSpace(line[0]) && next[0] is '=' or '-' or '~' or '^' or '*' or '#' && next.AsSpan().Trim(next[0]).IsEmpty;
            var marked = format switch { "asciidoc" => line.StartsWith("==", StringComparison.Ordinal) || line.StartsWith("## ", StringComparison.Ordinal), "org" => line.StartsWith('*'), "markdown" => line[0] == '#' || line.StartsWith("<h2", StringComparison.Ordinal), _ => false };
            if (!marked && !underlined && !(format == "text" && !char.IsWhiteSpace(line[0]) && PlainHead.IsMatch(line))) continue;
            var text = Tags.Replace(line, "").Trim('#', '=', '*', ' ', '_');
            if (VersionHead().Match(text) is { Success: true } match)
            {
                var over = i > 0 && underlined && file.Lines[i - 1].Trim() == next;
                heads.Add(new(i + 1, underlined ? i + 2 : i + 1, match.Groups["unreleased"].Success ? "Unreleased" : match.Groups["version"].Value.TrimEnd('.', ':'), text, over));
            }
        }
        return heads;
    }

    private static DateOnly? Date(string text, bool onlyReleased = false)
    {
        if (onlyReleased && !text.Contains("eleased", StringComparison.Ordinal) && !text.TrimStart().StartsWith("_", StringComparison.Ordinal)) return null;
        if (IsoDate.Match(text) is { Success: true } iso && DateOnly.TryParseExact($"{iso.Groups[1].Value}-{iso.Groups[2].Value.PadLeft(2, '0')}-{iso.Groups[3].Value.PadLeft(2, '0')}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        if (!WordDate.Match(text).Success) return null;
        var words = Ordinal.Replace(WordDate.Match(text).Value, "$1").Replace(",", " ", StringComparison.Ordinal).Replace(".", " ", StringComparison.Ordinal);
        return DateOnly.TryParse(string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries)), CultureInfo.InvariantCulture, out date) ? date : null;
    }

    private static int Compare(string first, string second)
    {
        static IEnumerable<long> Numbers(string version) => Digits.Matches(version).Select(match => long.TryParse(match.Value, out var number) ? number : 0).Take(3).Concat([0, 0, 0]).Take(3);
        return Numbers(first).Zip(Numbers(second), (a, b) => a.CompareTo(b)).FirstOrDefault(sign => sign != 0);
    }

    [GeneratedRegex(@"(?i)^(?:\[?(?<unreleased>unreleased|upcoming|next release|next version|in development)\b|(?:(?:version|release|changes (?:in|for|from|between)|what's new in|new in|[\w@/.\- ]{1,40}?)\s+)?[\[""]?v?(?:ersion\s*)?(?<version>\d+(?:\.\d+)+(?:[-.+]?[0-9A-Za-z][0-9A-Za-z.+-]*)?))", RegexOptions.None, 500)]
    private static partial Regex VersionHead();
    private static readonly LinearPattern PlainHead = new(@"(?i)^(?:version\s+|release\s+|v)?\d+\.\d+[\w.+-]*(?:\s*[-:(,].*|\s+\d{4}.*)?$|^=+\s|^[\w-]+ \d+\.\d+[\w.]*\s");
    private static readonly LinearPattern Tags = new(@"<[^>]*>|\]\([^)]*\)");
    private static readonly LinearPattern IsoDate = new(@"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b");
    private static readonly LinearPattern WordDate = new(@"(?i)\b(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+\d{4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})\b");
    private static readonly LinearPattern Ordinal = new(@"(\d)(?:st|nd|rd|th)\b");
    private static readonly LinearPattern Digits = new(@"\d+");
}
