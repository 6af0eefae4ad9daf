namespace Rialto.Analysis;

/// <summary>pyproject.toml: PEP 621's <c>[project]</c>, dependency groups, and Poetry's own tables.</summary>
internal static class PyProject
{
    public static PackageFacts? Read(ManifestSet set, TextFile file)
    {
        if (TomlReader.Read(file.Text) is not { } toml) return null;
        var project = toml["project"] ?? toml.At("tool", "poetry");
        if (project?.Text("name") is not { } name) return null;
        var urls = project["urls"];
        return set.Package(file, name, project["name"]!.Line, Dependencies(file, toml)) with
        {
            Version = project.Text("version"), Description = project.Text("description"),
            Licence = project.Text("license") ?? project["license"]?.Text("text"),
            Homepage = project.Text("homepage") ?? urls?.Entries.FirstOrDefault(entry => entry.Key.Equals("homepage", StringComparison.OrdinalIgnoreCase)).Value?.Scalar,
            Keywords = [.. (project["keywords"]?.Items ?? []).Select(item => item.Scalar).OfType<string>()],
            IsPrivate = (project["classifiers"]?.Items ?? []).Any(item => item.Scalar?.StartsWith("Private ::", StringComparison.Ordinal) == true),
        };
    }

    private static IEnumerable<Dependency> Dependencies(TextFile file, Node toml)
    {
        var lists = new[] { (toml.At("project", "dependencies"), "runtime") }
            .Concat((toml.At("project", "optional-dependencies")?.Entries ?? []).Select(entry => ((Node?)entry.Value, "optional")))
            .Concat((toml["dependency-groups"]?.Entries ?? []).Select(entry => ((Node?)entry.Value, "development")));
        foreach (var (list, scope) in lists)
            foreach (var item in list?.Items ?? [])
                if (item.Scalar is { } text && PythonRequirement.Parse(text) is { } found) yield return new Dependency(found.Name, found.Requirement, scope, file.At(item.Line));
        var poetry = toml.At("tool", "poetry");
        var tables = new[] { (poetry?["dependencies"], "runtime"), (poetry?["dev-dependencies"], "development") }
            .Concat((poetry?["group"]?.Entries ?? []).Select(entry => (entry.Value["dependencies"], "development")));
        foreach (var (table, scope) in tables)
            foreach (var (name, value) in table?.Entries ?? [])
                if (name != "python") yield return new Dependency(name, value.Scalar ?? value.Text("version") ?? "", value.IsTrue("optional") ? "optional" : scope, file.At(value.Line));
    }
}
