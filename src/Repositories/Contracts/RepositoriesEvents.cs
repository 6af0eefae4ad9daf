using Rialto.Kernel;
using Rialto.Repositories.Connected;

namespace Rialto.Repositories;

/// <summary>What this module announces. The subject is <c>repository:</c> and its id.</summary>
public static class RepositoriesEvents
{
    /// <summary>A repository belongs to the organisation from now on.</summary>
    public static readonly EventKind<RepositoryConnected> Connected = new("repositories.connected", RepositoriesJson.Default.RepositoryConnected);

    /// <summary>A repository was taken out; what was published of it stays.</summary>
    public static readonly EventKind<RepositoryDisconnected> Disconnected = new("repositories.disconnected", RepositoriesJson.Default.RepositoryDisconnected);

    /// <summary>A branch has another newest commit. Of many pushes that came together only the last is told.</summary>
    public static readonly EventKind<RepositoryPushed> Pushed = new("repositories.pushed", RepositoriesJson.Default.RepositoryPushed);

    /// <summary>A branch is no more.</summary>
    public static readonly EventKind<BranchDeleted> BranchDeleted = new("repositories.branch_deleted", RepositoriesJson.Default.BranchDeleted);
}

/// <param name="Repository">Id.</param>
/// <param name="Source">As sites name it.</param>
/// <param name="Site">Name of the site to make of it at once; empty for one made of the repository's name, null for none.</param>
public sealed record RepositoryConnected(Guid Repository, string Source, string? Site);

/// <param name="Repository">Id.</param>
/// <param name="Source">As sites name it.</param>
public sealed record RepositoryDisconnected(Guid Repository, string Source);

/// <param name="Repository">Id.</param>
/// <param name="Source">As sites name it.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Commit">Its newest commit.</param>
public sealed record RepositoryPushed(Guid Repository, string Source, string Branch, string Commit);

/// <param name="Repository">Id.</param>
/// <param name="Source">As sites name it.</param>
/// <param name="Branch">The branch.</param>
public sealed record BranchDeleted(Guid Repository, string Source, string Branch);
