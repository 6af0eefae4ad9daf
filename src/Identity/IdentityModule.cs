using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>What a host adds to know its callers.</summary>
public static class IdentityModule
{
    /// <summary>Tables of organisations and keys.</summary>
    public static SchemaSource Schema { get; } = SchemaSource.FromAssembly("identity", typeof(IdentityModule).Assembly);

    /// <summary>Callers by API key.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<KeyCallers>();
        services.AddSingleton<ICallerSource>(provider => provider.GetRequiredService<KeyCallers>());
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, IdentityJson.Default));
        return services;
    }

    /// <summary>The operations on keys.</summary>
    public static IEndpointRouteBuilder MapIdentity(this IEndpointRouteBuilder routes)
    {
        KeyOperations.Map(routes);
        return routes;
    }
}
