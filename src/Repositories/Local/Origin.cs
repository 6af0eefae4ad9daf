using System.Text;
using Rialto.Kernel;
using Rialto.Repositories.Git;
using Rialto.Repositories.Sources;

namespace Rialto.Repositories.Local;

/// <summary>Where a local repository was cloned from.</summary>
internal static class Origin
{
    private const long MaxConfigBytes = 1024 * 1024;

    /// <summary>The address of the remote <c>origin</c> when it is one on the web, without any credential; otherwise null.</summary>
    public static async Task<RemoteSource?> ReadAsync(GitFolder folder, CancellationToken cancel)
    {
        var config = Path.Combine(folder.CommonDirectory, "config");
        // The text is handed over on standard input as a file of settings to print: nothing in it is obeyed, includes are off.
        if (!File.Exists(config) || new FileInfo(config).Length is 0 or > MaxConfigBytes) return null;
        var command = GitCommand.Bare(["config", "--file", "-", "--no-includes", "--get", "remote.origin.url"]) with { TimeoutSeconds = 10 };
        var answer = await ChildProcess.RunAsync(command, await File.ReadAllBytesAsync(config, cancel), cancel);
        return answer.Succeeded ? Parse(Encoding.UTF8.GetString(answer.Output.Span).Trim()) : null;
    }

    /// <summary>Reads the address leniently: a user part is dropped, plain http counts as the same place.</summary>
    public static RemoteSource? Parse(string url)
    {
        var split = url.IndexOf("://", StringComparison.Ordinal);
        if (split > 0)
        {
            var authorityEnd = url.IndexOf('/', split + 3);
            var at = authorityEnd < 0 ? -1 : url.LastIndexOf('@', authorityEnd);
            var scheme = url[..split] is "http" or "git" ? "https" : url[..split];
            url = scheme + "://" + url[((at > split ? at : split + 2) + 1)..];
        }
        else if (!url.Contains(':'))
        {
            return null;
        }
        try
        {
            return Directory.Exists(url) ? null : SourceParser.Parse(url) as RemoteSource;
        }
        catch (Refusal)
        {
            return null;
        }
    }
}
