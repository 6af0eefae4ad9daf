namespace Rialto.Portal;

/// <summary>A connected repository, as <c>repositories.get</c> tells of it.</summary>
public sealed record RepositoryView
{
    public required Guid Id { get; init; }

    public required string Provider { get; init; }

    public required string Source { get; init; }

    public string? Owner { get; init; }

    public required string Name { get; init; }

    public string? WebUrl { get; init; }

    public string? DefaultBranch { get; init; }

    public bool IsPrivate { get; init; }

    public required string State { get; init; }

    public string? Problem { get; init; }

    public string? HeadCommit { get; init; }

    public DateTime? PushedAt { get; init; }

    public DateTime? LookedAt { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Owner and name.</summary>
    public string FullName => Owner is null ? Name : $"{Owner}/{Name}";
}

/// <summary>What to enter at the forge so that pushes are heard of; the secret is told once.</summary>
public sealed record HookView(string Url, string Secret, string ContentType);

/// <summary>A repository just connected.</summary>
public sealed record ConnectedView(RepositoryView Repository, HookView Hook);
