using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>Package.swift, read as text.</summary>
internal static class SwiftPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            var name = Name.Match(file.Text);
            if (!name.Success) continue;
            var needed = file.Lines.SelectMany((line, index) => Needed.Matches(line).Select(match => new Dependency(Path.GetFileNameWithoutExtension(match.Groups[1].Value.TrimEnd('/')), match.Groups[2].Value, "runtime", file.At(index + 1))));
            yield return set.Package(file, name.Groups[1].Value, 1 + file.Text.AsSpan(0, name.Index).Count('\n'), needed);
        }
    }

    private static readonly LinearPattern Name = new("""Package\s*\(\s*name:\s*"([^"\n]+)["]""");
    private static readonly LinearPattern Needed = new("""\.package\s*\([^)]*url:\s*"([^"\n]+)"(?:[^"\n]*"([^"\n]+)")?""");
}
