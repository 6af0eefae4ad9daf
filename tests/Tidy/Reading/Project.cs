using System.Xml.Linq;

namespace Rialto.Tidy;

/// <summary>A project file.</summary>
internal sealed record Project(string Path, XDocument Document)
{
    /// <summary>File name without ending: <c>Sites</c>, <c>Sites.Tests</c>.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    /// <summary>True for projects of the product, false for tests and benchmarks.</summary>
    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>Names of the projects it refers to, in order.</summary>
    public IReadOnlyList<string> Uses => [.. Includes("ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>Packages it refers to, in order.</summary>
    public IReadOnlyList<string> Packages => [.. Includes("PackageReference").Order(StringComparer.Ordinal)];

    public IEnumerable<string> Includes(string item) =>
        Document.Descendants().Where(element => element.Name.LocalName == item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
