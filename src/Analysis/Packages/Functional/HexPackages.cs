using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>mix.exs of Elixir and rebar.config of Erlang, read as text.</summary>
internal static class HexPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            var isMix = file.FileName == "mix.exs";
            var needed = file.Lines.Select((line, index) => (match: (isMix ? Mix : Rebar).Match(line), line, index)).Where(found => found.match.Success)
                .Select(found => new Dependency(found.match.Groups[1].Value, found.match.Groups[2].Value, found.line.Contains("only:", StringComparison.Ordinal) && !found.line.Contains(":prod", StringComparison.Ordinal) ? "development" : "runtime", file.At(found.index + 1))).ToList();
            var app = App.Match(file.Text);
            if (isMix && app.Success)
                yield return set.Package(file, app.Groups[1].Value, 1 + file.Text.AsSpan(0, app.Index).Count('\n'), needed) with
                {
                    Version = Version.Match(file.Text) is { Success: true } version ? version.Groups[1].Value : null,
                    Description = Description.Match(file.Text) is { Success: true } description ? description.Groups[1].Value : null,
                };
            else if (!isMix && needed.Count > 0) yield return set.Package(file, file.Folder.Length > 0 ? Path.GetFileName(file.Folder.TrimEnd('/')) : "", 0, needed);
        }
    }

    private static readonly LinearPattern App = new(@"\bapp:\s*:(\w+)");
    private static readonly LinearPattern Version = new("""(?:\bversion:|@version)\s*"([^"\n]+)["]""");
    private static readonly LinearPattern Description = new("""\bdescription:\s*"([^"\n]+)["]""");
    private static readonly LinearPattern Mix = new("""^\s*\{:(\w+),\s*(?:"([^"\n]+)")?""");
    private static readonly LinearPattern Rebar = new("""^\s*(?:\{deps,\s*\[)?\s*\{(\w+),\s*"([^"\n]+)"\}""");
}
