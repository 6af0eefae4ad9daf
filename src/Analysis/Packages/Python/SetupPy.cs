using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>setup.py read as text: literal arguments of <c>setup(…)</c> only, since nothing is executed.</summary>
internal static class SetupPy
{
    public static PackageFacts? Read(ManifestSet set, TextFile file)
    {
        if (!file.Text.Contains("setup(", StringComparison.Ordinal)) return null;
        var fields = new Dictionary<string, (string Value, int Line)>(StringComparer.Ordinal);
        foreach (Match match in Argument.Matches(file.Text))
            fields.TryAdd(match.Groups[1].Value, (match.Groups[3].Value, LineOf(file, match.Index)));
        if (!fields.TryGetValue("name", out var name)) return null;
        return set.Package(file, name.Value, name.Line, Dependencies(file)) with
        {
            Version = Field("version"), Description = Field("description"), Licence = Field("license"), Homepage = Field("url"),
            Keywords = [.. (Field("keywords") ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)],
        };

        string? Field(string key) => fields.TryGetValue(key, out var found) ? found.Value : null;
    }

    private static IEnumerable<Dependency> Dependencies(TextFile file)
    {
        foreach (Match list in Lists.Matches(file.Text))
            foreach (Match item in Literal.Matches(list.Groups[2].Value))
                if (PythonRequirement.Parse(item.Groups[2].Value) is { } found)
                    yield return new Dependency(found.Name, found.Requirement, list.Groups[1].Value.Contains("test", StringComparison.Ordinal) ? "development" : "runtime", file.At(LineOf(file, list.Groups[2].Index + item.Index)));
    }

    private static int LineOf(TextFile file, int offset) => 1 + file.Text.AsSpan(0, offset).Count('\n');

    private static readonly LinearPattern Argument = new("""\b(name|version|description|license|url|keywords)\s*=\s*(["'])([^"'\n]+)["']""");

    private static readonly LinearPattern Lists = new(@"\b(install_requires|requirements|requires|tests_require|test_requirements)\s*=\s*\[([^\]]*)\]");

    private static readonly LinearPattern Literal = new("""(["'])([^"'\n]+)["']""");
}
