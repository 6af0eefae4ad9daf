using Rialto.Kernel;
using Rialto.Repositories.Refs;

namespace Rialto.Repositories.Remote;

/// <summary>What a remote offers, from one <c>git ls-remote --symref</c>.</summary>
internal static class RemoteRefs
{
    public static async Task<RefTable> ReadAsync(RemoteGit remote, int timeoutSeconds, CancellationToken cancel)
    {
        var command = remote.Command(Math.Min(timeoutSeconds, 60), "ls-remote", "--symref", "--", remote.Url, "HEAD", "refs/heads/*", "refs/tags/*") with { MaxOutputBytes = 128L * 1024 * 1024 };
        var answer = (await ChildProcess.RunAsync(command, cancel: cancel)).OrRefuse("repository.unreachable", "The repository cannot be read: it does not exist, is private, has moved, or the network does not reach it; check the address, and set RIALTO_GIT_TOKEN for a private one.", 503);
        return Parse(answer.OutputText);
    }

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
