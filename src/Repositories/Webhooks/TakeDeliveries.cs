using System.Text.Json;
using Dapper;
using Rialto.Kernel;
using Rialto.Repositories.Connected;
using Rialto.Repositories.GitHub;

namespace Rialto.Repositories.Webhooks;

/// <summary>Read what a sender delivered. One job for all that waits: of many pushes to a branch only the last is told.</summary>
/// <param name="Sender">As <c>repositories.deliveries</c> has it.</param>
internal sealed record TakeDeliveries(string Sender)
{
    public static readonly JobKind<TakeDeliveries> Kind = new("repositories.take_deliveries", QueueDefinition.Default, RepositoriesJson.Default.TakeDeliveries);
}

/// <inheritdoc cref="TakeDeliveries"/>
internal sealed class TakeDeliveriesJob(InstallationTokens tokens) : IJobHandler<TakeDeliveries>
{
    private const int MostAtOnce = 500;

    public async Task HandleAsync(TakeDeliveries payload, Job job, CancellationToken cancel)
    {
        while (await TakeAsync(payload.Sender, job, cancel) == MostAtOnce)
        {
            // A flood is taken in parts, so that no transaction stays open long.
        }
    }

    private async Task<int> TakeAsync(string sender, Job job, CancellationToken cancel)
    {
        await using var session = await job.BeginAsync(cancel);
        var waiting = await Deliveries.WaitingAsync(session, sender, MostAtOnce, cancel);
        var moves = new BranchMoves(session);
        foreach (var delivery in waiting) await ReadAsync(session, sender, delivery, moves, cancel);
        await moves.TellAsync(cancel);
        await Deliveries.TrimAsync(session, sender, cancel);
        await session.CommitAsync(cancel);
        return waiting.Count;
    }

    private async Task ReadAsync(TenantSession session, string sender, Delivery delivery, BranchMoves moves, CancellationToken cancel)
    {
        JsonDocument body;
        try
        {
            body = JsonDocument.Parse(delivery.Body);
        }
        catch (JsonException)
        {
            await Deliveries.EndAsync(session, delivery.Id, "failed", "it is not JSON", null, null, cancel);
            return;
        }
        using (body)
        {
            if (delivery.Provider == "github" && await InstallationNews.TakeAsync(session, tokens, delivery.Event, body.RootElement, cancel) is { } done)
            {
                await Deliveries.EndAsync(session, delivery.Id, "done", done, null, null, cancel);
                return;
            }
            var push = PushMessage.Read(delivery.Provider, delivery.Event, body.RootElement, out var words);
            var repository = push is null ? null : await FindAsync(session, sender, delivery.Provider, push, cancel);
            if (push is null || repository is null)
            {
                await Deliveries.EndAsync(session, delivery.Id, "ignored", push is null ? words : "the repository is not connected", null, null, cancel);
                return;
            }
            if (await moves.IsOvertakenAsync(repository, push, cancel)) words = "overtaken by a later push";
            else moves.Add(repository, push);
            await Deliveries.EndAsync(session, delivery.Id, "done", words, repository.Id, push, cancel);
        }
    }

    private static async Task<RepositoryInfo?> FindAsync(TenantSession session, string sender, string provider, PushMessage push, CancellationToken cancel)
    {
        const string Own = "repository:";
        if (!sender.StartsWith(Own, StringComparison.Ordinal)) return push.ExternalId is null ? null : await RepositoryStore.TryFindByNumberAsync(session, provider, push.ExternalId, cancel);
        return await session.Connection.QuerySingleOrDefaultAsync<RepositoryInfo>(new CommandDefinition(
            $"select {RepositoryStore.Columns} from repositories.repositories where tenant_id = @tenant and id = @id", new { tenant = session.Tenant.Value, id = Guid.Parse(sender[Own.Length..]) }, cancellationToken: cancel));
    }
}
