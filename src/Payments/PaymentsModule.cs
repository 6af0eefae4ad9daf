using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rialto.Kernel;

namespace Rialto.Payments;

/// <summary>The entry point of the module. It needs the Kernel and the Ledger.</summary>
public static class PaymentsModule
{
    /// <summary>The module's tables.</summary>
    public static SchemaSource Schema { get; } = SchemaSource.FromAssembly("payments", typeof(PaymentsModule).Assembly);

    /// <summary>Wallets, the exchange and the treasury.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<House>();
        services.AddSingleton<Exchanging>();
        services.AddSingleton<Treasury>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PaymentsJson.Default));
        return services;
    }

    /// <summary>The module's operations.</summary>
    public static IEndpointRouteBuilder MapPayments(this IEndpointRouteBuilder routes)
    {
        WalletOperations.Map(routes);
        ExchangeOperations.Map(routes);
        TreasuryOperations.Map(routes);
        return routes;
    }
}
