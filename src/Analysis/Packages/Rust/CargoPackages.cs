namespace Rialto.Analysis;

/// <summary>Cargo.toml, with what members inherit from their workspace.</summary>
internal static class CargoPackages
{
    private static readonly (string Key, string Scope)[] Groups = [("dependencies", "runtime"), ("dev-dependencies", "development"), ("build-dependencies", "build")];

    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        var documents = set.Files.Select(file => (file, toml: TomlReader.Read(file.Text))).Where(pair => pair.toml is not null).ToList();
        var workspaces = documents.Where(pair => pair.toml!["workspace"] is not null).ToDictionary(pair => pair.file.Folder, pair => pair.toml!["workspace"]!, StringComparer.Ordinal);
        foreach (var (file, toml) in documents)
        {
            if (toml!["package"] is not { Map: not null } package || package.Text("name") is not { } name) continue;
            var workspace = ManifestSet.Nearest(file, workspaces);
            string? Field(string key) => package.Text(key) ?? (package[key]?.IsTrue("workspace") == true ? workspace?["package"]?.Text(key) : null);
            yield return set.Package(file, name, package["name"]!.Line, Dependencies(file, toml, workspace)) with
            {
                Version = Field("version") is { } version && version != "0.0.0" ? version : null,
                Description = Field("description")?.Trim().ReplaceLineEndings(" "), Licence = Field("license"),
                Homepage = Field("homepage") ?? Field("repository"), IsPrivate = package.Text("publish") == "false" || package["publish"]?.Items is { Count: 0 } && package["publish"]!.List is not null,
                Keywords = [.. (package["keywords"]?.Items ?? []).Concat(package["categories"]?.Items ?? []).Select(item => item.Scalar).OfType<string>()],
            };
        }
    }

    private static IEnumerable<Dependency> Dependencies(TextFile file, Node toml, Node? workspace)
    {
        var tables = (toml["target"]?.Entries ?? []).Select(entry => entry.Value).Prepend(toml);
        return from table in tables
               from @group in Groups
               from entry in table[@group.Key]?.Entries ?? []
               let shared = entry.Value.IsTrue("workspace") ? workspace?["dependencies"]?[entry.Key] : null
               let scope = entry.Value.IsTrue("optional") ? "optional" : @group.Scope
               select new Dependency(entry.Value.Text("package") ?? entry.Key, entry.Value.Scalar ?? entry.Value.Text("version") ?? shared?.Scalar ?? shared?.Text("version") ?? "", scope, file.At(entry.Value.Line));
    }
}
