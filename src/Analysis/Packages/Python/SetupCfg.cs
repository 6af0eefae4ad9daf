namespace Rialto.Analysis;

/// <summary>setup.cfg, the declarative form of setuptools.</summary>
internal static class SetupCfg
{
    public static PackageFacts? Read(ManifestSet set, TextFile file)
    {
        var values = Ini(file);
        if (!values.TryGetValue("metadata.name", out var name)) return null;
        string? Field(string key) => values.TryGetValue(key, out var found) && found.Lines.FirstOrDefault() is { Text: { Length: > 0 } text } && !text.Contains("attr:", StringComparison.Ordinal) && !text.Contains("file:", StringComparison.Ordinal) ? text : null;
        var dependencies = from pair in values
                           let scope = pair.Key == "options.install_requires" ? "runtime" : pair.Key.StartsWith("options.extras_require.", StringComparison.Ordinal) ? "optional" : null
                           where scope is not null
                           from line in pair.Value.Lines
                           let found = PythonRequirement.Parse(line.Text)
                           where found is not null
                           select new Dependency(found.Value.Name, found.Value.Requirement, scope, file.At(line.Number));
        return set.Package(file, name.Lines[0].Text, name.Lines[0].Number, dependencies) with
        {
            Version = Field("metadata.version"), Description = Field("metadata.description"), Licence = Field("metadata.license"), Homepage = Field("metadata.url"),
        };
    }

    private sealed record Setting(List<(string Text, int Number)> Lines);

    /// <summary>Values by <c>section.key</c>, with their continuation lines.</summary>
    private static Dictionary<string, Setting> Ini(TextFile file)
    {
        var values = new Dictionary<string, Setting>(StringComparer.Ordinal);
        var section = "";
        Setting? current = null;
        for (var i = 0; i < file.Lines.Length; i++)
        {
            var line = file.Lines[i];
            if (line.Length == 0 || line[0] is '#' or ';') continue;
            if (line[0] == '[') { section = line.Trim('[', ']', ' '); current = null; continue; }
            if (char.IsWhiteSpace(line[0])) { if (line.Trim().Length > 0) current?.Lines.Add((line.Trim(), i + 1)); continue; }
            var equals = line.IndexOfAny(['=', ':']);
            if (equals < 0) continue;
            values[$"{section}.{line[..equals].Trim()}"] = current = new Setting([]);
            if (line[(equals + 1)..].Trim() is { Length: > 0 } text) current.Lines.Add((text, i + 1));
        }
        foreach (var empty in values.Where(pair => pair.Value.Lines.Count == 0).Select(pair => pair.Key).ToList()) values.Remove(empty);
        return values;
    }
}
