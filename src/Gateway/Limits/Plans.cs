using System.Collections.Concurrent;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>Tiers, remembered for a while.</summary>
internal sealed class Plans(Database database, SettingLayers settings, TimeProvider clock) : IPlans
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<TenantId, (Tier Tier, DateTimeOffset Until)> remembered = new();

    public ValueTask<Tier> FindAsync(TenantId organisation, CancellationToken cancel) =>
        remembered.TryGetValue(organisation, out var known) && known.Until > clock.GetUtcNow() ? ValueTask.FromResult(known.Tier) : ReadAsync(organisation, cancel);

    public async Task SetAsync(TenantId organisation, Tier tier, CancellationToken cancel)
    {
        await using var session = await database.BeginAsync(TenantId.Platform, cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "insert into gateway.plans (organisation, tier) values (@Value, @Name) on conflict (tenant_id, organisation) do update set tier = excluded.tier, changed_at = now()",
            new { organisation.Value, tier.Name }, cancellationToken: cancel));
        await session.CommitAsync(cancel);
        remembered.TryRemove(organisation, out _);
    }

    private async ValueTask<Tier> ReadAsync(TenantId organisation, CancellationToken cancel)
    {
        await using var session = await database.BeginAsync(TenantId.Platform, cancel);
        var name = await session.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select tier from gateway.plans where tenant_id = kernel.current_tenant() and organisation = @Value", new { organisation.Value }, cancellationToken: cancel));
        var tier = Tier.Of(name ?? settings.Get(GatewaySettings.DefaultTier));
        remembered[organisation] = (tier, clock.GetUtcNow() + Memory);
        return tier;
    }
}
