namespace Rialto.Analysis;

/// <summary>pubspec.yaml of Dart and Flutter.</summary>
internal static class PubPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            if (YamlReader.Read(file.Text) is not { Map: not null } yaml || yaml.Text("name") is not { } name) continue;
            var needed = new[] { ("dependencies", "runtime"), ("dev_dependencies", "development") }.SelectMany(group => (yaml[group.Item1]?.Entries ?? [])
                .Select(entry => new Dependency(entry.Key, entry.Value.Scalar ?? entry.Value.Text("version") ?? entry.Value.Text("sdk") ?? "", group.Item2, file.At(entry.Value.Line))));
            yield return set.Package(file, name, yaml["name"]!.Line, needed) with
            {
                Version = yaml.Text("version"), Description = yaml.Text("description"), Homepage = yaml.Text("homepage") ?? yaml.Text("repository"), IsPrivate = yaml.Text("publish_to") == "none",
            };
        }
    }
}
