using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rialto.Tidy;

/// <summary>Every package is on <c>docs/dependencies.md</c> with its licence and its reason.</summary>
internal static partial class Dependencies
{
    public const string Page = "docs/dependencies.md";

    public static IEnumerable<Finding> Check(House house)
    {
        var known = Listed(house.Text(Page));
        var packages = NuGet(house.Text("Directory.Packages.props")).Select(name => (name, "Directory.Packages.props"));
        if (house.Has("workshop/package.json")) packages = packages.Concat(Npm(house.Text("workshop/package.json")).Select(name => (name, "workshop/package.json")));
        return packages.Where(package => !known.Contains(package.name))
            .Select(package => new Finding(package.Item2, 1, "dependencies", $"{package.name} is used and {Page} does not say why, or under which licence.", "add it to the page"));
    }

    /// <summary>Names in the first column of the page's tables.</summary>
    public static IReadOnlySet<string> Listed(string page) =>
        FirstColumn().Matches(page).SelectMany(row => row.Groups[1].Value.Split(',')).Select(name => name.Trim()).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> NuGet(string props) => XDocument.Parse(props).Descendants("PackageVersion").Select(package => (string)package.Attribute("Include")!);

    private static IEnumerable<string> Npm(string manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        foreach (var section in new[] { "dependencies", "devDependencies", "optionalDependencies" })
            if (document.RootElement.TryGetProperty(section, out var packages))
                foreach (var package in packages.EnumerateObject()) yield return package.Name;
    }

    [GeneratedRegex(@"^\| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex FirstColumn();
}
