namespace Rialto.Kernel;

/// <summary>Finds the workshop's folder and Node, without starting anything.</summary>
internal static class WorkshopFolder
{
    /// <summary>The folder that holds <c>main.mjs</c>, or null.</summary>
    public static string? Find(WorkshopOptions options)
    {
        if ((options.Folder ?? Environment.GetEnvironmentVariable("RIALTO_WORKSHOP")) is { Length: > 0 } named)
            return IsWorkshop(named) ? Path.GetFullPath(named) : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "workshop");
            if (IsWorkshop(candidate)) return candidate;
        }
        return null;
    }

    /// <summary>Full path of the Node program, or null.</summary>
    public static string? FindNode(WorkshopOptions options)
    {
        if ((options.Node ?? Environment.GetEnvironmentVariable("RIALTO_NODE")) is { Length: > 0 } named)
            return File.Exists(named) ? Path.GetFullPath(named) : null;
        var program = OperatingSystem.IsWindows() ? "node.exe" : "node";
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }

    public static string? Obstacle(WorkshopOptions options)
    {
        if (Find(options) is not { } folder) return "The workshop folder was not found; set RIALTO_WORKSHOP to the folder \"workshop\" of the installation.";
        if (!HasPackages(folder)) return $"The workshop's packages are not installed; run \"npm ci --omit=dev\" in {folder}.";
        return FindNode(options) is null ? "Node was not found; install Node 20.12 or later, or set RIALTO_NODE to its program." : null;
    }

    private static bool IsWorkshop(string folder) => File.Exists(Path.Combine(folder, "main.mjs"));

    /// <summary>npm writes this file last: its presence means that an installation came to its end.</summary>
    private static bool HasPackages(string folder) => File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"));
}
