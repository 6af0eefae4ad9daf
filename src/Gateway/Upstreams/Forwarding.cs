using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>
/// <c>/api/v1/gateway/to/NAME/…</c>: a request of a member goes to one of the organisation's own services. Not an operation, because it holds
/// no transaction while somebody else's server thinks; callers, permission and limits are the same.
/// </summary>
internal static class Forwarding
{
    private static readonly Operation Forward = new("gateway.forward", "gateway.forward", "Sends a request to one of the organisation's own services.");

    public static void Map(IEndpointRouteBuilder routes) => routes.Map("/api/v1/gateway/to/{route}/{**path}", HandleAsync).ExcludeFromDescription();

    private static async Task HandleAsync(HttpContext http)
    {
        var began = Stopwatch.GetTimestamp();
        var services = http.RequestServices;
        CallVisit? visit = null;
        try
        {
            var caller = (services.GetService<ICallerSource>() is { } source ? await source.FindAsync(http, http.RequestAborted) : null)
                ?? throw new Refusal("caller.unknown", "Sign in, or send an API key as Authorization: Bearer ….", 401);
            visit = await services.GetRequiredService<ICallGate>().EnterAsync(http, caller, Forward, http.RequestAborted);
            if (!caller.Allows(Forward.Permission))
                throw new Refusal("caller.not_allowed", $"This needs the permission {Forward.Permission}; ask an owner of the organisation for it.", 403) { Details = new Dictionary<string, string> { ["permission"] = Forward.Permission } };
            var open = await services.GetRequiredService<RouteDirectory>().FindAsync(caller.Tenant, http.Request.RouteValues["route"]?.ToString() ?? "", http.RequestAborted);
            if (!open.Route.Methods.Contains(http.Request.Method))
                throw new Refusal("gateway.method_closed", $"The route lets through {string.Join(", ", open.Route.Methods)}.", 405);
            await services.GetRequiredService<Forwarder>().SendAsync(http, open);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            await Problem.WriteAsync(http, new Refusal(bad.StatusCode == 413 ? "request.too_large" : "request.malformed", bad.StatusCode == 413 ? "The request is too large." : "The request cannot be read.", bad.StatusCode));
        }
        catch (Refusal refusal) when (!http.Response.HasStarted)
        {
            await Problem.WriteAsync(http, refusal);
        }
        finally
        {
            visit?.Leave(http.Response.StatusCode, Stopwatch.GetElapsedTime(began));
        }
    }
}
