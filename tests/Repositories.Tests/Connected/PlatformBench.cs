using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Connected;

/// <summary>The platform side on a real server and database, beside a Git host of this machine. One for a class of tests; each test is an organisation of its own.</summary>
public class PlatformBench : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-platform-").FullName;

    public GitHost Git { get; private set; } = null!;

    public TestDatabase Test { get; private set; } = null!;

    public TestHost Host { get; private set; } = null!;

    /// <summary>A flood in one test is not the next one's, so the limit is out of the way unless a test is about it.</summary>
    protected virtual RepositoriesOptions Options => new() { Limits = () => new SourceLimits { AllowPrivateHosts = true }, CaFile = Git.CaFile, Folder = folder, MostDeliveriesPerMinute = 10_000, LooksByItself = false };

    /// <summary>Starts what stands beside the platform.</summary>
    protected virtual Task BeforeHostAsync() => Task.CompletedTask;

    /// <summary>What who runs the server has set.</summary>
    protected virtual string? Variable(string name) => null;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Git = await GitHost.StartAsync();
        await BeforeHostAsync();
        Test = await TestDatabase.CreateAsync(RepositoriesPlatform.Schema);
        Host = await TestHost.StartAsync(Test.Database, routes => routes.MapRepositories(), services => services
            .AddKernelSettings(RootKeys.Open(Path.Combine(folder, "root.key")), null, Variable)
            .AddSingleton<IBlobStore>(new DiskBlobStore(Path.Combine(folder, "blobs"))).AddRepositories(Options));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Test.DisposeAsync();
        await Git.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Runs a node until nothing of the organisation waits or runs.</summary>
    public async Task WorkAsync(TenantId tenant)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = new JobRunner(Test.Database, Host.Services.GetServices<JobHandler>(), Host.Services).RunAsync(stop.Token);
        while (await AskAsync<long>("select count(*) from kernel.jobs where tenant_id = @tenant and state in ('waiting', 'running')", new { tenant = tenant.Value }) > 0) await Task.Delay(20, Cancel);
        await stop.CancelAsync();
        await running;
    }

    /// <summary>A new organisation's owner.</summary>
    public Member NewMember(params string[] permissions)
    {
        var tenant = TenantId.New();
        return new Member(tenant, Host.As(tenant.ToString(), tenant, permissions));
    }

    /// <summary>A public repository on the Git host; its address.</summary>
    public string Publish(TestRepository repository, string path)
    {
        Git.Publish(repository, path + ".git");
        return Git.Url(path);
    }

    public async Task<IReadOnlyList<string>> EventsAsync(TenantId tenant, string name)
    {
        await using var super = await Test.OpenSuperAsync();
        return (await super.QueryAsync<string>("select data::text from kernel.events where tenant_id = @tenant and name = @name order by transaction, position", new { tenant = tenant.Value, name })).AsList();
    }

    public async Task<T> AskAsync<T>(string sql, object? parameters = null)
    {
        await using var super = await Test.OpenSuperAsync();
        return (await super.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    /// <summary>Somebody of an organisation, with a client.</summary>
    public sealed record Member(TenantId Tenant, HttpClient Client)
    {
        public async Task<JsonNode> CallAsync(HttpMethod method, string path, object? body = null, int status = 200)
        {
            using var request = new HttpRequestMessage(method, "/api/v1/repositories" + path);
            if (body is not null) request.Content = JsonContent.Create(body, options: JsonSerializerOptions.Web);
            using var answer = await Client.SendAsync(request, Cancel);
            var words = await answer.Content.ReadAsStringAsync(Cancel);
            ((int)answer.StatusCode).ShouldBe(status, words);
            return words.Length > 0 ? JsonNode.Parse(words)! : new JsonObject();
        }

        public Task<JsonNode> ConnectAsync(string source, int status = 201) => CallAsync(HttpMethod.Post, "", new { source }, status);

        public async Task<string> RefusedAsync(object body, int status) => (await CallAsync(HttpMethod.Post, "", body, status))["code"]!.GetValue<string>();
    }
}
