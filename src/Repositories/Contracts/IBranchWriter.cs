using Rialto.Kernel;

namespace Rialto.Repositories;

/// <summary>Writes a branch of somebody's repository: as <c>gh-pages</c> holds a site.</summary>
public interface IBranchWriter
{
    /// <summary>
    /// Makes the branch's newest commit hold exactly <see cref="BranchContent.Files"/>, on top of what the branch was; a branch that is not there
    /// begins anew. Where it holds just that already, nothing is pushed. Returns the commit.
    /// </summary>
    /// <exception cref="Refusal"><c>source.*</c>, <c>repository.*</c>; <c>repository.branch_moved</c> (503) when somebody else pushed meanwhile, <c>repository.push_refused</c>.</exception>
    Task<BranchWritten> WriteAsync(BranchContent content, CancellationToken cancel = default);
}

/// <summary>What a branch is to hold.</summary>
public sealed record BranchContent
{
    /// <summary>Address of the repository, <c>https://</c> or <c>ssh://</c>; a folder only where <see cref="AllowsFolder"/> says so.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the branch.</summary>
    public required string Branch { get; init; }

    /// <summary>Message of the commit.</summary>
    public required string Message { get; init; }

    /// <summary>When it is made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Credential for the repository's host and no other; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>True where the operator of this machine chose the source.</summary>
    public bool AllowsFolder { get; init; }

    /// <summary>The files.</summary>
    public required IReadOnlyList<BranchFile> Files { get; init; }
}

/// <param name="Path">Relative, with <c>/</c>.</param>
/// <param name="Bytes">Size.</param>
/// <param name="OpenAsync">Its content, of exactly that size.</param>
public sealed record BranchFile(string Path, long Bytes, Func<CancellationToken, Task<Stream>> OpenAsync);

/// <param name="Commit">The branch's newest commit.</param>
/// <param name="IsNew">False when the branch held just that already.</param>
public sealed record BranchWritten(string Commit, bool IsNew);
