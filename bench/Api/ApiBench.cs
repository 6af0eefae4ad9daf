using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Rialto.Bench;

/// <summary>
/// The interface of the built platform under a steady load: half reads, half changes, each with a key (tenant, permission, limits), each change with an
/// idempotency key, a tenth of them sent a second time. Requests come by the clock, whether or not earlier ones were answered, and a request's time begins when it was
/// due: a server that falls behind does not get fewer requests.
/// </summary>
internal sealed class ApiBench : IBench
{
    private const int PerSecond = 1000, Callers = 40;

    public string Name => "api";

    public string Summary => "how long the platform's interface takes at 1,000 requests a second";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux())
        {
            bench.Missing("the platform's interface", "it is measured on Linux");
            return;
        }
        var folder = Directory.CreateTempSubdirectory("rialto-bench-api-");
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        try
        {
            var data = Path.Combine(folder.FullName, "data");
            await using var node = await RunningNode.StartAsync(bench, data, cancel);
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = node.Address, Timeout = TimeSpan.FromSeconds(30) };
            var keys = await MakeKeysAsync(http, (await File.ReadAllTextAsync(Path.Combine(data, "owner.key"), cancel)).Trim(), cancel);
            var load = new ApiLoad(http, keys);
            // Code is compiled while it runs: the first seconds are not the server's.
            await load.RunAsync(PerSecond / 2, seconds: bench.Quick ? 5 : 10, cancel);
            foreach (var perSecond in new[] { 100, PerSecond })
            {
                var cpu = node.CpuSeconds;
                var seconds = bench.Quick ? 10 : 30;
                Tell(bench, perSecond, await load.RunAsync(perSecond, seconds, cancel), (node.CpuSeconds - cpu) / seconds);
            }
            bench.Value("memory of the node afterwards", Math.Round(node.ResidentBytes / 1048576.0, 1), "MB");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Tell(Bench bench, int perSecond, LoadResult result, double cores)
    {
        bench.Heading($"{perSecond} requests a second asked for");
        bench.Value($"at {perSecond}/s: answered", Math.Round(result.AnsweredPerSecond, 1), "1/s");
        foreach (var percent in new[] { 50, 95, 99 })
        {
            bench.Value($"at {perSecond}/s: p{percent} from when it was due", Math.Round(result.FromDue(percent), 2), "ms");
            bench.Value($"at {perSecond}/s: p{percent} from when it was sent", Math.Round(result.FromSent(percent), 2), "ms");
        }
        bench.Value($"at {perSecond}/s: failed", result.Failed, "requests");
        bench.Value($"at {perSecond}/s: the node's processor time", Math.Round(cores, 2), "cores");
    }

    // One caller may call 6,000 times a minute; the load is that of many.
    private static async Task<string[]> MakeKeysAsync(HttpClient http, string owner, CancellationToken cancel)
    {
        var keys = new string[Callers];
        for (var number = 0; number < Callers; number++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/identity/keys") { Headers = { Authorization = new("Bearer", owner) }, Content = JsonContent.Create(new JsonObject { ["name"] = $"load {number}", ["scopes"] = new JsonArray("identity.*", "jobs.read") }) };
            using var answer = await http.SendAsync(request, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            keys[number] = JsonNode.Parse(text)?["text"]?.ToString() ?? throw new InvalidOperationException(text);
        }
        return keys;
    }
}
