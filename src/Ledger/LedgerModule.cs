using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>The entry point of the module. It needs the Kernel and nothing else.</summary>
public static class LedgerModule
{
    /// <summary>The module's tables.</summary>
    public static SchemaSource Schema { get; } = SchemaSource.FromAssembly("ledger", typeof(LedgerModule).Assembly);

    /// <summary>The books as a whole, for who has a database and no services: the command line.</summary>
    public static ILedgerBooks Books { get; } = new LedgerBooks();

    /// <summary>Adds the ledger and its jobs.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GroupCommit>();
        services.AddSingleton<Journal>();
        services.AddSingleton<ILedger>(provider => provider.GetRequiredService<Journal>());
        services.AddSingleton<IBudgets, Budgets>();
        services.AddSingleton(Books);
        services.AddSingleton(JobHandler.For<AuditLedger, AuditLedgerJob>(AuditLedger.Kind));
        services.AddSingleton(JobHandler.For<ExpireTransfer, ExpireTransferJob>(ExpireTransfer.Kind));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, LedgerJson.Default));
        return services;
    }

    /// <summary>The module's operations.</summary>
    public static IEndpointRouteBuilder MapLedger(this IEndpointRouteBuilder routes)
    {
        AccountOperations.Map(routes);
        TransferOperations.Map(routes);
        BalanceOperations.Map(routes);
        StatementOperations.Map(routes);
        BudgetOperations.Map(routes);
        PeriodOperations.Map(routes);
        AuditOperations.Map(routes);
        return routes;
    }
}
