using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rialto.Gateway;
using Rialto.Identity;
using Rialto.Kernel;
using Rialto.Ledger;
using Rialto.Payments;
using Rialto.Portal;
using Rialto.Publishing;
using Rialto.Repositories;

namespace Rialto.Server;

/// <summary>One node: schemas, parts, addresses. A module is one line under each.</summary>
public static class Node
{
    /// <summary>Schemas of all modules, lower floors first.</summary>
    private static IReadOnlyList<SchemaSource> Schemas { get; } = [IdentityModule.Schema, GatewayModule.Schema, LedgerModule.Schema, PaymentsModule.Schema, RepositoriesPlatform.Schema, PublishingModule.Schema];

    /// <summary>Starts a node and serves until <paramref name="stop"/> or a signal; then ends requests, gives jobs back and stops the database.</summary>
    /// <exception cref="Refusal">Any of <c>database.*</c>, <c>settings.*</c>, <c>encryption.*</c>; <c>server.port_taken</c>, <c>server.data_unwritable</c>.</exception>
    public static async Task RunAsync(NodeOptions options, NodeVoice voice, CancellationToken stop = default)
    {
        var access = new LocalAccess(options.DataFolder);
        await using var database = await OpenDatabaseAsync(options, stop);
        var (home, link) = await FirstStart.EnsureAsync(database, access, voice, options.IsDemo, stop);
        await KernelModule.ScheduleAsync(database, stop);
        await PublishingModule.ScheduleAsync(database, stop);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        NodeAddresses.Listen(builder, options);
        Log(builder.Logging);
        AddParts(builder.Services, options, database, home);
        await using var node = builder.Build();
        MapAddresses(node);
        // Now, so that a wrong setting is said at the start and not when somebody needs it.
        foreach (var stranger in Variables.Strangers(node.Services.GetRequiredService<SettingLayers>(), Environment.GetEnvironmentVariables())) voice.Note(stranger);
        node.Services.GetRequiredService<IBlobStore>();
        using var traces = TraceExport.Start(Environment.GetEnvironmentVariable);

        await NodeLife.RunAsync(node, new NodeStart(options, home, access, voice) { Link = link }, stop);
    }

    /// <summary>The database of a node, migrated; adopted when the node runs, started otherwise.</summary>
    public static async Task<Database> OpenDatabaseAsync(NodeOptions options, CancellationToken cancel = default)
    {
        try
        {
            Directory.CreateDirectory(options.DataFolder);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new Refusal("server.data_unwritable", $"The folder {options.DataFolder} cannot be made or written; name another with --data DIR.", 403);
        }
        return await Database.StartAsync(options.PostgresFolder, Schemas, options.Database, cancel);
    }

    private static void AddParts(IServiceCollection parts, NodeOptions options, Database database, Organisation home)
    {
        parts.AddKernel(database);
        parts.AddIdentity();
        parts.AddGateway(new Home(_ => Task.FromResult<TenantId?>(home.Tenant)));
        parts.AddMail(options.MailFolder);
        parts.AddLedger();
        parts.AddPayments();
        parts.AddKernelSettings(RootKeys.Open(options.RootKeyFile), options.SettingsFile, Environment.GetEnvironmentVariable);
        parts.AddKernelAudit(options.AuditFolder);
        parts.AddSingleton(provider => BlobSettings.Open(provider.GetRequiredService<SettingLayers>(), options.BlobFolder));
        SiteMaking.Add(parts, options);
        parts.AddPortal();
        parts.AddHostedService<BackgroundWork>();
    }

    private static void MapAddresses(WebApplication node)
    {
        node.UseSites();
        node.UseGateway();
        Health.Map(node);
        node.MapKernel();
        node.MapIdentity();
        node.MapGateway();
        node.MapLedger();
        node.MapPayments();
        node.MapRepositories();
        node.MapPublishing();
        node.MapPortal();
    }

    // Everything to standard error: standard output carries the answers that programs wait for.
    private static void Log(ILoggingBuilder logging) => logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddFilter("Rialto", LogLevel.Information)
        .AddProvider(new LineLogs(Console.Error, isJson: Console.IsErrorRedirected));
}
