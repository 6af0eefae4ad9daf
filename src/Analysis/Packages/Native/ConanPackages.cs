using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>Conan recipes and requirement lists, read as text.</summary>
internal static class ConanPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            var requirements = file.Lines.SelectMany((line, index) => Reference.Matches(line).Select(match => new Dependency(match.Groups[1].Value, match.Groups[2].Value, "runtime", file.At(index + 1)))).ToList();
            var fields = Field.Matches(file.Text).DistinctBy(match => match.Groups[1].Value).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);
            if (fields.Count == 0 && requirements.Count == 0) continue;
            yield return set.Package(file, fields.GetValueOrDefault("name", ""), 0, requirements) with
            {
                Version = fields.GetValueOrDefault("version"), Description = fields.GetValueOrDefault("description"), IsPrivate = !fields.ContainsKey("name"),
            };
        }
    }

    private static readonly LinearPattern Reference = new(@"\b([a-z0-9_][a-z0-9_+.-]+)/(\[[^\]]+\]|[0-9][0-9A-Za-z.+-]*)");
    private static readonly LinearPattern Field = new("""(?m)^\s+(name|version|description)\s*=\s*["']([^"'\n]+)["']""");
}
