using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rialto.Kernel;
using Rialto.Repositories.Connected;
using Rialto.Repositories.GitHub;
using Rialto.Repositories.Uploads;
using Rialto.Repositories.Webhooks;

namespace Rialto.Repositories;

/// <summary>The module as a part of a node: connected repositories, their hooks and operations. The command line uses <see cref="RepositoriesModule"/> alone.</summary>
public static class RepositoriesPlatform
{
    /// <summary>The module's tables.</summary>
    public static SchemaSource Schema { get; } = SchemaSource.FromAssembly("repositories", typeof(RepositoriesPlatform).Assembly);

    /// <summary>Adds what operations, hooks and jobs need. Secrets of repositories need the Kernel's settings as well.</summary>
    public static IServiceCollection AddRepositories(this IServiceCollection services, RepositoriesOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        if (options is not null) services.AddSingleton(options);
        services.TryAddSingleton<RepositoriesOptions>();
        services.TryAddSingleton(_ => RepositoriesModule.CreateReader());
        services.TryAddSingleton<FieldCipher>();
        services.AddSingleton<RepositorySecrets>();
        services.AddSingleton<RemoteLook>();
        services.AddSingleton<RepositoryAccess>();
        services.AddSingleton<UploadedRepositories>();
        services.AddSingleton<IBlobHolder, UploadHolder>();
        services.AddSingleton<GitHubLimits>();
        services.AddSingleton(provider => new GitHubApi(new OutgoingHttp(provider.GetRequiredService<RepositoriesOptions>().Outgoing), provider.GetRequiredService<GitHubLimits>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<InstallationTokens>();
        services.AddSingleton<GitHubSetup>();
        foreach (var setting in GitHubSettings.All) services.AddSingleton(setting);
        services.AddSingleton<IConnectedRepositories, ConnectedRepositories>();
        services.AddSingleton(JobHandler.For<TakeDeliveries, TakeDeliveriesJob>(TakeDeliveries.Kind));
        services.AddSingleton(JobHandler.For<LookAtRepository, LookAtRepositoryJob>(LookAtRepository.Kind));
        services.AddSingleton(JobHandler.For<SyncInstallation, SyncInstallationJob>(SyncInstallation.Kind));
        services.AddSingleton(JobHandler.For<ReportCommit, ReportCommitJob>(ReportCommit.Kind));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, RepositoriesJson.Default));
        return services;
    }

    /// <summary>The module's operations.</summary>
    public static IEndpointRouteBuilder MapRepositories(this IEndpointRouteBuilder routes)
    {
        ConnectOperation.Map(routes);
        RepositoryOperations.Map(routes);
        UploadOperation.Map(routes);
        FactsOperation.Map(routes);
        DeliveryOperations.Map(routes);
        HookEndpoints.Map(routes);
        GitHubEndpoints.Map(routes);
        return routes;
    }
}
