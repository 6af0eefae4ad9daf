using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>Gradle builds, Groovy or Kotlin, read as text, with version catalogues resolved.</summary>
internal static class GradlePackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        var catalogue = set.Named("libs.versions.toml").Select(file => TomlReader.Read(file.Text)).FirstOrDefault();
        var root = set.Named("settings.gradle", "settings.gradle.kts").Where(file => file.Folder.Length == 0).Select(file => ProjectName.Match(file.Text)).FirstOrDefault(match => match.Success)?.Groups[1].Value;
        foreach (var file in set.Named("build.gradle", "build.gradle.kts"))
        {
            var dependencies = Dependencies(file, catalogue).ToList();
            var name = file.Folder.Length > 0 ? Path.GetFileName(file.Folder.TrimEnd('/')) : root;
            var version = Field.Matches(file.Text).FirstOrDefault(match => match.Groups[1].Value == "version");
            if (name is null && dependencies.Count == 0) continue;
            yield return set.Package(file, name ?? "", 0, dependencies) with
            {
                Version = version?.Groups[2].Value is { } value && !value.Contains('$') ? value : null,
                Description = Field.Matches(file.Text).FirstOrDefault(match => match.Groups[1].Value == "description")?.Groups[2].Value,
            };
        }
    }

    private static IEnumerable<Dependency> Dependencies(TextFile file, Node? catalogue)
    {
        for (var i = 0; i < file.Lines.Length; i++)
        {
            var match = Requirement.Match(file.Lines[i]);
            if (!match.Success) continue;
            var scope = match.Groups["scope"].Value switch
            {
                var word when word.StartsWith("test", StringComparison.Ordinal) || word.StartsWith("androidTest", StringComparison.Ordinal) => "development",
                "compileOnly" or "annotationProcessor" or "kapt" or "ksp" or "provided" => "build",
                _ => "runtime",
            };
            if (match.Groups["alias"].Success)
            {
                var alias = match.Groups["alias"].Value.Replace('.', '-');
                var entry = catalogue?["libraries"]?.Entries.FirstOrDefault(found => found.Key.Replace('_', '-').Replace('.', '-') == alias).Value;
                if (entry is null) continue;
                var parts = (entry.Scalar ?? entry.Text("module") ?? $"{entry.Text("group")}:{entry.Text("name")}").Split(':');
                var version = parts.Length > 2 ? parts[2] : entry.Text("version") ?? (entry["version"]?.Text("ref") is { } key ? catalogue!["versions"]?.Text(key) : null);
                yield return new Dependency(string.Join(':', parts.Take(2)), version ?? "", scope, file.At(i + 1));
                continue;
            }
            var name = match.Groups["name"].Value.Split(':');
            if (name.Length >= 2) yield return new Dependency($"{name[0]}:{name[1]}", name.Length > 2 ? name[2] : "", scope, file.At(i + 1));
        }
    }

    private static readonly LinearPattern ProjectName = new("""rootProject\.name\s*=\s*["']([^"'\n]+)["']""");
    private static readonly LinearPattern Field = new("""(?m)^\s*(version|description)\s*=?\s*["']([^"'\n]+)["']""");
    private static readonly LinearPattern Requirement = new("""^\s*(?<scope>api|implementation|compile|compileOnly|runtimeOnly|annotationProcessor|kapt|ksp|provided|test[A-Za-z]*|androidTest[A-Za-z]*)[\s(]+(?:platform\()?(?:["'](?<name>[^"'\n]+)["']|libs\.(?<alias>[A-Za-z0-9.]+))""");
}
