namespace Rialto.Repositories;

/// <summary>Opens a SOURCE, the one way any part of the product reads a repository.</summary>
public interface ISourceReader
{
    /// <summary>
    /// Opens the commit that <paramref name="source"/> names: a path (work tree or bare), an <c>https://</c>, <c>ssh://</c> or
    /// <c>git@</c> URL, or <c>owner/name</c> on GitHub, each with optional <c>@ref</c>. Remote sources are fetched shallowly.
    /// </summary>
    /// <param name="source">What the user typed.</param>
    /// <param name="limits">Bounds; null for <see cref="SourceLimitsSettings.FromEnvironment"/>.</param>
    /// <param name="progress">Told in words what is being done.</param>
    /// <param name="cancel">Stops the reading and every child of it.</param>
    /// <exception cref="Kernel.Refusal">Codes beginning <c>source.</c> (not acceptable) and <c>repository.</c> (cannot be read, or over a limit, which is named).</exception>
    Task<ISourceTree> OpenAsync(string source, SourceLimits? limits = null, IProgress<string>? progress = null, CancellationToken cancel = default);
}

/// <summary>Bounds on what is read; passing one is a refusal that names it.</summary>
public sealed record SourceLimits
{
    /// <summary>Entries in the tree.</summary>
    public int MaxFiles { get; init; } = 200_000;

    /// <summary>Sum of all file sizes, in bytes.</summary>
    public long MaxTotalBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Largest file whose content is read, in bytes; larger ones are listed but not read.</summary>
    public long MaxFileBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Deepest path, in segments.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Most bytes that a fetch may bring, packed as they travel; it is stopped while they come.</summary>
    public long MaxFetchBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Longest that asking and fetching may take together, in seconds.</summary>
    public int FetchTimeoutSeconds { get; init; } = 300;

    /// <summary>Whether hosts on private, loopback and link-local addresses may be fetched from.</summary>
    public bool AllowPrivateHosts { get; init; }

    /// <summary>Hosts that are accepted although their names look like another's, such as a company's own <c>github.example.com</c>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];
}
