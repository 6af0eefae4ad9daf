using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rialto.Identity;
using Rialto.Kernel;

namespace Rialto.Bench;

/// <summary>
/// Signing in over HTTP on one node with its database: by password, where the slow hash is the price meant to be paid, and the same hashes alone; and
/// requests of somebody who is signed in. The ratio says what everything around the hash costs: throttle, session, events, audit.
/// </summary>
internal sealed class IdentityBench : IBench
{
    private const int People = 8, SignIns = 64, Requests = 4_000, AtOnce = 8, Rounds = 210_000;
    private const string Password = "four words nobody joined";

    public string Name => "identity";

    public string Summary => "how many people sign in in a second, and how fast a session is recognised";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        var folder = Path.Combine(Path.GetTempPath(), "rialto-bench-identity-" + Environment.ProcessId);
        Directory.CreateDirectory(folder);
        try
        {
            await using var database = await Database.StartAsync(Path.Combine(folder, "postgres"), [IdentityModule.Schema], cancel: cancel);
            await using var node = await StartAsync(database, folder, cancel);
            var address = new Uri(node.Urls.First());
            using var client = await PrepareAsync(database, address, cancel);
            var sides = await bench.CompareAsync(rounds: 3, [
                new Side("hashes alone", token => TimeAsync(SignIns, _ => Task.Run(() => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Password), new byte[32], Rounds, HashAlgorithmName.SHA512, 64), token))),
                new Side("sign-ins by password", token => TimeAsync(SignIns, number => SignInAsync(address, number, token))),
                new Side("requests with a session", token => TimeAsync(Requests, async _ => (await client.GetAsync("/api/v1/identity/who", token)).EnsureSuccessStatusCode().Dispose())),
            ], cancel);
            bench.Value("sign-ins a second", SignIns / sides["sign-ins by password"].MedianSeconds, "1/s");
            bench.Value("requests with a session a second", Requests / sides["requests with a session"].MedianSeconds, "1/s");
            bench.Ratio(sides, "sign-ins by password", "hashes alone");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<WebApplication> StartAsync(Database database, string folder, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRouting(routing => routing.SetParameterPolicy<Microsoft.AspNetCore.Routing.Constraints.RegexInlineRouteConstraint>("regex"));
        // Everybody comes from one address here; its own limits would be measured otherwise.
        builder.Services.AddKernel(database, new OperationOptions { MostPerMinute = 10_000_000 });
        builder.Services.AddIdentity();
        builder.Services.AddMail(Path.Combine(folder, "mail"));
        builder.Services.AddKernelSettings(RootKeys.Open(Path.Combine(folder, "root.key")), null, name => name == "RIALTO_IDENTITY__ADDRESS_ATTEMPTS" ? "100000" : null);
        var node = builder.Build();
        node.Urls.Add("http://127.0.0.1:0");
        node.MapKernel();
        node.MapIdentity();
        await node.StartAsync(cancel);
        return node;
    }

    // People with a password each; returns the first one's client, signed in.
    private static async Task<HttpClient> PrepareAsync(Database database, Uri address, CancellationToken cancel)
    {
        var home = await Organisations.CreateAsync(database, "bench", "Bench", cancel);
        HttpClient? first = null;
        for (var number = 0; number < People; number++)
        {
            var client = new HttpClient { BaseAddress = address };
            var secret = await Operator.MakeLinkAsync(database, EmailOf(number), home, cancel);
            using (var answer = await client.PostAsJsonAsync("/api/v1/identity/sign-in/link", new Dictionary<string, string> { ["token"] = secret }, cancel)) answer.EnsureSuccessStatusCode();
            var who = await client.GetFromJsonAsync<Dictionary<string, System.Text.Json.JsonElement>>("/api/v1/identity/who", cancel);
            client.DefaultRequestHeaders.Add("X-Rialto-Csrf", who!["csrfToken"].GetString());
            using (var answer = await client.PutAsJsonAsync("/api/v1/identity/account/password", new Dictionary<string, string> { ["password"] = Password }, cancel)) answer.EnsureSuccessStatusCode();
            if (first is null) first = client;
            else client.Dispose();
        }
        return first!;
    }

    private static async Task SignInAsync(Uri address, int number, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var answer = await client.PostAsJsonAsync("/api/v1/identity/sign-in", new Dictionary<string, string> { ["email"] = EmailOf(number % People), ["password"] = Password }, cancel);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<Sample> TimeAsync(int count, Func<int, Task> one)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number < count) await one(number);
        }));
        return new Sample(clock.Elapsed.TotalSeconds);
    }

    private static string EmailOf(int number) => $"person{number}@example.org";
}
