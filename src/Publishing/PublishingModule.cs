using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Publishing;

/// <summary>
/// The entry point of the module. It needs an <see cref="IBlobStore"/>, and to build also the source reader, scanner, analyser and site
/// builder of the modules beside it.
/// </summary>
public static class PublishingModule
{
    /// <summary>The module's tables.</summary>
    public static SchemaSource Schema { get; } = SchemaSource.FromAssembly("publishing", typeof(PublishingModule).Assembly);

    /// <summary>Adds hosting, operations and the job that builds.</summary>
    public static IServiceCollection AddPublishing(this IServiceCollection services, PublishingOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        if (options is not null) services.AddSingleton(options);
        services.TryAddSingleton<PublishingOptions>();
        services.AddSingleton<SiteSignals>();
        services.AddSingleton<SiteDirectory>();
        services.AddSingleton<SiteGate>();
        services.AddSingleton<DamageReport>();
        services.AddSingleton(provider => new BlobCache(provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<PublishingOptions>().CacheBytes));
        services.AddSingleton<SiteAnswers>();
        services.AddSingleton<GoLive>();
        services.AddSingleton<Retention>();
        services.AddSingleton(BuildNews.Topic);
        services.AddSingleton<BuildPipeline>();
        services.AddSingleton<ISitePublishing, SitePublishing>();
        services.AddSingleton<IEventReader, WhenRepositoryConnected>();
        services.AddSingleton<IEventReader, WhenPushed>();
        services.AddSingleton(JobHandler.For<BuildSite, BuildSiteJob>(BuildSite.Kind));
        services.AddSingleton(JobHandler.For<CheckRelease, CheckReleaseJob>(CheckRelease.Kind));
        AddDomains(services);
        AddTargets(services);
        services.AddSingleton<VisitCounter>();
        services.AddHostedService(provider => provider.GetRequiredService<VisitCounter>());
        services.AddSingleton<SiteProbe>();
        services.AddSingleton(provider => JobHandler.For(ProbeSites.Kind, (_, _, cancel) => provider.GetRequiredService<SiteProbe>().RunAsync(cancel)));
        services.AddSingleton(provider => JobHandler.For(CollectBlobs.Kind, (_, _, cancel) => provider.GetRequiredService<Retention>().CollectAsync(cancel: cancel)));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PublishingJson.Default));
        return services;
    }

    /// <summary>What a TLS connection is answered with: the certificate of the name it asks for. For Kestrel's <c>TlsHandshakeCallbackOptions</c>.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">There is no certificate for the name.</exception>
    public static async ValueTask<SslServerAuthenticationOptions> SelectCertificateAsync(IServiceProvider services, SslClientHelloInfo hello, CancellationToken cancel) => new()
    {
        ServerCertificateContext = await services.GetRequiredService<CertificateStore>().FindAsync(hello.ServerName, cancel) ?? throw new AuthenticationException($"There is no certificate for \"{hello.ServerName}\"."),
    };

    private static void AddTargets(IServiceCollection services)
    {
        services.AddSingleton(provider => new TargetHttp(provider.GetRequiredService<PublishingOptions>().Outgoing));
        services.TryAddSingleton(_ => RepositoriesModule.CreateBranchWriter());
        services.AddSingleton<TargetStore>();
        services.AddSingleton<ITargetDriver, GitTarget>();
        services.AddSingleton<ITargetDriver, S3Target>();
        services.AddSingleton<ITargetDriver, NetlifyTarget>();
        services.AddSingleton<ITargetDriver, VercelTarget>();
        services.AddSingleton(JobHandler.For<DeployRelease, DeployReleaseJob>(DeployRelease.Kind));
    }

    private static void AddDomains(IServiceCollection services)
    {
        services.AddSingleton<Setting>(BuildSettings.Secrets);
        services.AddSingleton<Setting>(CertificateSettings.Directory);
        services.AddSingleton<Setting>(CertificateSettings.Contact);
        services.AddSingleton<Setting>(CertificateSettings.Roots);
        services.AddSingleton<DomainDirectory>();
        services.AddSingleton<ChallengeAnswers>();
        services.AddSingleton<CertificateStore>();
        services.AddSingleton<CertificateAuthority>();
        services.AddSingleton<DomainCare>();
        services.AddSingleton(provider => provider.GetRequiredService<PublishingOptions>().NameServers is { } servers ? new DnsClient(servers) : DnsClient.OfThisMachine());
        services.AddSingleton(JobHandler.For<VerifyDomain, VerifyDomainJob>(VerifyDomain.Kind));
        services.AddSingleton(JobHandler.For<ObtainCertificate, ObtainCertificateJob>(ObtainCertificate.Kind));
        services.AddSingleton(provider => JobHandler.For(LookAfterDomains.Kind, (_, _, cancel) => provider.GetRequiredService<DomainCare>().RunAsync(cancel)));
    }

    /// <summary>The module's operations.</summary>
    public static IEndpointRouteBuilder MapPublishing(this IEndpointRouteBuilder routes)
    {
        SiteOperations.Map(routes);
        CreateSiteOperation.Map(routes);
        ChangeSiteOperation.Map(routes);
        DeleteSiteOperation.Map(routes);
        DeletePreviewOperation.Map(routes);
        BuildOperations.Map(routes);
        SecretReports.Map(routes);
        ReleaseOperations.Map(routes);
        GoingOperations.Map(routes);
        CheckOperations.Map(routes);
        UptimeOperations.Map(routes);
        DomainOperations.Map(routes);
        TargetOperations.Map(routes);
        VisitOperations.Map(routes);
        return routes;
    }

    /// <summary>Serves published sites; put it before everything that answers by path.</summary>
    public static IApplicationBuilder UseSites(this IApplicationBuilder app) => app.UseMiddleware<SiteHost>();

    /// <summary>Sets the platform's own recurring work.</summary>
    public static async Task ScheduleAsync(Database database, CancellationToken cancel = default)
    {
        await using var session = await database.BeginAsync(TenantId.Platform, cancel);
        await session.SetScheduleAsync("publishing.collect_blobs", CollectBlobs.Kind, new CollectBlobs(), "17 3 * * *", cancel: cancel);
        await session.SetScheduleAsync("publishing.probe_sites", ProbeSites.Kind, new ProbeSites(), "* * * * *", cancel: cancel);
        await session.SetScheduleAsync("publishing.look_after_domains", LookAfterDomains.Kind, new LookAfterDomains(), "*/5 * * * *", cancel: cancel);
        await session.CommitAsync(cancel);
    }
}
