using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Testing;

namespace Rialto.Kernel.Tests;

/// <summary>The notes module with an audit log that signs, once for a class of tests; each test takes an organisation of its own.</summary>
public sealed class AuditFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-audit-").FullName;

    public TestDatabase Test { get; private set; } = null!;

    public TestHost Host { get; private set; } = null!;

    public RootKeys Roots { get; private set; } = null!;

    public string RootFile => Path.Combine(folder, "root.key");

    public string Checkpoints => Path.Combine(folder, "audit");

    public AuditVerifier Verifier => new(Test.Database, Roots, Checkpoints);

    internal AuditSequencer Sequencer => Host.Services.GetRequiredService<AuditSequencer>();

    internal AuditKeys Keys => Host.Services.GetRequiredService<AuditKeys>();

    public async ValueTask InitializeAsync()
    {
        Roots = RootKeys.Open(RootFile);
        Test = await TestDatabase.CreateAsync(Notes.Schema);
        Host = await TestHost.StartAsync(Test.Database, Notes.Map, services =>
        {
            Notes.Add(services);
            services.AddKernelSettings(Roots, null, _ => null);
            services.AddKernelAudit(Checkpoints);
        });
    }

    /// <summary>An organisation whose log has <paramref name="rows"/> rows, in two checkpoints.</summary>
    public async Task<Organised> LogAsync(int rows)
    {
        var made = New();
        for (var number = 0; number < rows; number++)
        {
            if (number == rows / 2) await SealAsync();
            await made.WriteAsync($"note {number}", number);
        }
        await SealAsync();
        return made;
    }

    public Organised New()
    {
        var tenant = TenantId.New();
        return new Organised(tenant, Host.As($"ada of {tenant}", tenant));
    }

    /// <summary>Everything written so far joins its tree and is signed.</summary>
    public async Task SealAsync()
    {
        await Sequencer.FoldAsync(TestContext.Current.CancellationToken);
        await Sequencer.SignAsync(0, TestContext.Current.CancellationToken);
    }

    /// <summary>What somebody who owns the database server can do.</summary>
    public async Task<int> AsIntruderAsync(string sql, object? parameters = null)
    {
        await using var super = await Test.OpenSuperAsync();
        return await super.ExecuteAsync(sql, parameters);
    }

    public async Task<T> AskAsync<T>(string sql, object? parameters = null)
    {
        await using var super = await Test.OpenSuperAsync();
        return (await super.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Test.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>One organisation and a client of one of its members.</summary>
    public sealed record Organised(TenantId Tenant, HttpClient Client)
    {
        public async Task<JsonNode> WriteAsync(string text, int rank = 1, string? key = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/notes") { Content = new StringContent($$"""{"text":"{{text}}","rank":{{rank}}}""", System.Text.Encoding.UTF8, "application/json") };
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
            request.Headers.UserAgent.ParseAdd("notebook/2");
            return await SendAsync(Client, request);
        }

        public Task<JsonNode> GetAsync(string path) => SendAsync(Client, new HttpRequestMessage(HttpMethod.Get, path));

        public async Task<string> TextAsync(string path) => await Client.GetStringAsync(path, TestContext.Current.CancellationToken);

        public static async Task<JsonNode> SendAsync(HttpClient client, HttpRequestMessage request)
        {
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return text.Length == 0 ? new JsonObject { ["status"] = (int)answer.StatusCode } : JsonNode.Parse(text)!;
        }
    }
}
