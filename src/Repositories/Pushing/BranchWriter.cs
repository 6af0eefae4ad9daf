using System.Globalization;
using System.Text;
using Rialto.Kernel;
using Rialto.Repositories.Git;
using Rialto.Repositories.Refs;
using Rialto.Repositories.Remote;
using Rialto.Repositories.Sources;

namespace Rialto.Repositories.Pushing;

/// <summary>
/// Fetches the branch's newest commit into a bare folder of ours, adds one commit with <c>git fast-import</c>, and pushes it, over the same bound
/// connection as every fetch. There is no work tree, and a push that is not a fast-forward is not forced.
/// </summary>
internal sealed class BranchWriter(SourceLimits? given = null, RemoteAccess? operators = null) : IBranchWriter
{
    private const double PushSeconds = 300;

    // As the host says it before it looks, and when it finds out while it writes.
    private static readonly string[] Moved = ["fetch first", "non-fast-forward", "cannot lock ref", "failed to update ref", "but expected", "incorrect old value", "shallow update not allowed", "reference already exists"];
    private const string Author = "Rialto <rialto@localhost>";

    public async Task<BranchWritten> WriteAsync(BranchContent content, CancellationToken cancel = default)
    {
        if (!RefName.IsSound(content.Branch)) throw new Refusal("source.bad_ref", "That cannot be the name of a branch.", 422);
        var remote = await RemoteAsync(content, cancel);
        var folder = ScratchFolder.Create("rialto-push-");
        try
        {
            Require(await ChildProcess.RunAsync(GitCommand.Bare(["init", "--quiet", "--bare", folder]), cancel: cancel), "here");
            var branch = "refs/heads/" + content.Branch;
            var before = await FetchAsync(remote, folder, branch, content.Branch, cancel);
            await ImportAsync(folder, branch, before, content, cancel);
            var commit = await IdAsync(folder, branch, cancel);
            if (before is not null && await IdAsync(folder, branch + "^{tree}", cancel) == await IdAsync(folder, before + "^{tree}", cancel)) return new BranchWritten(before, false);
            await PushAsync(remote, folder, branch, cancel);
            return new BranchWritten(commit, true);
        }
        finally
        {
            await ScratchFolder.DeleteAsync(folder);
        }
    }

    private async Task<RemoteGit> RemoteAsync(BranchContent content, CancellationToken cancel)
    {
        if (content.AllowsFolder && SourceParser.Parse(content.Source) is LocalSource local) return new RemoteGit(Path.GetFullPath(local.Path), [], "file");
        if (SourceParser.ParseAddress(content.Source) is not RemoteSource source) throw new Refusal("source.malformed", "Name a repository by its https:// or ssh:// address.", 422);
        var limits = given ?? SourceLimitsSettings.FromEnvironment();
        HostName.RefuseLookAlike(source.Host, limits.AllowedHosts);
        await GitVersion.RefuseOldAsync(cancel);
        // The operator's own token is for reading and stays out of this.
        var access = (operators ?? RemoteAccess.FromEnvironment()) with { Token = content.Token, TokenHost = source.Port is null or 443 ? source.Host : $"{source.Host}:{source.Port}" };
        return RemoteGit.For(source, await HostAddresses.ResolveAsync(source.Scheme, source.Host, limits.AllowPrivateHosts, cancel), access);
    }

    private static async Task<string?> FetchAsync(RemoteGit remote, string folder, string branch, string name, CancellationToken cancel)
    {
        var fetched = await ChildProcess.RunAsync(remote.Command("--git-dir", folder, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--depth=1", "--", remote.Url, $"+{branch}:{branch}") with { TimeoutSeconds = PushSeconds }, cancel: cancel);
        if (fetched.Succeeded) return await IdAsync(folder, branch, cancel);
        if (fetched.ErrorText.Contains("couldn't find remote ref", StringComparison.OrdinalIgnoreCase)) return null;
        throw RemoteFailure.From(fetched, HostOf(remote));
    }

    private static async Task ImportAsync(string folder, string branch, string? before, BranchContent content, CancellationToken cancel)
    {
        await using var git = ChildProcess.Start(GitCommand.For(folder, "fast-import", "--quiet", "--force", "--date-format=raw") with { TimeoutSeconds = 0 });
        await using (var input = new BufferedStream(git.Input, 128 * 1024))
        {
            var message = Encoding.UTF8.GetBytes(content.Message);
            await WriteAsync(input, string.Create(CultureInfo.InvariantCulture, $"commit {branch}\ncommitter {Author} {content.At.ToUnixTimeSeconds()} +0000\ndata {message.Length}\n"), cancel);
            await input.WriteAsync(message, cancel);
            await WriteAsync(input, $"\n{(before is null ? "" : $"from {before}\n")}deleteall\n", cancel);
            foreach (var file in content.Files)
            {
                await WriteAsync(input, string.Create(CultureInfo.InvariantCulture, $"M 100644 inline {Quoted(file.Path)}\ndata {file.Bytes}\n"), cancel);
                await using (var stream = await file.OpenAsync(cancel)) await stream.CopyToAsync(input, cancel);
                await WriteAsync(input, "\n", cancel);
            }
        }
        if (await git.WaitAsync(cancel) != 0) throw new IOException("git fast-import failed: " + git.ErrorText);
    }

    private static async Task PushAsync(RemoteGit remote, string folder, string branch, CancellationToken cancel)
    {
        var pushed = await ChildProcess.RunAsync(remote.Command("--git-dir", folder, "push", "--quiet", "--no-verify", "--", remote.Url, $"{branch}:{branch}") with { TimeoutSeconds = PushSeconds }, cancel: cancel);
        if (pushed.Succeeded) return;
        var words = pushed.ErrorText;
        if (Moved.Any(part => words.Contains(part, StringComparison.Ordinal)))
            throw new Refusal("repository.branch_moved", "Somebody else pushed to the branch meanwhile; it is tried again on top of theirs.", 503);
        if (words.Contains("[remote rejected]", StringComparison.Ordinal) || words.Contains("returned error: 403", StringComparison.Ordinal) || words.Contains("protected branch", StringComparison.Ordinal))
            throw new Refusal("repository.push_refused", $"{HostOf(remote)} does not accept the push; the token must be allowed to write, and the branch must not be protected. ({Said(words)})", 422);
        throw RemoteFailure.From(pushed, HostOf(remote));
    }

    // The line that tells of the branch, without anything that would steer a terminal.
    private static string Said(string words)
    {
        var line = words.Split('\n').FirstOrDefault(one => one.Contains("rejected]", StringComparison.Ordinal)) ?? words.Split('\n')[0];
        return string.Concat(line.Trim().Where(symbol => !char.IsControl(symbol)).Take(200));
    }

    private static async Task<string> IdAsync(string folder, string name, CancellationToken cancel)
    {
        var result = await ChildProcess.RunAsync(GitCommand.For(folder, "rev-parse", "--verify", "--end-of-options", name), cancel: cancel);
        Require(result, "here");
        return result.OutputText.Trim();
    }

    private static void Require(ChildResult result, string host)
    {
        if (!result.Succeeded) throw RemoteFailure.From(result, host);
    }

    private static string HostOf(RemoteGit remote) => Uri.TryCreate(remote.Url, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Host : "the repository";

    private static string Quoted(string path)
    {
        if (path.Split('/').Any(part => part is "" or "." or ".." || part.Equals(".git", StringComparison.OrdinalIgnoreCase)) || path.Any(char.IsControl))
            throw new Refusal("repository.path_refused", "A file's path cannot stand in a repository; rename it.", 422);
        return "\"" + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }

    private static async Task WriteAsync(Stream stream, string text, CancellationToken cancel) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
}
