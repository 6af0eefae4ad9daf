using System.Text.Json;

namespace Rialto.Cli;

/// <summary>The npm packages that the workshop stands on, as its lock file asks for them.</summary>
internal static class WorkshopPackages
{
    public static async Task<Finding?> LookAsync(CancellationToken cancel)
    {
        if (Installation.Folder("workshop") is not { } folder) return null;
        var packages = Path.Combine(folder, "node_modules");
        if (!Directory.Exists(packages)) return new Finding(packages, null, "not installed");
        await using var manifest = File.OpenRead(Path.Combine(folder, "package.json"));
        using var document = await JsonDocument.ParseAsync(manifest, cancellationToken: cancel);
        if (!document.RootElement.TryGetProperty("dependencies", out var dependencies)) return new Finding(packages, null);
        var names = dependencies.EnumerateObject().Select(dependency => dependency.Name).ToArray();
        var missing = Array.FindAll(names, name => !File.Exists(Path.Combine(packages, name, "package.json")));
        return new Finding(packages, $"{names.Length} packages", missing.Length > 0 ? $"{missing.Length} of {names.Length} are missing, such as {missing[0]}" : null);
    }
}
