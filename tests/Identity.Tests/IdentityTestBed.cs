using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Rialto.Kernel;
using Rialto.Testing;

namespace Rialto.Identity.Tests;

/// <summary>A database with two organisations, and a server that knows callers by their keys only.</summary>
public abstract class IdentityTestBed : IAsyncLifetime
{
    private TestDatabase test = null!;
    private TestHost host = null!;
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-keys-").FullName;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected Database Database => test.Database;

    private protected TestDatabase Test => test;

    protected Organisation Acme { get; private set; } = null!;

    protected Organisation Other { get; private set; } = null!;

    protected HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        test = await TestDatabase.CreateAsync(IdentityModule.Schema);
        host = await TestHost.StartAsync(test.Database, routes => routes.MapIdentity(), services => services.AddIdentity().AddKernelSettings(RootKeys.Open(Path.Combine(folder, "root.key")), null, _ => null));
        (Acme, Other) = (await Organisations.CreateAsync(Database, "acme", "Acme", Cancel), await Organisations.CreateAsync(Database, "other", "Other", Cancel));
        Client = host.Anonymous();
    }

    protected async Task<NewApiKey> MakeKeyAsync(Organisation of, params string[] scopes)
    {
        await using var session = await Database.BeginAsync(of.Tenant, Cancel);
        var made = await ApiKeys.CreateAsync(session, "test", scopes, 1, Cancel);
        await session.CommitAsync(Cancel);
        return made;
    }

    protected async Task<(int Status, JsonNode? Body)> CallAsync(string? key, HttpMethod method, string path, string? json = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Client.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.DisposeAsync();
        await test.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
