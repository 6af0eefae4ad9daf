using System.Collections.Concurrent;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>A route with what is never shown.</summary>
internal sealed record OpenRoute(ServiceRoute Route, IReadOnlyDictionary<string, string> SecretHeaders);

/// <summary>Routes by name, remembered for a few seconds: a call through the gateway asks the database for nothing.</summary>
internal sealed class RouteDirectory(Database database, RouteStore store, TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(TenantId Tenant, string Name), (OpenRoute? Route, DateTimeOffset Until)> remembered = new();

    public async ValueTask<OpenRoute> FindAsync(TenantId tenant, string name, CancellationToken cancel)
    {
        if (!remembered.TryGetValue((tenant, name), out var known) || known.Until <= clock.GetUtcNow())
        {
            await using var session = await database.BeginAsync(tenant, cancel);
            var route = await RouteStore.FindAsync(session, "name = $1", name, cancel);
            known = (route is null ? null : new OpenRoute(route, await store.SecretHeadersAsync(session, route.Id, cancel)), clock.GetUtcNow() + Memory);
            if (remembered.Count >= MostRemembered) remembered.Clear();
            remembered[(tenant, name)] = known;
        }
        return known.Route is { Route.IsEnabled: true } open ? open : throw RouteStore.NotFound;
    }

    public void Forget(TenantId tenant, string name) => remembered.TryRemove((tenant, name), out _);
}
