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

    /// <summary>Callers by API key or session, and people on pages (<see cref="IPeople"/>).</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<KeyCallers>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<SessionCallers>();
        services.AddSingleton<Throttle>();
        services.AddSingleton<SigningIn>();
        services.AddSingleton<IPeople, People>();
        services.AddSingleton<ICallerSource, Callers>();
        foreach (var setting in IdentitySettings.All) services.AddSingleton(setting);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, IdentityJson.Default));
        return services;
    }

    /// <summary>The operations on keys and on people, and the page of one-time links.</summary>
    public static IEndpointRouteBuilder MapIdentity(this IEndpointRouteBuilder routes)
    {
        KeyOperations.Map(routes);
        SignInOperations.Map(routes);
        SessionOperations.Map(routes);
        SignInPage.Map(routes);
        return routes;
    }
}
