using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Testing;

namespace Rialto.Gateway.Tests;

/// <summary>Two nodes with the gateway on one database, and a few operations to call; each test takes organisations and addresses of its own.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-gateway-").FullName;
    private int addresses;

    public TestDatabase Test { get; private set; } = null!;

    public TestHost Host { get; private set; } = null!;

    public TestHost SecondHost { get; private set; } = null!;

    public TenantId HomeTenant { get; } = TenantId.New();

    /// <summary>Opened by tests that hold a call of <c>tries.hold</c> inside.</summary>
    public TaskCompletionSource Hold { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SemaphoreSlim Held { get; } = new(0);

    public async ValueTask InitializeAsync()
    {
        Test = await TestDatabase.CreateAsync(GatewayModule.Schema);
        var roots = RootKeys.Open(Path.Combine(folder, "root.key"));
        Host = await StartAsync(Test.Database, roots);
        SecondHost = await StartAsync(Test.Database, roots);
    }

    public Task<TestHost> StartAsync(Database database, RootKeys? roots = null, params (string Name, string Value)[] settings) => TestHost.StartAsync(database, Map, services =>
    {
        services.AddKernelSettings(roots ?? RootKeys.Open(Path.Combine(folder, "root.key")), null, name => settings.FirstOrDefault(one => one.Name == name).Value);
        services.AddGateway(new Home(_ => Task.FromResult<TenantId?>(HomeTenant)), new OutgoingOptions { AllowedHosts = new HashSet<string> { "127.0.0.1" } });
    });

    /// <summary>A client of a new organisation, by a key.</summary>
    public HttpClient Keyed(out TenantId tenant, params string[] permissions)
    {
        tenant = TenantId.New();
        return Host.As($"key of {tenant}", tenant, permissions);
    }

    /// <summary>An address that no other test uses.</summary>
    public string Address() => $"198.51.100.{Interlocked.Increment(ref addresses)}";

    public static async Task<(int Status, JsonNode? Body, HttpResponseMessage Answer)> Send(HttpClient client, string method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = JsonContent.Create(body, options: JsonSerializerOptions.Web);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null, answer);
    }

    public async Task<T> AskAsync<T>(string sql, object? parameters = null)
    {
        await using var super = await Test.OpenSuperAsync();
        return (await super.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await SecondHost.DisposeAsync();
        await Test.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private void Map(IEndpointRouteBuilder routes)
    {
        ((IApplicationBuilder)routes).UseGateway();
        routes.MapGateway();
        routes.MapGet("/api/v1/tries", () => TypedResults.Ok()).As(new Operation("tries.look", "tries.read", "Answers."));
        routes.MapGet("/api/v1/tries/open", () => TypedResults.Ok()).As(new Operation("tries.open", "tries.read", "Answers anybody.") { IsOpen = true });
        routes.MapGet("/api/v1/tries/sign-in", () => TypedResults.Ok()).As(new Operation("tries.sign_in", "tries.read", "Is like signing in.") { IsOpen = true, MostPerMinute = 100 });
        routes.MapGet("/api/v1/tries/rare", () => TypedResults.Ok()).As(new Operation("tries.rare", "tries.read", "May be called twice a minute.") { MostPerMinute = 2 });
        routes.MapPost("/api/v1/tries/small", async (HttpContext http, Caller caller) => await http.Request.Body.CopyToAsync(caller.Subject.Length > 0 ? Stream.Null : throw new InvalidOperationException())).As(new Operation("tries.small", "tries.write", "Takes little.") { Changes = true, MostBodyBytes = 100 });
        routes.MapPost("/api/v1/tries/read", async (HttpContext http, Caller caller) => await http.Request.Body.CopyToAsync(caller.Subject.Length > 0 ? Stream.Null : throw new InvalidOperationException())).As(new Operation("tries.take", "tries.write", "Takes something.") { Changes = true });
        routes.MapGet("/api/v1/tries/slow", async (CancellationToken cancel) => await Task.Delay(Timeout.Infinite, cancel)).As(new Operation("tries.slow", "tries.read", "Never ends.") { TimeoutSeconds = 0.2 });
        routes.MapGet("/api/v1/tries/old", () => TypedResults.Ok()).As(new Operation("tries.old", "tries.read", "Is on its way out.")
        {
            Deprecated = new Deprecation(DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000), new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), "/api/v1/tries"),
        });
        routes.MapGet("/api/v1/tries/hold", async () =>
        {
            Held.Release();
            await Hold.Task;
        }).As(new Operation("tries.hold", "tries.read", "Waits until it is let go."));
        routes.MapGet("/outside", () => "not of the interface").ExcludeFromDescription();
    }
}
