using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>The entry point of the module.</summary>
public static class GatewayModule
{
    /// <summary>The module's tables.</summary>
    public static SchemaSource Schema { get; } = SchemaSource.FromAssembly("gateway", typeof(GatewayModule).Assembly);

    /// <summary>Limits that hold across nodes in place of the Kernel's, counts of calls, and routes to organisations' own services.</summary>
    /// <param name="services">The host's parts.</param>
    /// <param name="home">Which organisation is the platform's own.</param>
    /// <param name="outgoing">What requests to organisations' services may do; the public internet by https when null.</param>
    public static IServiceCollection AddGateway(this IServiceCollection services, Home home, OutgoingOptions? outgoing = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(home);
        foreach (var setting in GatewaySettings.All) services.AddSingleton(setting);
        services.AddSingleton<BucketStore>();
        services.AddSingleton<Buckets>();
        services.AddSingleton<IPlans, Plans>();
        services.AddSingleton<UsageCounts>();
        services.Replace(ServiceDescriptor.Singleton<ICallGate, Gate>());
        services.AddSingleton<RouteStore>();
        services.AddSingleton<RouteDirectory>();
        services.AddSingleton<Balancers>();
        services.AddSingleton(provider => new Forwarder(new OutgoingHttp((outgoing ?? new OutgoingOptions()) with { MaxRedirects = 0 }), provider.GetRequiredService<Balancers>()));
        services.AddHostedService<GatewayWork>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Default));
        return services;
    }

    /// <summary>Headers for browsers on every answer behind it, and the front door of everything under <c>/api/</c>; put it first, after the hosting of sites.</summary>
    public static IApplicationBuilder UseGateway(this IApplicationBuilder app) => app.UseMiddleware<BrowserHeaders>().UseMiddleware<FrontDoor>();

    /// <summary>The module's operations, and the way to organisations' services.</summary>
    public static IEndpointRouteBuilder MapGateway(this IEndpointRouteBuilder routes)
    {
        UsageOperations.Map(routes);
        RouteOperations.Map(routes);
        Forwarding.Map(routes);
        return routes;
    }
}
