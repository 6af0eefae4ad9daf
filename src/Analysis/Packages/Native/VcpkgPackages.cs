namespace Rialto.Analysis;

/// <summary>vcpkg.json.</summary>
internal static class VcpkgPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            if (JsonReader.Read(file.Text) is not { Map: not null } json) continue;
            var needed = (json["dependencies"]?.Items ?? []).Select(item => new Dependency(item.Scalar ?? item.Text("name") ?? "", item.Text("version>=") ?? "", item.IsTrue("host") ? "build" : "runtime", file.At(item.Line)));
            yield return set.Package(file, json.Text("name") ?? "", json["name"]?.Line ?? 1, needed) with
            {
                Version = json.Text("version") ?? json.Text("version-semver") ?? json.Text("version-string"), Description = json.Text("description"), Licence = json.Text("license"), IsPrivate = json.Text("name") is null,
            };
        }
    }
}
