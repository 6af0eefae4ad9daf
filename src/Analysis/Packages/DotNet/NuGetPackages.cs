using System.Xml.Linq;

namespace Rialto.Analysis;

/// <summary>.NET projects with central package versions and the properties of Directory.Build.props.</summary>
internal static class NuGetPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        var central = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        var common = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var file in set.Named("Directory.Packages.props"))
            if (XmlReading.Read(file.Text) is { } xml) central[file.Folder] = Versions(xml);
        foreach (var file in set.Named("Directory.Build.props"))
            if (XmlReading.Read(file.Text) is { } xml) common[file.Folder] = xml;
        foreach (var file in set.Ending(".csproj", ".fsproj", ".vbproj"))
        {
            if (XmlReading.Read(file.Text) is not { } xml) continue;
            yield return Project(set, file, xml, ManifestSet.Nearest(file, common), ManifestSet.Nearest(file, central), set.Named("packages.config").FirstOrDefault(other => other.Folder == file.Folder));
        }
        foreach (var file in set.Ending(".nuspec"))
            if (XmlReading.Read(file.Text).Child("metadata") is { } metadata && metadata.ChildText("id") is { } id && !id.Contains('$'))
                yield return set.Package(file, id, metadata.Child("id")!.Line(), metadata.All("dependency").Select(found => new Dependency((string?)found.Attribute("id") ?? "", (string?)found.Attribute("version") ?? "", "runtime", file.At(found.Line())))) with
                {
                    Version = metadata.ChildText("version") is { } version && !version.Contains('$') ? version : null, Description = metadata.ChildText("description"),
                };
    }

    private static PackageFacts Project(ManifestSet set, TextFile file, XElement xml, XElement? common, Dictionary<string, string>? versions, TextFile? config)
    {
        string? Property(string name) => (Value(xml, name) ?? (common is null ? null : Value(common, name))) is { } value && !value.Contains("$(", StringComparison.Ordinal) ? value : null;
        var name = Value(xml, "PackageId") is { } id && !id.Contains('$') ? id : Value(xml, "AssemblyName") is { } assembly && !assembly.Contains('$') ? assembly : Path.GetFileNameWithoutExtension(file.Path);
        var references = xml.All("PackageReference").Select(found => Reference(file, found, versions)).OfType<Dependency>()
            .Concat(config is null ? [] : Config(config));
        var isTest = references.Any(dependency => dependency.Name is "Microsoft.NET.Test.Sdk" or "xunit.v3" or "BenchmarkDotNet") || Property("IsTestProject") == "true";
        return set.Package(file, name, xml.All("PackageId").FirstOrDefault()?.Line() ?? 1, references) with
        {
            Version = Property("Version") ?? Property("VersionPrefix"), Description = Property("Description") ?? Property("PackageDescription"),
            IsPrivate = Property("IsPackable") == "false" || ((string?)xml.Attribute("Sdk"))?.Contains("Traversal", StringComparison.Ordinal) == true, Licence = Property("PackageLicenseExpression"), Homepage = Property("PackageProjectUrl"),
            Keywords = [.. (Property("PackageTags") ?? "").Split([';', ' ', ','], StringSplitOptions.RemoveEmptyEntries)],
            IsAuxiliary = isTest || AuxiliaryPaths.Contains(file.Path),
        };
    }

    private static string? Value(XElement xml, string name) => xml.All(name).Select(found => found.Value.Trim()).FirstOrDefault(value => value.Length > 0);

    private static Dependency? Reference(TextFile file, XElement found, Dictionary<string, string>? versions)
    {
        if ((string?)(found.Attribute("Include") ?? found.Attribute("Update")) is not { Length: > 0 } name || name.Contains('$')) return null;
        var version = (string?)found.Attribute("Version") ?? found.ChildText("Version") ?? (string?)found.Attribute("VersionOverride") ?? versions?.GetValueOrDefault(name) ?? "";
        var isBuild = ((string?)found.Attribute("PrivateAssets") ?? found.ChildText("PrivateAssets"))?.Contains("all", StringComparison.OrdinalIgnoreCase) == true;
        return new Dependency(name, version, isBuild ? "build" : "runtime", file.At(found.Line()));
    }

    private static IEnumerable<Dependency> Config(TextFile file) =>
        XmlReading.Read(file.Text)?.All("package").Select(found => new Dependency((string?)found.Attribute("id") ?? "", (string?)found.Attribute("version") ?? "", "runtime", file.At(found.Line()))) ?? [];

    private static Dictionary<string, string> Versions(XElement xml)
    {
        var versions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var found in xml.All("PackageVersion"))
            if ((string?)found.Attribute("Include") is { } name) versions[name] = (string?)found.Attribute("Version") ?? "";
        return versions;
    }
}
