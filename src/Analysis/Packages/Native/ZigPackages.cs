using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>build.zig.zon, read as text: the name, the version and the names of the dependencies. Below <c>pkg/</c> stand bindings to other people's libraries.</summary>
internal static class ZigPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            string? name = null, version = null;
            var nameLine = 0;
            var depth = 0;
            var inDependencies = false;
            var needed = new List<Dependency>();
            for (var i = 0; i < file.Lines.Length; i++)
            {
                var line = file.Lines[i].Split("//")[0];
                if (Field.Match(line) is { Success: true } field)
                {
                    var key = field.Groups[1].Value;
                    if (depth == 1 && key == "name") { name = field.Groups[2].Value.Trim('"', '.', ',', ' '); nameLine = i + 1; }
                    if (depth == 1 && key == "version") version = field.Groups[2].Value.Trim('"', ',', ' ');
                    if (depth == 1) inDependencies = key == "dependencies";
                    else if (depth == 2 && inDependencies) needed.Add(new Dependency(key.Trim('@', '"'), "", "runtime", file.At(i + 1)));
                }
                depth += line.Count(letter => letter == '{') - line.Count(letter => letter == '}');
            }
            if (name is { Length: > 0 }) yield return set.Package(file, name, nameLine, needed) with { Version = version, IsAuxiliary = AuxiliaryPaths.Contains(file.Path) || file.Path.StartsWith("pkg/", StringComparison.Ordinal) };
        }
    }

    private static readonly LinearPattern Field = new("""^\s*\.(@?"?[\w-]+"?)\s*=\s*(.*)$""");
}
