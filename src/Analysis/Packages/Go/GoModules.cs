namespace Rialto.Analysis;

/// <summary>go.mod: direct requirements are runtime, those marked indirect are left out.</summary>
internal static class GoModules
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            string? name = null;
            var line = 0;
            var inRequire = false;
            var dependencies = new List<Dependency>();
            for (var i = 0; i < file.Lines.Length; i++)
            {
                var words = file.Lines[i].Split(' ', '\t').Where(word => word.Length > 0).ToArray();
                if (words.Length == 0) continue;
                if (words[0] == "module" && words.Length > 1) { name = words[1].Trim('"'); line = i + 1; }
                else if (words[0] == "require" && words.Length > 1 && words[1] == "(") inRequire = true;
                else if (words[0] == ")") inRequire = false;
                else if (inRequire && words.Length > 1) Add(words);
                else if (words[0] == "require" && words.Length > 2) Add(words[1..]);

                void Add(string[] requirement)
                {
                    if (!file.Lines[i].Contains("// indirect", StringComparison.Ordinal) && requirement[0] != "//")
                        dependencies.Add(new Dependency(requirement[0], requirement[1], "runtime", file.At(i + 1)));
                }
            }
            if (name is not null) yield return set.Package(file, name, line, dependencies);
        }
    }
}
