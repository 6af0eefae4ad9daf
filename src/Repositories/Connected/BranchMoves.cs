using Dapper;
using Rialto.Kernel;
using Rialto.Repositories.Webhooks;

namespace Rialto.Repositories.Connected;

/// <summary>Gathers where branches went and tells it once: each branch's last place, whatever it passed on the way.</summary>
internal sealed class BranchMoves(TenantSession session)
{
    private readonly Dictionary<(Guid Repository, string Branch), (RepositoryInfo Repository, PushMessage Push)> moves = [];

    /// <summary>Adds one, later than all before.</summary>
    public void Add(RepositoryInfo repository, PushMessage push) => moves[(repository.Id, push.Branch)] = (repository, push);

    /// <summary>Whether a later push was taken before this one came.</summary>
    public async Task<bool> IsOvertakenAsync(RepositoryInfo repository, PushMessage push, CancellationToken cancel)
    {
        var standsAt = moves.TryGetValue((repository.Id, push.Branch), out var move) ? move.Push.After : await session.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select commit from repositories.branches where tenant_id = @tenant and repository_id = @Id and name = @Branch", new { tenant = session.Tenant.Value, repository.Id, push.Branch }, cancellationToken: cancel));
        return await Deliveries.IsOvertakenAsync(session, repository.Id, push, standsAt, cancel);
    }

    /// <summary>Writes and announces them. A branch that is where it was is not announced.</summary>
    public async Task TellAsync(CancellationToken cancel)
    {
        foreach (var (repository, push) in moves.Values)
        {
            var of = new { tenant = session.Tenant.Value, repository.Id, push.Branch, push.After, push.DefaultBranch };
            if (push.DefaultBranch is not null && push.DefaultBranch != repository.DefaultBranch)
                await session.Connection.ExecuteAsync(new CommandDefinition("update repositories.repositories set default_branch = @DefaultBranch where tenant_id = @tenant and id = @Id", of, cancellationToken: cancel));
            if (push.After is null) await DeleteAsync(repository, push, of, cancel);
            else await MoveAsync(repository, push, of, cancel);
        }
        moves.Clear();
    }

    private async Task MoveAsync(RepositoryInfo repository, PushMessage push, object of, CancellationToken cancel)
    {
        var isNew = await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into repositories.branches (repository_id, name, commit) values (@Id, @Branch, @After)
            on conflict (tenant_id, repository_id, name) do update set commit = excluded.commit, at = clock_timestamp() where branches.commit <> excluded.commit
            """, of, cancellationToken: cancel)) > 0;
        if (!isNew) return;
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            update repositories.repositories set pushed_at = clock_timestamp(), state = case state when 'unreachable' then 'connected' else state end, problem = null,
              head_commit = case when default_branch = @Branch then @After else head_commit end where tenant_id = @tenant and id = @Id
            """, of, cancellationToken: cancel));
        await session.AnnounceAsync(RepositoriesEvents.Pushed, new RepositoryPushed(repository.Id, repository.Source, push.Branch, push.After!), RepositoryStore.Subject(repository.Id), cancel);
    }

    private async Task DeleteAsync(RepositoryInfo repository, PushMessage push, object of, CancellationToken cancel)
    {
        await session.Connection.ExecuteAsync(new CommandDefinition("delete from repositories.branches where tenant_id = @tenant and repository_id = @Id and name = @Branch", of, cancellationToken: cancel));
        await session.AnnounceAsync(RepositoriesEvents.BranchDeleted, new BranchDeleted(repository.Id, repository.Source, push.Branch), RepositoryStore.Subject(repository.Id), cancel);
    }
}
