namespace Rialto.Analysis;

/// <summary>Python distributions: one package per folder, from pyproject.toml, setup.cfg, setup.py, requirements and Pipfile together.</summary>
internal static class PythonPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var folder in set.Files.GroupBy(file => file.Folder))
        {
            var parts = new List<PackageFacts>();
            var loose = new List<Dependency>();
            foreach (var file in folder.OrderBy(Order))
            {
                switch (file.FileName)
                {
                    case "pyproject.toml" when PyProject.Read(set, file) is { } made: parts.Add(made); break;
                    case "setup.cfg" when SetupCfg.Read(set, file) is { } made: parts.Add(made); break;
                    case "setup.py" when SetupPy.Read(set, file) is { } made: parts.Add(made); break;
                    case "Pipfile": loose.AddRange(Pipfile(file)); break;
                    case ['r', ..]: loose.AddRange(Requirements(file)); break;
                }
            }
            if (parts.Count == 0 && loose.Count == 0) continue;
            if (parts.Count == 0)
            {
                var first = folder.OrderBy(Order).First(file => file.FileName is not ("setup.cfg" or "setup.py" or "pyproject.toml"));
                var name = folder.Key.Length > 0 ? Path.GetFileName(folder.Key.TrimEnd('/')) : "";
                yield return set.Package(first, name, 0, loose) with { IsPrivate = true };
                continue;
            }
            var main = parts[0];
            yield return parts.Skip(1).Aggregate(main, Merge) with
            {
                Dependencies = [.. parts.SelectMany(part => part.Dependencies).Concat(loose).DistinctBy(dependency => PythonRequirement.Normalise(dependency.Name))],
            };
        }
    }

    private static PackageFacts Merge(PackageFacts first, PackageFacts second) => first with
    {
        Version = first.Version ?? second.Version, Description = first.Description ?? second.Description, Licence = first.Licence ?? second.Licence,
        Homepage = first.Homepage ?? second.Homepage, Keywords = first.Keywords.Count > 0 ? first.Keywords : second.Keywords,
    };

    private static int Order(TextFile file) => file.FileName switch { "pyproject.toml" => 0, "setup.cfg" => 1, "setup.py" => 2, "requirements.txt" => 3, _ => 4 };

    private static IEnumerable<Dependency> Requirements(TextFile file)
    {
        var isDevelopment = file.FileName.Contains("dev", StringComparison.Ordinal) || file.FileName.Contains("test", StringComparison.Ordinal) || file.FileName.Contains("doc", StringComparison.Ordinal);
        for (var i = 0; i < file.Lines.Length; i++)
            if (PythonRequirement.Parse(file.Lines[i]) is { } found)
                yield return new Dependency(found.Name, found.Requirement, isDevelopment ? "development" : "runtime", file.At(i + 1));
    }

    private static IEnumerable<Dependency> Pipfile(TextFile file)
    {
        var toml = TomlReader.Read(file.Text);
        return (toml?["packages"]?.Entries ?? []).Select(entry => (entry, scope: "runtime"))
            .Concat((toml?["dev-packages"]?.Entries ?? []).Select(entry => (entry, scope: "development")))
            .Select(found => new Dependency(found.entry.Key, found.entry.Value.Scalar ?? found.entry.Value.Text("version") ?? "", found.scope, file.At(found.entry.Value.Line)));
    }
}
