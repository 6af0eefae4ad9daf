using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Analysis;
using Rialto.Identity;
using Rialto.Kernel;
using Rialto.Publishing;
using Rialto.Repositories;
using Rialto.Secrets;
using Rialto.Sites;
using Rialto.Testing;

namespace Rialto.Portal.Tests;

/// <summary>The portal on a real server and a real database with one organisation and one site of two releases. One for all tests of a class.</summary>
public sealed class PortalTestBed : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-portal-").FullName;
    private TestDatabase test = null!;
    private TestHost host = null!;
    private int people;

    public Database Database => test.Database;

    public Organisation Acme { get; private set; } = null!;

    /// <summary>Releases of the site lantern, the second is live.</summary>
    public Guid First { get; } = Guid.CreateVersion7();

    public Guid Second { get; } = Guid.CreateVersion7();

    /// <summary>A build of lantern that failed.</summary>
    public Guid FailedBuild { get; } = Guid.CreateVersion7();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        test = await TestDatabase.CreateAsync(IdentityModule.Schema, RepositoriesPlatform.Schema, PublishingModule.Schema);
        host = await TestHost.StartAsync(test.Database, routes =>
        {
            ((IApplicationBuilder)routes).UseSites();
            routes.MapIdentity().MapRepositories().MapPublishing().MapPortal();
        }, Add);
        Acme = await Organisations.CreateAsync(Database, "acme", "Acme", Cancel);
        await MakeSiteAsync("lantern");
    }

    /// <summary>Somebody who has not signed in.</summary>
    public PortalBrowser Stranger() => new(host.Anonymous().BaseAddress!);

    /// <summary>A new member, signed in by a one-time link.</summary>
    public async Task<PortalBrowser> SignInAsync(string role = "owner")
    {
        var email = $"person{Interlocked.Increment(ref people)}@example.org";
        var link = await Operator.MakeLinkAsync(Database, email, Acme, Cancel);
        if (role != "owner")
        {
            await using var super = await test.OpenSuperAsync();
            await super.ExecuteAsync("update identity.members set role = @role where email = @email", new { role, email });
        }
        var browser = Stranger();
        (await browser.PostAsync("/sign-in/link", ("token", link))).Status.ShouldBeRedirect();
        return browser;
    }

    /// <summary>A value of the database, past all walls.</summary>
    public async Task<T> AskAsync<T>(string sql, object? values = null)
    {
        await using var super = await test.OpenSuperAsync();
        return (await super.ExecuteScalarAsync<T>(sql, values))!;
    }

    /// <summary>A site with two releases; the second is live, and one build failed since.</summary>
    public async Task MakeSiteAsync(string name, Guid? first = null, Guid? second = null)
    {
        var (one, two) = (first ?? (name == "lantern" ? First : Guid.CreateVersion7()), second ?? (name == "lantern" ? Second : Guid.CreateVersion7()));
        var manifests = new[] { await ManifestAsync("first words"), await ManifestAsync("second words", "guide.html") };
        await using var session = await Database.BeginAsync(Acme.Tenant, Cancel);
        var site = await session.Connection.ExecuteScalarAsync<Guid>(
            "insert into publishing.sites (name, source, secret, live_release, live_sequence, last_sequence, live_at) values (@name, 'https://github.com/acme/lantern', 'x', @two, 2, 2, now()) returning id", new { name, two });
        foreach (var (id, sequence, manifest) in new[] { (one, 1, manifests[0]), (two, 2, manifests[1]) })
            await session.Connection.ExecuteAsync(
                "insert into publishing.releases (id, site_id, sequence, branch, commit, manifest, files, pages, bytes, theme) values (@id, @site, @sequence, 'main', repeat(@sequence::text, 40), @manifest, 2, 1, 1234567, 'modern-web')",
                new { id, site, sequence, manifest });
        await session.Connection.ExecuteAsync(
            """
            insert into publishing.switches (site_id, release_id, previous_id, reason, actor, at) values (@site, @one, null, 'build', 'x', now() - interval '2 hours'), (@site, @two, @one, 'build', 'x', now() - interval '1 hour');
            insert into publishing.builds (id, site_id, job_id, branch, commit, sequence, state, stages, error_code, error, started_at, finished_at)
            values (@build, @site, uuidv7(), 'main', repeat('3', 40), 3, 'failed', '[{"name":"fetch","milliseconds":12.5,"bytes":2048,"note":"3 files"},{"name":"redact"}]', 'repository.unreadable', 'The <b>repository</b> cannot be read.', now() - interval '5 minutes', now());
            insert into publishing.build_lines (build_id, number, stage, text) values (@build, 1, 'fetch', 'fetch'), (@build, 2, 'fetch', '<script>alert(1)</script>')
            """, new { site, one, two, build = name == "lantern" ? FailedBuild : Guid.CreateVersion7() });
        await session.CommitAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await test.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<string> ManifestAsync(string words, params string[] more)
    {
        var blobs = host.Services.GetRequiredService<IBlobStore>();
        var files = new List<object>();
        foreach (var path in new[] { "index.html" }.Concat(more).Order(StringComparer.Ordinal))
        {
            var bytes = Encoding.UTF8.GetBytes($"<!doctype html><title>{words}</title><p>{words} of {path}");
            files.Add(new { path, blob = (await blobs.PutAsync(new MemoryStream(bytes), Cancel)).Id.Value, bytes = bytes.Length, type = "text/html; charset=utf-8" });
        }
        return (await blobs.PutAsync(new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { policy = "default-src 'self'; frame-ancestors 'self'", files })), Cancel)).Id.Value;
    }

    private void Add(IServiceCollection services) => services.AddIdentity().AddSingleton<IBlobStore>(new DiskBlobStore(Path.Combine(folder, "blobs")))
        .AddKernelSettings(RootKeys.Open(Path.Combine(folder, "root.key")), null, name => name == "RIALTO_IDENTITY__ADDRESS_ATTEMPTS" ? "100000" : null)
        .AddRepositories().AddSingleton(SecretsModule.CreateScanner()).AddSingleton(AnalysisModule.NewAnalyzer()).AddSites().AddPublishing().AddPortal();
}
