namespace Rialto.Analysis;

/// <summary>package.json, with pnpm's catalogues resolved.</summary>
internal static class NpmPackages
{
    private static readonly (string Key, string Scope)[] Groups = [("dependencies", "runtime"), ("peerDependencies", "peer"), ("optionalDependencies", "optional"), ("devDependencies", "development")];

    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        var workspace = set.Named("pnpm-workspace.yaml").Select(file => YamlReader.Read(file.Text)).FirstOrDefault();
        foreach (var file in set.Named("package.json"))
        {
            if (JsonReader.Read(file.Text) is not { Map: not null } json) continue;
            // A package.json that names nothing and needs nothing only sets a module type.
            if (json.Text("name") is null && !Groups.Any(group => json[group.Key] is not null)) continue;
            var name = json.Text("name") ?? (file.Folder.Length > 0 ? Path.GetFileName(file.Folder.TrimEnd('/')) : "");
            yield return set.Package(file, name, json["name"]?.Line ?? 1, Dependencies(file, json, workspace)) with
            {
                Version = json.Text("version") is { } version && version is not ("0.0.0" or "0.0.0-development" or "0.0.0-semantically-released") ? version : null,
                Description = json.Text("description"),
                // Without a name nothing can be published.
                IsPrivate = json.IsTrue("private") || json.Text("name") is null,
                Licence = json.Text("license") ?? json["license"]?.Text("type"),
                Homepage = json.Text("homepage"),
                Keywords = [.. (json["keywords"]?.Items ?? []).Select(item => item.Scalar).OfType<string>()],
                IsAuxiliary = AuxiliaryPaths.Contains(file.Path) || (json.IsTrue("private") && json["workspaces"] is not null) || (workspace is not null && file.Folder.Length == 0 && json.IsTrue("private")),
            };
        }
    }

    private static IEnumerable<Dependency> Dependencies(TextFile file, Node json, Node? workspace) =>
        from @group in Groups
        from entry in json[@group.Key]?.Entries ?? []
        let scope = @group.Scope == "peer" && json.At("peerDependenciesMeta", entry.Key, "optional")?.Scalar == "true" ? "optional" : @group.Scope
        select new Dependency(entry.Key, Requirement(entry.Key, entry.Value.Scalar ?? "", workspace), scope, file.At(entry.Value.Line));

    private static string Requirement(string name, string written, Node? workspace)
    {
        if (!written.StartsWith("catalog:", StringComparison.Ordinal) || workspace is null) return written;
        var catalogue = written["catalog:".Length..];
        var found = catalogue is "" or "default" ? workspace.At("catalog", name) ?? workspace.At("catalogs", "default", name) : workspace.At("catalogs", catalogue, name);
        return found?.Scalar ?? written;
    }
}
