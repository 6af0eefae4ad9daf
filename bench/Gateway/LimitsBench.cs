using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Gateway;
using Rialto.Kernel;

namespace Rialto.Bench;

/// <summary>
/// What asking the gate costs a call: the whole of it (tier, buckets, headers, counting), against a PostgreSQL of our own, many callers at once.
/// The business tier takes slices of a hundred calls from the database; the largest tier is counted on the node alone.
/// </summary>
internal sealed class LimitsBench : IBench
{
    private static readonly Operation Asked = new("bench.ask", "bench.read", "Is asked.");

    public string Name => "limits";

    public string Summary => "what the limiter costs each call";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        var folder = Path.Combine(Path.GetTempPath(), "rialto-bench-limits-" + Environment.ProcessId);
        Directory.CreateDirectory(folder);
        try
        {
            await using var database = await Database.StartAsync(Path.Combine(folder, "postgres"), [GatewayModule.Schema], cancel: cancel);
            await using var services = new ServiceCollection().AddLogging().AddKernel(database).AddGateway(new Home(_ => Task.FromResult<TenantId?>(null))).BuildServiceProvider();
            var calls = bench.Quick ? 20_000 : 100_000;
            var sides = await bench.CompareAsync(rounds: 5, [
                new Side("shared by all nodes", token => MeasureAsync(services, "business", calls, token)),
                new Side("counted on the node", token => MeasureAsync(services, "enterprise", calls, token)),
            ], cancel);
            foreach (var (side, result) in sides) bench.Value($"cost of a call, {side}", result.MedianSeconds / calls * 1e6, "µs");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Sample> MeasureAsync(IServiceProvider services, string tier, int calls, CancellationToken cancel)
    {
        var (gate, plans) = (services.GetRequiredService<ICallGate>(), services.GetRequiredService<IPlans>());
        var callers = Enumerable.Range(0, calls / 500).Select(_ => new Caller(TenantId.New(), "key:bench", new HashSet<string>())).ToArray();
        foreach (var caller in callers) await plans.SetAsync(caller.Tenant, Tier.Of(tier), cancel);
        foreach (var caller in callers) await plans.FindAsync(caller.Tenant, cancel);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var number = worker; number < calls; number += 8)
                (await gate.EnterAsync(new DefaultHttpContext(), callers[number % callers.Length], Asked, cancel)).Leave(200, TimeSpan.FromMilliseconds(1));
        }, cancel)));
        return new Sample(clock.Elapsed.TotalSeconds);
    }
}
