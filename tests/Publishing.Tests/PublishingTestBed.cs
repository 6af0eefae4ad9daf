using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Analysis;
using Rialto.Kernel;
using Rialto.Repositories;
using Rialto.Secrets;
using Rialto.Sites;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

/// <summary>The module on a real server, a real database and a real blob store, with ways to make releases without building.</summary>
public abstract class PublishingTestBed : IAsyncLifetime
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("rialto-publishing-").FullName;

    protected TestDatabase Test { get; private set; } = null!;

    protected TestHost Host { get; private set; } = null!;

    protected TenantId AdasTenant { get; } = TenantId.New();

    protected HttpClient Ada { get; private set; } = null!;

    protected HttpClient Visitor { get; private set; } = null!;

    protected IBlobStore Blobs { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Test = await MakeDatabaseAsync();
        Blobs = new DiskBlobStore(Path.Combine(Folder, "blobs"));
        Host = await StartHostAsync(Test.Database);
        Ada = Host.As("ada", AdasTenant);
        Visitor = Anonymous(Host);
    }

    /// <summary>A database on the server that all tests share.</summary>
    protected virtual Task<TestDatabase> MakeDatabaseAsync() => TestDatabase.CreateAsync(Schemas);

    /// <summary>Of the module and those it stands on.</summary>
    protected static SchemaSource[] Schemas => [RepositoriesPlatform.Schema, PublishingModule.Schema];

    public virtual async ValueTask DisposeAsync()
    {
        Ada.Dispose();
        Visitor.Dispose();
        await Host.DisposeAsync();
        await Test.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    protected Task<TestHost> StartHostAsync(Database database) => TestHost.StartAsync(database, routes =>
    {
        ((IApplicationBuilder)routes).UseSites();
        routes.MapRepositories();
        routes.MapPublishing();
    }, Add, configure: Configure);

    /// <summary>More addresses to listen at; null for one.</summary>
    protected virtual Action<WebApplicationBuilder>? Configure => null;

    protected virtual void Add(IServiceCollection services) => services.AddSingleton(Blobs)
        .AddKernelSettings(RootKeys.Open(Path.Combine(Folder, "root.key")), null, _ => null).AddRepositories().AddSingleton(SecretsModule.CreateScanner()).AddSingleton(AnalysisModule.NewAnalyzer()).AddSites()
        .AddPublishing(new PublishingOptions { BaseDomain = "sites.test" });

    internal T Service<T>() where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>A client that neither follows redirects nor unpacks.</summary>
    protected static HttpClient Anonymous(TestHost host) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Anonymous().BaseAddress };

    /// <summary>A site without a build.</summary>
    internal async Task<SiteInfo> Site(string name = "lantern", string source = "acme/lantern")
    {
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        var site = await CreateSiteOperation.CreateAsync(session, name, source, null, null, Cancel);
        await session.CommitAsync(Cancel);
        return site;
    }

    /// <summary>A release with these files, not yet live.</summary>
    internal async Task<Guid> Release(SiteInfo site, long sequence, params (string Path, string Text)[] files)
    {
        await using var output = new ReleaseOutput(Blobs);
        foreach (var (path, text) in files) await output.WriteAsync(path, Encoding.UTF8.GetBytes(text), Cancel);
        var manifest = await output.FinishAsync();
        var release = new NewRelease
        {
            Site = site.Id, Sequence = sequence, Branch = "main", Commit = $"{sequence:x40}", Manifest = (await ReleaseManifest.PutAsync(Blobs, manifest, Cancel)).Value, Files = files.Length, Pages = 1,
            Bytes = manifest.Files.Sum(file => file.Bytes), Theme = "plain",
        };
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        await release.InsertAsync(session, Cancel);
        await session.CommitAsync(Cancel);
        return release.Id;
    }

    /// <summary>Ends a build: the release goes live when it may.</summary>
    internal async Task<string> EndBuild(SiteInfo site, Guid release, long sequence)
    {
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        var outcome = await Service<GoLive>().ByBuildAsync(session, site.Id, release, sequence, Cancel);
        await session.CommitAsync(Cancel);
        return outcome;
    }

    /// <summary>A site that is live with these files.</summary>
    internal async Task<SiteInfo> Live(params (string Path, string Text)[] files)
    {
        var site = await Site();
        (await EndBuild(site, await Release(site, 1, files), 1)).ShouldBe("live");
        return site;
    }

    protected async Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers) => await Send(HttpMethod.Get, path, headers);

    protected async Task<HttpResponseMessage> Send(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            if (name == "Host") request.Headers.Host = value;
            else request.Headers.TryAddWithoutValidation(name, value);
        return await Visitor.SendAsync(request, Cancel);
    }

    protected static async Task<string> Text(HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync(Cancel);

    protected async Task<JsonNode> Call(HttpMethod method, string path, object? body = null, int status = 200)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/publishing/" + path);
        if (body is not null) request.Content = JsonContent.Create(body, options: JsonSerializerOptions.Web);
        using var answer = await Ada.SendAsync(request, Cancel);
        var words = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBe(status, words);
        return JsonNode.Parse(words)!;
    }

    protected async Task<IReadOnlyList<string>> Events(string name)
    {
        await using var super = await Test.OpenSuperAsync();
        return (await super.QueryAsync<string>("select data::text from kernel.events where name = @name order by position", new { name })).AsList();
    }

    protected async Task<T> Ask<T>(string sql)
    {
        await using var super = await Test.OpenSuperAsync();
        return (await super.ExecuteScalarAsync<T>(sql))!;
    }
}
