using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>mix.exs of Elixir and rebar.config of Erlang, read as text.</summary>
internal static partial class HexPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            var isMix = file.FileName == "mix.exs";
            var needed = file.Lines.Select((line, index) => (match: (isMix ? Mix() : Rebar()).Match(line), line, index)).Where(found => found.match.Success)
                .Select(found => new Dependency(found.match.Groups[1].Value, found.match.Groups[2].Value, found.line.Contains("only:", StringComparison.Ordinal) && !found.line.Contains(":prod", StringComparison.Ordinal) ? "development" : "runtime", file.At(found.index + 1))).ToList();
            var app = App().Match(file.Text);
            if (isMix && app.Success)
                yield return set.Package(file, app.Groups[1].Value, 1 + file.Text.AsSpan(0, app.Index).Count('\n'), needed) with
                {
                    Version = Version().Match(file.Text) is { Success: true } version ? version.Groups[1].Value : null,
                    Description = Description().Match(file.Text) is { Success: true } description ? description.Groups[1].Value : null,
                };
            else if (!isMix && needed.Count > 0) yield return set.Package(file, file.Folder.Length > 0 ? Path.GetFileName(file.Folder.TrimEnd('/')) : "", 0, needed);
        }
    }

    [GeneratedRegex(@"\bapp:\s*:(\w+)", RegexOptions.NonBacktracking)] private static partial Regex App();
    [GeneratedRegex("""(?:\bversion:|@version)\s*"([^"\n]+)["]""", RegexOptions.NonBacktracking)] private static partial Regex Version();
    [GeneratedRegex("""\bdescription:\s*"([^"\n]+)["]""", RegexOptions.NonBacktracking)] private static partial Regex Description();
    [GeneratedRegex("""^\s*\{:(\w+),\s*(?:"([^"\n]+)")?""", RegexOptions.NonBacktracking)] private static partial Regex Mix();
    [GeneratedRegex("""^\s*(?:\{deps,\s*\[)?\s*\{(\w+),\s*"([^"\n]+)"\}""", RegexOptions.NonBacktracking)] private static partial Regex Rebar();
}
