namespace Rialto.Analysis;

/// <summary>composer.json; requirements on PHP itself and its extensions are no packages.</summary>
internal static class ComposerPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            if (JsonReader.Read(file.Text) is not { Map: not null } json) continue;
            var dependencies = new[] { ("require", "runtime"), ("require-dev", "development") }.SelectMany(group => (json[group.Item1]?.Entries ?? [])
                .Where(entry => entry.Key.Contains('/')).Select(entry => new Dependency(entry.Key, entry.Value.Scalar ?? "", group.Item2, file.At(entry.Value.Line)))).ToList();
            if (json.Text("name") is null && dependencies.Count == 0) continue;
            yield return set.Package(file, json.Text("name") ?? "", json["name"]?.Line ?? 1, dependencies) with
            {
                Version = json.Text("version"), Description = json.Text("description"), Homepage = json.Text("homepage"),
                Licence = json.Text("license") ?? (json["license"]?.Items is { Count: > 0 } licences ? string.Join(" OR ", licences.Select(item => item.Scalar)) : null),
                Keywords = [.. (json["keywords"]?.Items ?? []).Select(item => item.Scalar).OfType<string>()],
                IsPrivate = json.Text("name") is null,
            };
        }
    }
}
