using System.Text.RegularExpressions;
using Rialto.Kernel;

namespace Rialto.Repositories.Git;

/// <summary>Whether this machine's Git knows the settings that fetching relies on; an older one would pass over them in silence.</summary>
internal static class GitVersion
{
    private static readonly Version Least = new(2, 37);
    private static Version? found;

    /// <summary>Asked once in the life of the process.</summary>
    /// <exception cref="Refusal"><c>repository.git_too_old</c></exception>
    public static async Task RefuseOldAsync(CancellationToken cancel)
    {
        found ??= Parse((await ChildProcess.RunAsync(GitCommand.Bare(["version"]), cancel: cancel)).OutputText);
        if (found < Least) throw new Refusal("repository.git_too_old", $"Fetching needs git {Least} or newer, which can bind a connection to a checked address; this is {found}. Update it, or clone by hand and give the folder.", 503);
    }

    /// <summary>From <c>git version 2.39.5 (words)</c>; 0.0 when it is something else.</summary>
    public static Version Parse(string text) => Numbers.Match(text) is { Success: true } match && Version.TryParse(match.Value, out var version) ? version : new Version(0, 0);

    private static readonly LinearPattern Numbers = new(@"\d{1,4}\.\d{1,4}(\.\d{1,4})?");
}
