using Dapper;
using Rialto.Kernel;
using Rialto.Repositories.Refs;
using Rialto.Repositories.Webhooks;

namespace Rialto.Repositories.Connected;

/// <summary>Ask the host where the branches of a repository stand, and tell what moved: for those without a hook, and after a flood.</summary>
/// <param name="Repository">Id.</param>
internal sealed record LookAtRepository(Guid Repository)
{
    public static readonly JobKind<LookAtRepository> Kind = new("repositories.look", QueueDefinition.Default, RepositoriesJson.Default.LookAtRepository);
}

/// <summary>Asking for looks.</summary>
internal static class Looks
{
    /// <summary>Asks for a look in the session's transaction; while one waits, no other is made.</summary>
    public static Task<Guid> AskForLookAsync(this TenantSession session, Guid repository, DateTimeOffset? at, CancellationToken cancel)
    {
        var key = "look:" + repository.ToString("N");
        return session.EnqueueAsync(LookAtRepository.Kind, new LookAtRepository(repository), new JobRequest { DedupeKey = key, ExclusiveKey = key, RunAt = at }, cancel);
    }

    /// <summary>Looks every quarter of an hour from now on, each repository at its own minutes.</summary>
    public static Task ScheduleAsync(TenantSession session, Guid repository, CancellationToken cancel)
    {
        var minute = repository.ToByteArray()[15] % 15;
        return session.SetScheduleAsync(NameOf(repository), LookAtRepository.Kind, new LookAtRepository(repository), $"{minute},{minute + 15},{minute + 30},{minute + 45} * * * *", cancel: cancel);
    }

    /// <summary>Name of the schedule.</summary>
    public static string NameOf(Guid repository) => "repositories.look." + repository.ToString("N");
}

/// <inheritdoc cref="LookAtRepository"/>
internal sealed class LookAtRepositoryJob(RepositoryAccess access) : IJobHandler<LookAtRepository>
{
    /// <summary>Most branches told of one look; the default branch is always among them.</summary>
    private const int MostTold = 50;

    private const string Heads = RefTable.Branches;

    public async Task HandleAsync(LookAtRepository payload, Job job, CancellationToken cancel)
    {
        RepositoryInfo repository;
        await using (var session = await job.BeginAsync(cancel))
            repository = await RepositoryStore.FindAsync(session, payload.Repository, cancel);
        if (repository.Kind is not ("url" or "app") || repository.State == "suspended") return;
        RefTable refs;
        try
        {
            refs = await access.RefsAsync(job.Tenant, repository, cancel);
        }
        catch (Refusal refusal) when (refusal.Status != 429)
        {
            await UnreachableAsync(job, repository, refusal, cancel);
            return;
        }
        await TellAsync(job, repository, refs, cancel);
    }

    private static async Task TellAsync(Job job, RepositoryInfo repository, RefTable refs, CancellationToken cancel)
    {
        await using var session = await job.BeginAsync(cancel);
        var of = new { tenant = session.Tenant.Value, repository.Id, refs.HeadBranch };
        var known = (await session.Connection.QueryAsync<(string Name, string Commit)>(new CommandDefinition(
            "select name, commit from repositories.branches where tenant_id = @tenant and repository_id = @Id", of, cancellationToken: cancel))).ToDictionary(branch => branch.Name, branch => branch.Commit);
        var found = refs.Names.Where(name => name.Key.StartsWith(Heads, StringComparison.Ordinal)).ToDictionary(name => name.Key[Heads.Length..], name => name.Value);
        var moves = new BranchMoves(session);
        foreach (var (branch, commit) in found.Where(branch => known.GetValueOrDefault(branch.Key) != branch.Value).OrderByDescending(branch => branch.Key == refs.HeadBranch).Take(MostTold))
            moves.Add(repository, new PushMessage(null, branch, known.GetValueOrDefault(branch), commit, refs.HeadBranch));
        foreach (var gone in known.Keys.Where(branch => !found.ContainsKey(branch))) moves.Add(repository, new PushMessage(null, gone, known[gone], null, refs.HeadBranch));
        await moves.TellAsync(cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update repositories.repositories set looked_at = clock_timestamp(), state = 'connected', problem = null where tenant_id = @tenant and id = @Id", of, cancellationToken: cancel));
        await session.CommitAsync(cancel);
    }

    private static async Task UnreachableAsync(Job job, RepositoryInfo repository, Refusal refusal, CancellationToken cancel)
    {
        await using var session = await job.BeginAsync(cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update repositories.repositories set looked_at = clock_timestamp(), state = 'unreachable', problem = @Message where tenant_id = @tenant and id = @Id",
            new { tenant = session.Tenant.Value, repository.Id, refusal.Message }, cancellationToken: cancel));
        await session.CommitAsync(cancel);
    }
}
