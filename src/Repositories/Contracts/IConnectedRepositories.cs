using Rialto.Kernel;

namespace Rialto.Repositories;

/// <summary>The repositories an organisation connected, for the parts that make something of them.</summary>
public interface IConnectedRepositories
{
    /// <summary>
    /// Opens one commit of <paramref name="source"/>: with the organisation's own right to read it where it is connected, as anybody
    /// otherwise. The operator's own credentials are never used for a connected repository.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="source">As sites name it.</param>
    /// <param name="reference">Branch, tag or commit; null for the default branch.</param>
    /// <param name="progress">Told in words what is being done.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="Refusal">As <see cref="ISourceReader.OpenAsync"/>; <c>repositories.suspended</c> while its app is.</exception>
    Task<ISourceTree> OpenAsync(TenantId tenant, string source, string? reference = null, IProgress<string>? progress = null, CancellationToken cancel = default);

    /// <summary>Has the forge say what became of a commit, soon after the session commits. Does nothing where the repository came with no app, or the app may not.</summary>
    Task ReportAsync(TenantSession session, CommitReport report, CancellationToken cancel = default);

    /// <summary>Keeps what was found out about a commit, so that it can be shown; nothing where the source is not connected.</summary>
    /// <param name="session">Whose.</param>
    /// <param name="source">As sites name it.</param>
    /// <param name="branch">Branch it was read for.</param>
    /// <param name="commit">Full name of the commit.</param>
    /// <param name="facts">The facts document as JSON; secrets are hidden in it.</param>
    /// <param name="score">Its quality, 0 to 100.</param>
    /// <param name="secrets">How many secrets it holds.</param>
    /// <param name="cancel">Cancels.</param>
    Task KeepFactsAsync(TenantSession session, string source, string branch, string commit, string facts, int score, int secrets, CancellationToken cancel = default);

    /// <summary>The organisation's repository of that source; null when it has none.</summary>
    Task<RepositoryInfo?> FindAsync(TenantSession session, string source, CancellationToken cancel = default);

    /// <summary>
    /// Makes a repository of the organisation what who runs the server names: any source, folders too, read with the server's own
    /// rights. Callers from outside never come here. One that is there already stays as it is.
    /// </summary>
    Task<RepositoryInfo> AddLocalAsync(TenantSession session, string source, CancellationToken cancel = default);
}

/// <summary>A connected repository as people see it.</summary>
public sealed record RepositoryInfo
{
    public Guid Id { get; init; }

    /// <summary><c>url</c>, <c>app</c> (a GitHub App's installation), <c>upload</c> or <c>local</c> (named by who runs the server).</summary>
    public string Kind { get; init; } = "url";

    /// <summary><c>github</c>, <c>gitlab</c>, <c>gitea</c> (Forgejo as well), <c>git</c>, <c>upload</c> or <c>local</c>.</summary>
    public string Provider { get; init; } = "git";

    /// <summary>What a site names as its source.</summary>
    public string Source { get; init; } = "";

    /// <summary>Owner or group on its host.</summary>
    public string? Owner { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Its page.</summary>
    public string? WebUrl { get; init; }

    /// <summary>The branch its own HEAD names.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>True when it can be read only with a token or the app.</summary>
    public bool IsPrivate { get; init; }

    /// <summary><c>connected</c>; <c>unreachable</c> when the last look at it failed; <c>suspended</c> while its app is.</summary>
    public string State { get; init; } = "connected";

    /// <summary>Why it is unreachable.</summary>
    public string? Problem { get; init; }

    /// <summary>Newest commit of the default branch, as last heard.</summary>
    public string? HeadCommit { get; init; }

    /// <summary>When a push was last heard of.</summary>
    public DateTime? PushedAt { get; init; }

    /// <summary>When the host was last asked.</summary>
    public DateTime? LookedAt { get; init; }

    public DateTime CreatedAt { get; init; }
}
