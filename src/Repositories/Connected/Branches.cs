using Dapper;
using Rialto.Kernel;
using Rialto.Repositories.Refs;

namespace Rialto.Repositories.Connected;

/// <summary>Where branches stand when a repository is connected: what is there already is not told as news later.</summary>
internal static class Branches
{
    private const int MostKept = 5000;

    /// <summary>Writes them down.</summary>
    public static Task BeginAsync(TenantSession session, Guid repository, RefTable refs, CancellationToken cancel)
    {
        var heads = refs.Names.Where(name => name.Key.StartsWith(RefTable.Branches, StringComparison.Ordinal)).Take(MostKept).ToArray();
        return session.Connection.ExecuteAsync(new CommandDefinition(
            "insert into repositories.branches (repository_id, name, commit) select @repository, n, c from unnest(@names, @commits) as b(n, c) on conflict do nothing",
            new { repository, names = heads.Select(head => head.Key[RefTable.Branches.Length..]).ToArray(), commits = heads.Select(head => head.Value).ToArray() }, cancellationToken: cancel));
    }
}
