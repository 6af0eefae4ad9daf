using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;
using Rialto.Repositories.Connected;

namespace Rialto.Repositories.Webhooks;

/// <summary>What came from the forge, and asking it.</summary>
internal static class DeliveryOperations
{
    private static readonly Listing<DeliveryInfo> Found = new("repositories.deliveries", "id, provider, event, delivery_id, state, words, branch, after_commit, received_at", row => new DeliveryInfo
    {
        Id = row.GetGuid(0), Provider = row.GetString(1), Event = row.GetString(2), Delivery = row.GetString(3), State = row.GetString(4), Words = row.IsDBNull(5) ? null : row.GetString(5),
        Branch = row.IsDBNull(6) ? null : row.GetString(6), Commit = row.IsDBNull(7) ? null : row.GetString(7), ReceivedAt = row.GetDateTime(8),
    }, [("receivedAt", "received_at", "timestamptz")], [("repository", "repository_id", "uuid"), ("state", "state", "text"), ("branch", "branch", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/repositories/{id:guid}/deliveries", List).As(new Operation("repositories.list_deliveries", "repositories.read", "Lists what a repository's forge delivered in the last days, newest first.") { Refusals = [RepositoryOperations.NotFound] });
        routes.MapPost("/api/v1/repositories/{id:guid}/look", Look).As(new Operation("repositories.look", "repositories.write", "Asks the forge where a repository's branches stand, as a push would tell.") { Changes = true, Refusals = [RepositoryOperations.NotFound], MostPerMinute = 60 });
    }

    private static async Task<Ok<Page<DeliveryInfo>>> List(Guid id, [AsParameters] PageQuery page, string? state, string? branch, TenantSession session, CancellationToken cancel)
    {
        await RepositoryStore.FindAsync(session, id, cancel);
        return TypedResults.Ok(await Found.ReadAsync(session, page, new Dictionary<string, string?> { ["repository"] = id.ToString("D"), ["state"] = state, ["branch"] = branch }, cancel));
    }

    private static async Task<Accepted<LookAsked>> Look(Guid id, TenantSession session, CancellationToken cancel)
    {
        await RepositoryStore.FindAsync(session, id, cancel);
        var job = await session.AskForLookAsync(id, null, cancel);
        return TypedResults.Accepted($"/api/v1/jobs/{job}", new LookAsked { Job = job });
    }
}

/// <summary>A delivery as people see it.</summary>
internal sealed record DeliveryInfo
{
    public required Guid Id { get; init; }

    public required string Provider { get; init; }

    public required string Event { get; init; }

    /// <summary>The forge's own name of it.</summary>
    public required string Delivery { get; init; }

    /// <summary><c>waiting</c>, <c>done</c>, <c>ignored</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>What came of it.</summary>
    public string? Words { get; init; }

    public string? Branch { get; init; }

    public string? Commit { get; init; }

    public required DateTime ReceivedAt { get; init; }
}

/// <summary>A look that was asked for.</summary>
internal sealed record LookAsked
{
    /// <summary>The job that looks.</summary>
    public required Guid Job { get; init; }
}
