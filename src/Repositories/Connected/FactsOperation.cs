using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Repositories.Connected;

/// <summary>What is known of a repository, with the checks of its quality and how to pass them.</summary>
internal static class FactsOperation
{
    private const int MostKept = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/repositories/{id:guid}/facts", Handle).As(
        new Operation("repositories.facts", "repositories.read", "Shows what the last build found out about a repository, or about one commit: facts with their evidence, quality checks with fixes, secrets by place.")
        {
            Refusals = [RepositoryOperations.NotFound, new RefusalNote("repositories.no_facts", 404, "no build has read it yet")],
        });

    // PostgreSQL's JSON holds every character but one.
    /// <summary>Keeps a commit's facts; those of older commits go, beyond the newest <see cref="MostKept"/>.</summary>
    public static Task KeepAsync(TenantSession session, Guid repository, string branch, string commit, string facts, int score, int secrets, CancellationToken cancel) => session.Connection.ExecuteAsync(new CommandDefinition(
        """
        insert into repositories.facts (repository_id, branch, commit, facts, score, secrets) values (@repository, @branch, @commit, @facts::jsonb, @score, @secrets)
        on conflict (tenant_id, repository_id, commit) do update set branch = excluded.branch, facts = excluded.facts, score = excluded.score, secrets = excluded.secrets, at = clock_timestamp();
        delete from repositories.facts where tenant_id = @tenant and id in (
          select id from repositories.facts where tenant_id = @tenant and repository_id = @repository order by at desc offset @MostKept)
        """, new { tenant = session.Tenant.Value, repository, branch, commit, facts = facts.Replace("\\u0000", "\\ufffd", StringComparison.Ordinal), score, secrets, MostKept }, cancellationToken: cancel));

    private static async Task<Ok<RepositoryFactsInfo>> Handle(Guid id, string? commit, TenantSession session, CancellationToken cancel)
    {
        var repository = await RepositoryStore.FindAsync(session, id, cancel);
        var row = await session.Connection.QuerySingleOrDefaultAsync<(string Branch, string Commit, string Facts, int Score, int Secrets, DateTime At)?>(new CommandDefinition(
            """
            select branch, commit, facts::text, score, secrets, at from repositories.facts
            where tenant_id = @tenant and repository_id = @id and (@commit::text is null or commit = @commit)
            order by branch in ('', coalesce(@DefaultBranch, '')) desc, at desc limit 1
            """, new { tenant = session.Tenant.Value, id, commit, repository.DefaultBranch }, cancellationToken: cancel))
            ?? throw new Refusal("repositories.no_facts", "No build has read this repository yet; make a site of it, or build it again.", 404);
        return TypedResults.Ok(new RepositoryFactsInfo { Branch = row.Branch, Commit = row.Commit, Score = row.Score, Secrets = row.Secrets, At = row.At, Facts = (JsonObject)JsonNode.Parse(row.Facts)! });
    }
}

/// <summary>What is known of a commit.</summary>
internal sealed record RepositoryFactsInfo
{
    public required string Branch { get; init; }

    public required string Commit { get; init; }

    /// <summary>Quality, 0 to 100.</summary>
    public required int Score { get; init; }

    /// <summary>How many secrets were found and hidden.</summary>
    public required int Secrets { get; init; }

    public required DateTime At { get; init; }

    /// <summary>The facts document, as <c>rialto analyze --json</c> gives it.</summary>
    public required JsonObject Facts { get; init; }
}
