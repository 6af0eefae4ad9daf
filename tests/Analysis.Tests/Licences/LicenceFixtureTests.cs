using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

/// <summary>Measures against licensee's fixtures: folders and the key its authors expect for each.</summary>
[Trait("category", "reference")]
public sealed class LicenceFixtureTests(ITestOutputHelper output)
{
    /// <summary>The only keys the fixtures' authors tell apart; every other licence, and several together, are «other» to them.</summary>
    private static readonly HashSet<string> Keys =
    [
        "0bsd", "afl-3.0", "agpl-3.0", "apache-2.0", "artistic-2.0", "bsd-2-clause", "bsd-2-clause-patent", "bsd-3-clause", "bsd-3-clause-clear", "bsd-4-clause", "bsl-1.0",
        "cc-by-4.0", "cc-by-sa-4.0", "cc0-1.0", "cecill-2.1", "cern-ohl-p-2.0", "cern-ohl-s-2.0", "cern-ohl-w-2.0", "ecl-2.0", "epl-1.0", "epl-2.0", "eupl-1.1", "eupl-1.2",
        "gfdl-1.3", "gpl-2.0", "gpl-3.0", "isc", "lgpl-2.1", "lgpl-3.0", "lppl-1.3c", "mit-0", "mit", "mpl-2.0", "ms-pl", "ms-rl", "mulanpsl-2.0", "ncsa", "odbl-1.0", "ofl-1.1",
        "osl-3.0", "postgresql", "unlicense", "upl-1.0", "vim", "wtfpl", "zlib",
    ];

    [Fact]
    public async Task Licences_agree_with_at_least_97_percent_of_the_fixtures()
    {
        var root = ReferenceData.PathOf("licence-fixtures/spec/fixtures");
        var expected = Expectations(Path.Combine(root, "fixtures.yml"));
        var wrong = new List<string>();
        foreach (var (folder, key) in expected)
        {
            var facts = await LicenceDetection.DetectAsync(Tree(Path.Combine(root, folder)), [], TestContext.Current.CancellationToken);
            var found = facts is null ? "" : Key(facts.Expression);
            if (found != key) wrong.Add($"{folder}: {facts?.Expression ?? "none"} where {(key.Length > 0 ? key : "none")} is expected");
        }
        output.WriteLine($"{expected.Count - wrong.Count} of {expected.Count} fixtures, {1 - wrong.Count / (double)expected.Count:P1}");
        foreach (var line in wrong) output.WriteLine(line);
        (1 - wrong.Count / (double)expected.Count).ShouldBeGreaterThanOrEqualTo(0.97);
    }

    private static string Key(string expression)
    {
        if (expression == "LicenseRef-All-Rights-Reserved") return "no-license";
        var key = expression.ToLowerInvariant().Replace("-only", "").Replace("-or-later", "");
        return Keys.Contains(key) ? key : "other";
    }

    private static MemoryTree Tree(string folder)
    {
        var tree = new MemoryTree();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            tree.Add(Path.GetRelativePath(folder, file), File.ReadAllBytes(file));
        return tree;
    }

    private static List<(string Folder, string Key)> Expectations(string path)
    {
        var list = new List<(string, string)>();
        var folder = "";
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length > 0 && line[0] is not (' ' or '#' or '-')) folder = line.TrimEnd(':');
            else if (line.StartsWith("  key:", StringComparison.Ordinal) && Directory.Exists(Path.Combine(Path.GetDirectoryName(path)!, folder))) list.Add((folder, line[6..].Trim()));
        }
        return list;
    }
}
