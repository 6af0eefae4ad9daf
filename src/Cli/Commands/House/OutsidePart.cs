using System.Text.RegularExpressions;
using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>A program that may be on this machine.</summary>
internal sealed partial record OutsidePart(string Name, IReadOnlyList<string> Programs, IReadOnlyList<string> VersionArguments)
{
    public bool Required { get; init; }

    public required string Without { get; init; }

    public required string Install { get; init; }

    /// <summary>Finds the first of the programs on <c>PATH</c> and asks its version; a program that does not answer in five seconds is found without one.</summary>
    public async Task<PartReport> LookAsync(CancellationToken cancel)
    {
        var path = Programs.Select(OnPath).FirstOrDefault(found => found is not null);
        if (path is null) return new PartReport(Name, Required, false, null, null, Without, Install);
        string? version = null;
        try
        {
            var result = await ChildProcess.RunAsync(new ChildCommand(path, VersionArguments) { TimeoutSeconds = 5, MaxOutputBytes = 64 * 1024 }, cancel: cancel);
            version = VersionNumber().Match(result.OutputText + result.ErrorText) is { Success: true } match ? match.Value : null;
        }
        catch (Refusal)
        {
            // Present but silent: the path tells enough.
        }
        return new PartReport(Name, Required, true, version, path, Without, Install);
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    [GeneratedRegex(@"\d+(\.\d+)+", RegexOptions.NonBacktracking)]
    private static partial Regex VersionNumber();
}
