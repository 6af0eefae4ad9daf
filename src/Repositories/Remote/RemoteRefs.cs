using Rialto.Kernel;
using Rialto.Repositories.Refs;

namespace Rialto.Repositories.Remote;

/// <summary>What a remote offers, from one <c>git ls-remote --symref</c>.</summary>
internal static class RemoteRefs
{
    private const long MaxBytes = 128L * 1024 * 1024;

    /// <summary>The references, and the remote as it answered.</summary>
    /// <exception cref="Refusal">Codes of <see cref="RemoteFailure"/>.</exception>
    public static async Task<(RefTable Refs, RemoteGit Remote)> ReadAsync(RemoteGit remote, string host, CancellationToken cancel)
    {
        var answer = await AskAsync(remote, cancel);
        // Some hosts redirect to the same address with .git; asking for that by ourselves is no redirect.
        if (RemoteFailure.IsRedirect(answer) && !remote.Url.EndsWith(".git", StringComparison.Ordinal))
        {
            var longer = remote with { Url = remote.Url + ".git" };
            var second = await AskAsync(longer, cancel);
            if (second.Succeeded) return (Parse(second.OutputText), longer);
        }
        return answer.Succeeded ? (Parse(answer.OutputText), remote) : throw RemoteFailure.From(answer, host);
    }

    private static Task<ChildResult> AskAsync(RemoteGit remote, CancellationToken cancel) =>
        ChildProcess.RunAsync(remote.Command("ls-remote", "--symref", "--", remote.Url, "HEAD", "refs/heads/*", "refs/tags/*") with { MaxOutputBytes = MaxBytes }, cancel: cancel);

    /// <summary>Tags are taken peeled: the line ending in <c>^{}</c> names the commit.</summary>
    public static RefTable Parse(string listing)
    {
        string? head = null, branch = null;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in listing.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t');
            if (tab < 0) continue;
            var (value, name) = (line[..tab], line[(tab + 1)..].TrimEnd('\r'));
            if (value.StartsWith("ref: refs/heads/", StringComparison.Ordinal) && name == "HEAD") branch = value[16..];
            else if (!RefName.IsFullId(value)) continue;
            else if (name == "HEAD") head = value;
            else if (name.EndsWith("^{}", StringComparison.Ordinal) && RefName.IsSound(name[..^3])) names[name[..^3]] = value;
            else if (RefName.IsSound(name)) names[name] = value;
        }
        return new RefTable(head, branch is not null && RefName.IsSound(branch) ? branch : null, names);
    }
}
