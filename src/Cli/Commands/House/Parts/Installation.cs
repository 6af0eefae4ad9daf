namespace Rialto.Cli;

/// <summary>Where this Rialto lies.</summary>
internal static class Installation
{
    /// <summary>A folder of the installation, beside the program or above it, or null.</summary>
    public static string? Folder(string name)
    {
        if (Environment.GetEnvironmentVariable("RIALTO_HOME") is { Length: > 0 } home && Directory.Exists(Path.Combine(home, name))) return Path.Combine(home, name);
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
            if (Directory.Exists(Path.Combine(here.FullName, name)) && File.Exists(Path.Combine(here.FullName, name, "package.json"))) return Path.Combine(here.FullName, name);
        return null;
    }
}
