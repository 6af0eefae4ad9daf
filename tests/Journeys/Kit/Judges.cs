using System.Text.Json;

namespace Rialto.Journeys;

/// <summary>The outside judges in <c>judges/</c>: npm packages, run by the Node that is installed beside them.</summary>
internal static class Judges
{
    private static readonly string? Folder = Find();

    /// <summary>Runs <c>judges/SCRIPT</c> and returns the lines it printed, each a JSON document. The test is skipped where the packages are not installed.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AskAsync(string script, params string[] arguments)
    {
        if (Folder is null) Assert.Skip("The packages of tests/Journeys/judges are not installed: npm --prefix tests/Journeys/judges ci --ignore-scripts");
        var printed = await Programs.RunAsync(Node(Folder), [Path.Combine(Folder, script), .. arguments]);
        return [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    // Both judges want a Node newer than the one Rialto itself needs.
    private static string Node(string folder) =>
        Directory.EnumerateDirectories(Path.Combine(folder, "node_modules"), "node-*").Select(package => Path.Combine(package, "bin", "node")).FirstOrDefault(File.Exists) ?? "node";

    private static string? Find()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
            if (Directory.Exists(Path.Combine(here.FullName, "judges", "node_modules"))) return Path.Combine(here.FullName, "judges");
        return null;
    }
}
