using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Rialto.Kernel;

/// <summary>Where the feed is reached: <c>/live</c> by SignalR, <c>/live/stream</c> as server-sent events.</summary>
internal static class LiveEndpoints
{
    private const int LongestRequestBytes = 8 * 1024, SendBufferBytes = 64 * 1024;

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<LiveAccess>();
        services.AddSingleton<Setting>(LiveAccess.Origins);
        services.AddSignalR(hub => hub.MaximumReceiveMessageSize = LongestRequestBytes)
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, KernelJson.Default));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var access = routes.ServiceProvider.GetRequiredService<LiveAccess>();
        // What a slow reader has not taken stays within these bytes; then the feed waits for it, and tells it to load anew when it fell too far behind.
        routes.MapHub<LiveHub>("/live", connection => connection.TransportMaxBufferSize = SendBufferBytes)
            .Finally(endpoint => endpoint.RequestDelegate = access.Guard(endpoint.RequestDelegate!));
        routes.MapGet("/live/stream", access.Guard(LiveStream.RunAsync)).ExcludeFromDescription();
    }
}
