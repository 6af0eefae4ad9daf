using Rialto.Kernel;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rialto.Analysis;

/// <summary>pom.xml, with properties and managed versions inherited from the parents that are in the repository.</summary>
internal static class MavenPackages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        var poms = set.Files.Select(file => (file, xml: XmlReading.Read(file.Text))).Where(pair => pair.xml is { Name.LocalName: "project" }).ToList();
        var byArtifact = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var (_, xml) in poms)
            if (xml.ChildText("artifactId") is { } artifact) byArtifact.TryAdd(artifact, xml!);
        foreach (var (file, xml) in poms)
        {
            if (xml.ChildText("artifactId") is not { } artifact) continue;
            var lineage = Lineage(xml!, byArtifact);
            var properties = Properties(lineage);
            var group = Resolve(xml.ChildText("groupId") ?? xml.Child("parent").ChildText("groupId"), properties);
            var managed = Managed(lineage, properties);
            yield return set.Package(file, group is null ? artifact : $"{group}:{artifact}", xml.Child("artifactId")!.Line(), Dependencies(file, xml!, properties, managed)) with
            {
                Version = Resolve(xml.ChildText("version") ?? xml.Child("parent").ChildText("version"), properties) is { } version && !version.Contains("${", StringComparison.Ordinal) ? version : null,
                Description = xml.ChildText("description") is { } description ? Spaces.Replace(description, " ") : null,
                Homepage = Resolve(xml.ChildText("url"), properties),
                Licence = lineage.Select(pom => pom.Child("licenses").Child("license").ChildText("name")).FirstOrDefault(name => name is not null),
            };
        }
    }

    private static List<XElement> Lineage(XElement pom, Dictionary<string, XElement> byArtifact)
    {
        var lineage = new List<XElement> { pom };
        while (lineage.Count < 8 && lineage[^1].Child("parent").ChildText("artifactId") is { } parent && byArtifact.TryGetValue(parent, out var found) && !lineage.Contains(found)) lineage.Add(found);
        return lineage;
    }

    private static Dictionary<string, string> Properties(List<XElement> lineage)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pom in lineage)
        {
            foreach (var property in pom.Child("properties")?.Elements() ?? []) properties.TryAdd(property.Name.LocalName, property.Value.Trim());
            var version = pom.ChildText("version") ?? pom.Child("parent").ChildText("version");
            if (version is not null) { properties.TryAdd("project.version", version); properties.TryAdd("version", version); }
            if ((pom.ChildText("groupId") ?? pom.Child("parent").ChildText("groupId")) is { } group) properties.TryAdd("project.groupId", group);
        }
        return properties;
    }

    private static Dictionary<string, string> Managed(List<XElement> lineage, Dictionary<string, string> properties)
    {
        var managed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var found in lineage.SelectMany(pom => pom.Child("dependencyManagement").Child("dependencies").Children("dependency")))
            if (Resolve(found.ChildText("version"), properties) is { } version) managed.TryAdd($"{Resolve(found.ChildText("groupId"), properties)}:{found.ChildText("artifactId")}", version);
        return managed;
    }

    private static IEnumerable<Dependency> Dependencies(TextFile file, XElement xml, Dictionary<string, string> properties, Dictionary<string, string> managed)
    {
        foreach (var found in xml.Child("dependencies").Children("dependency"))
        {
            var name = $"{Resolve(found.ChildText("groupId"), properties)}:{Resolve(found.ChildText("artifactId"), properties)}";
            var scope = found.ChildText("optional") == "true" ? "optional" : found.ChildText("scope") switch { "test" => "development", "provided" => "build", _ => "runtime" };
            yield return new Dependency(name, Resolve(found.ChildText("version"), properties) ?? managed.GetValueOrDefault(name, ""), scope, file.At(found.Line()));
        }
    }

    private static string? Resolve(string? text, Dictionary<string, string> properties)
    {
        for (var round = 0; round < 4 && text is { Length: < 1000 } && text.Contains("${", StringComparison.Ordinal); round++)
            text = Reference.Replace(text, match => properties.GetValueOrDefault(match.Groups[1].Value, match.Value));
        return text;
    }

    private static readonly LinearPattern Reference = new(@"\$\{([^{}]+)\}");
    private static readonly LinearPattern Spaces = new(@"\s+");
}
