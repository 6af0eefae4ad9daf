using Dapper;
using Rialto.Kernel;

namespace Rialto.Repositories.Connected;

/// <summary>Connected repositories as rows.</summary>
internal static class RepositoryStore
{
    internal const string Table = "repositories.repositories";

    internal const string Columns = """
        id, kind, provider, source, owner, name, web_url as WebUrl, default_branch as DefaultBranch, is_private as IsPrivate, state, problem,
        head_commit as HeadCommit, pushed_at as PushedAt, looked_at as LookedAt, created_at as CreatedAt
        """;

    /// <summary>The organisation's repository by id.</summary>
    /// <exception cref="Refusal"><c>repositories.not_found</c>.</exception>
    public static async Task<RepositoryInfo> FindAsync(TenantSession session, Guid id, CancellationToken cancel) =>
        await session.Connection.QuerySingleOrDefaultAsync<RepositoryInfo>(new CommandDefinition(
            $"select {Columns} from repositories.repositories where tenant_id = @tenant and id = @id", new { tenant = session.Tenant.Value, id }, cancellationToken: cancel))
        ?? throw NotFound();

    /// <summary>The organisation's repository of that source, or null.</summary>
    public static Task<RepositoryInfo?> TryFindAsync(TenantSession session, string source, CancellationToken cancel) =>
        session.Connection.QuerySingleOrDefaultAsync<RepositoryInfo>(new CommandDefinition(
            $"select {Columns} from repositories.repositories where tenant_id = @tenant and source = @source", new { tenant = session.Tenant.Value, source }, cancellationToken: cancel));

    /// <summary>The organisation's repository that its forge numbers so, or null.</summary>
    public static Task<RepositoryInfo?> TryFindByNumberAsync(TenantSession session, string provider, string number, CancellationToken cancel) =>
        session.Connection.QuerySingleOrDefaultAsync<RepositoryInfo>(new CommandDefinition(
            $"select {Columns} from repositories.repositories where tenant_id = @tenant and provider = @provider and external_id = @number", new { tenant = session.Tenant.Value, provider, number }, cancellationToken: cancel));

    /// <summary>Makes the row and announces it; null when the organisation has the source already.</summary>
    public static async Task<RepositoryInfo?> AddAsync(TenantSession session, NewRepository added, CancellationToken cancel)
    {
        var isNew = await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into repositories.repositories (id, kind, provider, source, owner, name, web_url, default_branch, is_private, installation_id, external_id, token, hook_secret, head_commit, looked_at)
            values (@Id, @Kind, @Provider, @Source, @Owner, @Name, @WebUrl, @DefaultBranch, @IsPrivate, @Installation, @ExternalId, @Token, @HookSecret, @HeadCommit, clock_timestamp())
            on conflict (tenant_id, source) do nothing
            """, added, cancellationToken: cancel)) > 0;
        if (!isNew) return null;
        await session.AnnounceAsync(RepositoriesEvents.Connected, new RepositoryConnected(added.Id, added.Source, added.Site), Subject(added.Id), cancel);
        return await FindAsync(session, added.Id, cancel);
    }

    /// <summary>What events about a repository have as their subject.</summary>
    public static string Subject(Guid id) => "repository:" + id.ToString("D");

    /// <summary>What is said of a repository that is not there, and of one that is somebody else's.</summary>
    public static Refusal NotFound() => new("repositories.not_found", "There is no such repository in this organisation.", 404);
}

/// <summary>A repository about to be connected.</summary>
internal sealed record NewRepository
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string Provider { get; init; }

    public required string Source { get; init; }

    public string? Owner { get; init; }

    public required string Name { get; init; }

    public string? WebUrl { get; init; }

    public string? DefaultBranch { get; init; }

    public bool IsPrivate { get; init; }

    public Guid? Installation { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>Encrypted.</summary>
    public byte[]? Token { get; init; }

    /// <summary>Encrypted.</summary>
    public required byte[] HookSecret { get; init; }

    public string? HeadCommit { get; init; }

    /// <summary>As <see cref="RepositoryConnected.Site"/>.</summary>
    public string? Site { get; init; }
}
