using System.Text.RegularExpressions;
using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>Programs on this machine.</summary>
internal static partial class Programs
{
    /// <summary>
    /// The first of <paramref name="names"/> on <c>PATH</c> and the version it tells when asked with <paramref name="versionArgument"/>.
    /// One that does not answer within ten seconds is there without a version.
    /// </summary>
    public static async Task<Finding?> FindAsync(IReadOnlyList<string> names, string versionArgument, Version? least, CancellationToken cancel)
    {
        if (names.Select(OnPath).FirstOrDefault(found => found is not null) is not { } path) return null;
        var version = await VersionAsync(path, versionArgument, cancel);
        var old = least is not null && Version.TryParse(version, out var number) && number < least;
        return new Finding(path, version, old ? $"{version} is too old, {least} or newer is needed" : null);
    }

    /// <summary>The full path of a program on <c>PATH</c>, or null.</summary>
    public static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
            .FirstOrDefault(File.Exists);

    public static async Task<string?> VersionAsync(string path, string argument, CancellationToken cancel)
    {
        try
        {
            var result = await ChildProcess.RunAsync(new ChildCommand(path, argument) { TimeoutSeconds = 10, MaxOutputBytes = 64 * 1024 }, cancel: cancel);
            return VersionNumber().Match(result.OutputText + result.ErrorText) is { Success: true } match ? match.Value : null;
        }
        catch (Refusal)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\d+(\.\d+){1,3}", RegexOptions.NonBacktracking)]
    private static partial Regex VersionNumber();
}
