using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>Routes to an organisation's own services, as operations.</summary>
internal static class RouteOperations
{
    private const string Example = """{"name":"stock","targets":["https://stock-1.example.org/v2","https://stock-2.example.org/v2"],"request":{"setHeaders":{"X-Caller":"rialto"}}}""";
    private static readonly RefusalNote NotFound = new("gateway.route_not_found", 404, "there is no such route"), Invalid = new("gateway.route_invalid", 400, "a part of it is not acceptable"), Taken = new("gateway.route_taken", 409, "the name is taken");

    private static readonly Listing<ServiceRoute> All = new(RouteStore.Table, RouteStore.Columns, RouteStore.Read, [("createdAt", "created_at", "timestamptz"), ("name", "name", "text")], [("name", "name", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/gateway/routes", List).As(new Operation("gateway.list_routes", "gateway.read", "Lists routes to the organisation's own services, newest first."));
        routes.MapPost("/api/v1/gateway/routes", Create).As(new Operation("gateway.create_route", "gateway.manage", "Opens a route to services of the organisation.") { Changes = true, Refusals = [Invalid, Taken], Example = Example });
        routes.MapGet("/api/v1/gateway/routes/{id:guid}", Get).As(new Operation("gateway.get_route", "gateway.read", "Shows one route and how its targets do.") { Refusals = [NotFound] });
        routes.MapPut("/api/v1/gateway/routes/{id:guid}", Change).As(new Operation("gateway.change_route", "gateway.manage", "Changes a route; secret headers stay when none are given.") { Changes = true, Refusals = [NotFound, Invalid, Taken], Example = Example });
        routes.MapDelete("/api/v1/gateway/routes/{id:guid}", Delete).As(new Operation("gateway.delete_route", "gateway.manage", "Closes a route for good.") { Changes = true, Refusals = [NotFound] });
    }

    private static async Task<Ok<Page<ServiceRoute>>> List([AsParameters] PageQuery page, string? name, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await All.ReadAsync(session, page, new Dictionary<string, string?> { ["name"] = name }, cancel));

    private static async Task<Created<ServiceRoute>> Create(RouteRequest request, RouteStore store, TenantSession session, CancellationToken cancel)
    {
        var made = await store.SaveAsync(session, Guid.CreateVersion7(), request, isNew: true, cancel);
        return TypedResults.Created($"/api/v1/gateway/routes/{made.Id}", made);
    }

    private static async Task<Ok<ServiceRoute>> Get(Guid id, HttpContext http, Balancers balancers, TenantSession session, CancellationToken cancel)
    {
        var route = await RouteStore.FindAsync(session, "id = $1", id, cancel) ?? throw RouteStore.NotFound;
        Etags.Tell(http, $"{route.Version}");
        return TypedResults.Ok(route with { Health = balancers.Of(route).Health() });
    }

    private static async Task<Ok<ServiceRoute>> Change(Guid id, RouteRequest request, HttpContext http, RouteStore store, RouteDirectory directory, TenantSession session, CancellationToken cancel)
    {
        var before = await RouteStore.FindAsync(session, "id = $1 for update", id, cancel) ?? throw RouteStore.NotFound;
        Etags.RequireMatch(http, $"{before.Version}");
        var route = await store.SaveAsync(session, id, request, isNew: false, cancel);
        session.AfterCommit(() => directory.Forget(session.Tenant, before.Name));
        Etags.Tell(http, $"{route.Version}");
        return TypedResults.Ok(route);
    }

    private static async Task<NoContent> Delete(Guid id, RouteDirectory directory, TenantSession session, CancellationToken cancel)
    {
        var name = await session.Connection.ExecuteScalarAsync<string?>(new CommandDefinition("delete from gateway.routes where tenant_id = kernel.current_tenant() and id = @id returning name", new { id }, cancellationToken: cancel))
            ?? throw RouteStore.NotFound;
        session.AfterCommit(() => directory.Forget(session.Tenant, name));
        return TypedResults.NoContent();
    }
}
