namespace Rialto.Analysis;

/// <summary>Project.toml of Julia; versions stand in its <c>[compat]</c>.</summary>
internal static class JuliaPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            if (TomlReader.Read(file.Text) is not { } toml || (toml.Text("name") is null && toml["deps"] is null)) continue;
            var needed = (toml["deps"]?.Entries ?? []).Select(entry => new Dependency(entry.Key, toml["compat"]?.Text(entry.Key) ?? "", "runtime", file.At(entry.Value.Line)));
            yield return set.Package(file, toml.Text("name") ?? "", toml["name"]?.Line ?? 0, needed) with { Version = toml.Text("version"), IsPrivate = toml.Text("name") is null };
        }
    }
}
