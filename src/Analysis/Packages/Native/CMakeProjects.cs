using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>CMake projects: those that call <c>project(…)</c>; what they find is what they need.</summary>
internal static class CMakeProjects
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            var project = Project.Match(file.Text);
            if (!project.Success || project.Groups[1].Value.Contains('$')) continue;
            var found = Find.Matches(file.Text).Select(match => new Dependency(match.Groups[1].Value, match.Groups[2].Value, "runtime", file.At(LineOf(file, match.Index))));
            yield return set.Package(file, project.Groups[1].Value.Trim('"'), LineOf(file, project.Index), found) with
            {
                Version = Version.Match(project.Value) is { Success: true } version ? version.Groups[1].Value : null,
                Description = Description.Match(project.Value) is { Success: true } description ? description.Groups[1].Value : null,
            };
        }
    }

    private static int LineOf(TextFile file, int offset) => 1 + file.Text.AsSpan(0, offset).Count('\n');

    private static readonly LinearPattern Project = new(@"(?im)^\s*project\s*\(\s*([^\s)]+)[^)]*\)");
    private static readonly LinearPattern Version = new(@"\bVERSION\s+""?([0-9][0-9.]*)");
    private static readonly LinearPattern Description = new(@"\bDESCRIPTION\s+""([^""]+)""");
    private static readonly LinearPattern Find = new(@"(?im)^\s*find_package\s*\(\s*([A-Za-z0-9_+-]+)(?:\s+([0-9][0-9.]*))?");
}
