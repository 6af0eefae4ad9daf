using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Rialto.Kernel;

/// <summary>What a host adds to stand on the Kernel.</summary>
public static class KernelModule
{
    /// <summary>Operations, their limits and their callers' sessions, on <paramref name="database"/>.</summary>
    public static IServiceCollection AddKernel(this IServiceCollection services, Database database, OperationOptions? options = null)
    {
        RialtoTelemetry.Propagate();
        services.AddSingleton(database);
        services.AddSingleton(options ?? new OperationOptions());
        services.TryAddSingleton<ICallGate, RateLimits>();
        services.AddSingleton<OperationCatalogue>();
        services.AddSingleton<ApiPage>();
        services.AddSingleton<OperationInvoker>();
        services.AddScoped<OperationScope>();
        services.AddScoped(provider => provider.GetRequiredService<OperationScope>().Caller);
        // Owned by the pipeline: a factory's product would be disposed by the scope as well, which does no harm.
        services.AddScoped(provider => provider.GetRequiredService<OperationScope>().Session);
        services.Configure<RouteHandlerOptions>(handling => handling.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, KernelJson.Default));
        services.TryAddSingleton(provider => SettingLayers.Read(provider.GetServices<Setting>(), null, _ => null));
        services.AddSingleton(_ => new PrometheusMetrics(RialtoTelemetry.Meter));
        services.AddSingleton(Texts.OfKernel);
        services.AddSingleton<Setting>(LanguageSettings.Usual).AddSingleton<Setting>(LanguageSettings.TimeZone);
        foreach (var setting in BlobSettings.All) services.AddSingleton(setting);
        services.AddSingleton<Setting>(RecordRetention.JobDays).AddSingleton<Setting>(RecordRetention.EventDays);
        services.AddSingleton<RecordRetention>();
        services.AddSingleton(provider => JobHandler.For(RecordRetention.Kind, (_, _, cancel) => provider.GetRequiredService<RecordRetention>().RunAsync(cancel)));
        services.AddSingleton<TenantSettings>();
        services.AddSingleton<FieldCipher>();
        services.PostConfigure<Microsoft.AspNetCore.Http.Json.JsonOptions>(json => json.SerializerOptions.TypeInfoResolver = json.SerializerOptions.TypeInfoResolver?.WithAddedModifier(PersonalMask.Modify));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new AuditLog(provider.GetService<AuditKeys>(), provider.GetRequiredService<TimeProvider>()));
        LiveEndpoints.Add(services);
        services.AddOpenApi("v1", OperationDocument.Configure);
        return services;
    }

    /// <summary>Where secrets are locked and what who runs the server has set. A host calls it once, after its modules have declared their settings.</summary>
    public static IServiceCollection AddKernelSettings(this IServiceCollection services, RootKeys roots, string? settingsFile, Func<string, string?> environment)
    {
        services.AddSingleton(roots);
        services.AddSingleton(new AuditKeys(roots));
        services.AddSingleton(JobHandler.For<Reencrypt, Reencryption>(Reencryption.Kind));
        services.Replace(ServiceDescriptor.Singleton(provider => SettingLayers.Read(provider.GetServices<Setting>(), settingsFile, environment)));
        return services;
    }

    /// <summary>The work that makes the audit log provable: rows are folded into trees, and checkpoints of them written to <paramref name="checkpointFolder"/>, outside the database.</summary>
    public static IServiceCollection AddKernelAudit(this IServiceCollection services, string checkpointFolder)
    {
        services.AddSingleton(new CheckpointFiles(checkpointFolder));
        services.AddSingleton<AuditRetention>();
        services.AddSingleton<Setting>(AuditRetention.KeepDays);
        services.AddSingleton(provider => JobHandler.For(AuditRetention.Kind, (_, _, cancel) => provider.GetRequiredService<AuditRetention>().RetireAllAsync(cancel)));
        services.AddSingleton(provider => new AuditSequencer(
            provider.GetRequiredService<Database>(), provider.GetService<AuditKeys>(), provider.GetRequiredService<CheckpointFiles>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<AuditSequencer>()));
        return services;
    }

    /// <summary>Sets the Kernel's own recurring work.</summary>
    public static async Task ScheduleAsync(Database database, CancellationToken cancel = default)
    {
        await using var session = await database.BeginAsync(TenantId.Platform, cancel);
        await session.SetScheduleAsync("kernel.retire_audit_rows", AuditRetention.Kind, new RetireAuditRows(), "41 3 * * *", cancel: cancel);
        await session.SetScheduleAsync("kernel.retire_records", RecordRetention.Kind, new RetireRecords(), "23 4 * * *", cancel: cancel);
        await session.CommitAsync(cancel);
    }

    /// <summary>How the node runs jobs, by the server's settings.</summary>
    public static JobRunnerOptions JobOptions(SettingLayers settings) => new() { KeepDays = (int)settings.Get(RecordRetention.JobDays) };

    /// <summary>The Kernel's own operations, the catalogue and the description of the interface.</summary>
    public static IEndpointRouteBuilder MapKernel(this IEndpointRouteBuilder routes)
    {
        JobOperations.Map(routes);
        SettingOperations.Map(routes);
        AuditOperations.Map(routes);
        KeyOperations.Map(routes);
        LiveEndpoints.Map(routes);
        routes.MapGet("/api/v1/operations", (OperationCatalogue catalogue) => TypedResults.Text(catalogue.Describe().ToJsonString(), "application/json")).ExcludeFromDescription();
        routes.MapGet("/api", (HttpContext http, ApiPage page) => page.Show(http)).ExcludeFromDescription();
        // Asked for now: what happens before the first reading counts as well.
        var metrics = routes.ServiceProvider.GetRequiredService<PrometheusMetrics>();
        routes.MapGet("/metrics", () => TypedResults.Text(metrics.Write(), PrometheusMetrics.ContentType)).ExcludeFromDescription();
        routes.MapOpenApi("/api/{documentName}/openapi.json").ExcludeFromDescription();
        return routes;
    }
}
