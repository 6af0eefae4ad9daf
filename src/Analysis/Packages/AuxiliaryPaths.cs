namespace Rialto.Analysis;

/// <summary>Paths beside the product: examples, tests, tools, documentation, vendored code.</summary>
internal static class AuxiliaryPaths
{
    private static readonly HashSet<string> Folders = new(StringComparer.OrdinalIgnoreCase)
    {
        "example", "examples", "sample", "samples", "demo", "demos", "test", "tests", "__tests__", "testing", "testdata", "test-data", "spec", "specs",
        "fixture", "fixtures", "__fixtures__", "e2e", "integration", "bench", "benches", "benchmark", "benchmarks", "playground", "playgrounds", "sandbox",
        "template", "templates", "docs", "doc", "documentation", "website", "site", "www", "tools", "tool", "scripts", "script", "build", "ci", ".github",
        "vendor", "vendored", "third_party", "thirdparty", "third-party", "external", "deps", "node_modules", "contrib", "fuzz", "xtask", "internal", "tutorial", "tutorials", "starter", "starters", ".devcontainer", "dev", "dist", "debian", "pkg-config", "cookbook",
    };

    /// <summary>True when a folder of the path, or a folder name's ending (<c>-example</c>, <c>.Tests</c>), says so.</summary>
    public static bool Contains(string path)
    {
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length - 1; i++)
            if (segments[i].StartsWith('.') || Folders.Contains(segments[i]) || IsTestName(segments[i])) return true;
        return IsTestName(Path.GetFileNameWithoutExtension(segments[^1]));
    }

    private static bool IsTestName(string name)
    {
        var cut = name.LastIndexOfAny(['.', '-', '_']);
        return name.StartsWith("create-", StringComparison.Ordinal) is false && name.StartsWith("template-", StringComparison.Ordinal)
            || (cut > 0 && name[(cut + 1)..].ToLowerInvariant() is "test" or "tests" or "unittests" or "benchmarks" or "benchmark" or "bench" or "example" or "examples" or "sample" or "samples" or "demo" or "playground" or "fuzz" or "specs");
    }
}
