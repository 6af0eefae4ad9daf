using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>Gem specifications and Gemfiles read as text.</summary>
internal static class RubyGems
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        var specified = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in set.Ending(".gemspec"))
        {
            specified.Add(file.Folder);
            var fields = Lines(file, Field).ToList();
            string? Value(string key) => fields.Where(found => found.Match.Groups[1].Value == key).Select(found => found.Match.Groups[2].Value).FirstOrDefault();
            var name = fields.FirstOrDefault(found => found.Match.Groups[1].Value == "name");
            var gems = Lines(file, Added).Select(found => Gem(file, found.Line, found.Match, found.Match.Groups["kind"].Value == "development" ? "development" : "runtime"));
            var bundled = set.Named("Gemfile").FirstOrDefault(other => other.Folder == file.Folder) is { } gemfile ? Gems(gemfile).Select(gem => gem with { Scope = "development" }) : [];
            yield return set.Package(file, name.Match?.Groups[2].Value ?? Path.GetFileNameWithoutExtension(file.Path), name.Line, gems.Concat(bundled)) with
            {
                Version = Value("version"), Description = Value("summary") ?? Value("description"), Homepage = Value("homepage"), Licence = Value("license") ?? Value("licenses"),
            };
        }
        foreach (var file in set.Named("Gemfile").Where(file => !specified.Contains(file.Folder)))
        {
            var gems = Gems(file).ToList();
            if (gems.Count > 0) yield return set.Package(file, file.Folder.Length > 0 ? Path.GetFileName(file.Folder.TrimEnd('/')) : "", 0, gems) with { IsPrivate = true };
        }
    }

    private static IEnumerable<Dependency> Gems(TextFile file)
    {
        var isDevelopment = false;
        for (var i = 0; i < file.Lines.Length; i++)
        {
            var line = file.Lines[i].Trim();
            if (line.StartsWith("group ", StringComparison.Ordinal)) isDevelopment = line.Contains(":development", StringComparison.Ordinal) || line.Contains(":test", StringComparison.Ordinal);
            else if (line == "end") isDevelopment = false;
            else if (Listed.Match(line) is { Success: true } match) yield return Gem(file, i + 1, match, isDevelopment ? "development" : "runtime");
        }
    }

    private static Dependency Gem(TextFile file, int line, Match match, string scope) => new(match.Groups["name"].Value, match.Groups["version"].Value, scope, file.At(line));

    private static IEnumerable<(Match Match, int Line)> Lines(TextFile file, LinearPattern pattern) =>
        file.Lines.Select((line, index) => (pattern.Match(line), index + 1)).Where(found => found.Item1.Success);

    private static readonly LinearPattern Field = new("""^\s*\w+\.(name|version|summary|description|homepage|licenses?)\s*=\s*\[?\s*(?:%q\{)?["']([^"'\n]+)["']""");
    private static readonly LinearPattern Added = new("""\.add_(?:(?<kind>development|runtime)_)?dependency[\s(]+["'](?<name>[^"']+)["'](?:\s*,\s*\[?["'](?<version>[^"']+)["'])?""");
    private static readonly LinearPattern Listed = new("""^gem[\s(]+["'](?<name>[^"']+)["'](?:\s*,\s*["'](?<version>[^"']+)["'])?""");
}
