using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rialto.Kernel;
using Rialto.Server;

// One node: options, database, parts, addresses, serve. A module is one line under Parts and one under Addresses.
try
{
    var options = NodeOptions.Parse(args);
    SchemaSource[] schemas = [];
    await using var database = await Database.StartAsync(Path.Combine(options.DataFolder, "postgres"), schemas, options.Database);

    var builder = WebApplication.CreateSlimBuilder();
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
    builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddJsonConsole(console => console.UseUtcTimestamp = true);
    builder.Logging.AddFilter("Rialto", LogLevel.Information);

    // Parts
    builder.Services.AddKernel(database);
    builder.Services.AddSingleton<IBlobStore>(new DiskBlobStore(Path.Combine(options.DataFolder, "blobs")));
    builder.Services.AddHostedService<BackgroundWork>();

    await using var node = builder.Build();

    // Addresses
    Health.Map(node);
    node.MapKernel();

    await node.StartAsync();
    Console.WriteLine($"ready {node.Urls.First()}");
    await node.WaitForShutdownAsync();
    return 0;
}
catch (Refusal refusal)
{
    Console.Error.WriteLine($"{refusal.Code}: {refusal.Message}");
    return 2;
}
