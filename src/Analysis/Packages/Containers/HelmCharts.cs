namespace Rialto.Analysis;

/// <summary>Chart.yaml of Helm.</summary>
internal static class HelmCharts
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            if (YamlReader.Read(file.Text) is not { Map: not null } yaml || yaml.Text("name") is not { } name) continue;
            var needed = (yaml["dependencies"]?.Items ?? []).Where(item => item.Text("name") is not null).Select(item => new Dependency(item.Text("name")!, item.Text("version") ?? "", "runtime", file.At(item.Line)));
            yield return set.Package(file, name, yaml["name"]!.Line, needed) with { Version = yaml.Text("version"), Description = yaml.Text("description") };
        }
    }
}
