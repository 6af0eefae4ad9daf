using Rialto.Kernel;
using Rialto.Repositories.Git;
using Rialto.Repositories.Mirrors;
using Rialto.Repositories.Refs;
using Rialto.Repositories.Remote;
using Rialto.Repositories.Sources;

namespace Rialto.Repositories.Connected;

/// <summary>Remote repositories as strangers may name them: only https, only public hosts, with no credential but the organisation's own.</summary>
internal sealed class RemoteLook(RepositoriesOptions options)
{
    private const int LookTimeoutSeconds = 20;
    private const long TrimEveryMilliseconds = 10 * 60 * 1000;
    private long trimmedAt = Environment.TickCount64;
    private readonly MirrorFolder? mirrors = options.Folder is { } folder ? new MirrorFolder(Path.Combine(folder, "mirrors"), options.MostMirrorBytes) : null;

    /// <summary>Bounds of readings.</summary>
    public SourceLimits Limits => options.Limits();

    /// <summary>What a caller typed, as an address.</summary>
    /// <exception cref="Refusal">Codes beginning <c>source.</c>.</exception>
    public static RemoteSource Parse(string text)
    {
        text = text.Trim();
        // A name with a slash could also be a folder of this machine; callers never name those.
        if (SourceParser.IsShortName(text)) text = "https://github.com/" + text;
        if (!text.Contains("://", StringComparison.Ordinal) && !text.StartsWith("git@", StringComparison.Ordinal))
            throw new Refusal("source.malformed", "Name the repository by its https:// address, or as owner/name on GitHub.", 422);
        return SourceParser.ParseAddress(text) is RemoteSource { Scheme: "https" } remote
            ? remote
            : throw new Refusal("source.scheme", "Use the https:// address; with ssh the server's own keys would speak for you.", 422);
    }

    /// <summary>The address as it is kept: without <c>.git</c> and without a reference, so that one repository has one name.</summary>
    public static string SourceOf(RemoteSource remote) => remote.WebUrl.AbsoluteUri;

    /// <summary>What GitHub, GitLab and Forgejo are known by; anything else speaks no dialect of its own.</summary>
    public static string ProviderOf(string host) =>
        host == "github.com" || host.EndsWith(".ghe.com", StringComparison.Ordinal) ? "github"
        : host.Split('.') is var labels && labels.Contains("gitlab") ? "gitlab"
        : labels.Contains("codeberg") || labels.Contains("gitea") || labels.Contains("forgejo") ? "gitea" : "git";

    /// <summary>Asks the host for its references, within <see cref="LookTimeoutSeconds"/>.</summary>
    /// <exception cref="Refusal">Codes beginning <c>source.</c> and <c>repository.</c>.</exception>
    public async Task<RefTable> RefsAsync(RemoteSource remote, string? token, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(LookTimeoutSeconds));
        try
        {
            HostName.RefuseLookAlike(remote.Host, Limits.AllowedHosts);
            await GitVersion.RefuseOldAsync(deadline.Token);
            var addresses = await HostAddresses.ResolveAsync(remote.Scheme, remote.Host, Limits.AllowPrivateHosts, deadline.Token);
            return (await RemoteRefs.ReadAsync(RemoteGit.For(remote, addresses, Access(remote, token)), remote.Host, deadline.Token)).Refs;
        }
        catch (Refusal refused) when (refused.Code == "repository.needs_token")
        {
            // The words for the command line name its variables; an organisation gives its token with the request.
            throw new Refusal(refused.Code, $"{remote.Host} does not show this repository to strangers, or has none of that name; check the address, and for a private one give a token that may read it.", 403);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new Refusal("repository.fetch_timeout", $"{remote.Host} took longer than {LookTimeoutSeconds} seconds to answer; try again.", 503);
        }
    }

    /// <summary>Opens one commit; what is fetched for it is kept for the next.</summary>
    public async Task<ISourceTree> OpenAsync(RemoteSource remote, string? token, Guid? repository, IProgress<string>? progress, CancellationToken cancel)
    {
        var tree = await RemoteReading.OpenAsync(remote, Limits, Access(remote, token), progress, cancel, repository is { } id ? mirrors?.RootOf(id) : null);
        // Now and then, beside the reading: adding sizes up takes a moment.
        var now = Environment.TickCount64;
        if (mirrors is not null && now - Interlocked.Read(ref trimmedAt) > TrimEveryMilliseconds && Interlocked.Exchange(ref trimmedAt, now) < now) _ = Task.Run(() => mirrors.Trim(), CancellationToken.None);
        return tree;
    }

    private RemoteAccess Access(RemoteSource remote, string? token) => new()
    {
        Token = token, TokenHost = remote.Port is { } port and not 443 ? $"{remote.Host}:{port}" : remote.Host, CaFile = options.CaFile,
    };
}
