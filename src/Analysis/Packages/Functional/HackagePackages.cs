using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>Cabal files and hpack's package.yaml.</summary>
internal static class HackagePackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Ending(".cabal"))
        {
            var fields = file.Lines.Select((line, index) => (match: Field.Match(line), line: index + 1)).Where(found => found.match.Success).ToList();
            var name = fields.FirstOrDefault(found => found.match.Groups[1].Value.Equals("name", StringComparison.OrdinalIgnoreCase));
            if (name.match is null) continue;
            string? Value(string key) => fields.Where(found => found.match.Groups[1].Value.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(found => found.match.Groups[2].Value.Trim()).FirstOrDefault(text => text.Length > 0);
            yield return set.Package(file, name.match.Groups[2].Value.Trim(), name.line, Needed(file)) with
            {
                Version = Value("version"), Description = Value("synopsis"), Licence = Value("license"), Homepage = Value("homepage"),
            };
        }
        foreach (var file in set.Named("package.yaml"))
            if (YamlReader.Read(file.Text) is { Map: not null } yaml && yaml.Text("name") is { } name && !set.Ending(".cabal").Any(other => other.Folder == file.Folder))
                yield return set.Package(file, name, yaml["name"]!.Line, (yaml["dependencies"]?.Items ?? []).Where(item => item.Scalar is not null).Select(item => new Dependency(item.Scalar!.Split(' ')[0], "", "runtime", file.At(item.Line)))) with { Version = yaml.Text("version"), Description = yaml.Text("synopsis") };
    }

    private static IEnumerable<Dependency> Needed(TextFile file)
    {
        var isOpen = false;
        var isDevelopment = false;
        for (var i = 0; i < file.Lines.Length; i++)
        {
            var line = file.Lines[i];
            if (line.Length > 0 && !char.IsWhiteSpace(line[0])) isDevelopment = line.StartsWith("test-suite", StringComparison.OrdinalIgnoreCase) || line.StartsWith("benchmark", StringComparison.OrdinalIgnoreCase);
            var start = line.TrimStart().StartsWith("build-depends:", StringComparison.OrdinalIgnoreCase);
            if (start) { isOpen = true; line = line[(line.IndexOf(':') + 1)..]; }
            else if (Field.IsMatch(line) || line.Trim().Length == 0) isOpen = false;
            if (!isOpen) continue;
            foreach (var part in line.Split(',').Select(part => part.Trim()).Where(part => part.Length > 0 && !part.StartsWith("--", StringComparison.Ordinal)))
            {
                var cut = part.IndexOfAny([' ', '<', '>', '=', '^']);
                yield return new Dependency(cut < 0 ? part : part[..cut], cut < 0 ? "" : part[cut..].Trim(), isDevelopment ? "development" : "runtime", file.At(i + 1));
            }
        }
    }

    private static readonly LinearPattern Field = new(@"^\s*([A-Za-z][A-Za-z-]*):(.*)$");
}
