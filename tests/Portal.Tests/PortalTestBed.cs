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
    // What the site was found to be: asked for two hours, one outage, two findings, a domain without its record; and its repository.
    private const string Health =
        """
        ;
        insert into publishing.uptime (site_id, is_up, since, status, milliseconds, checked_at) values (@site, true, now() - interval '3 days', 200, 12, now());
        insert into publishing.uptime_hours (site_id, hour, probes, failures, total_milliseconds, longest_milliseconds) values (@site, now() - interval '1 hour', 60, 3, 900, 80), (@site, now() - interval '2 hours', 60, 0, 600, 20);
        insert into publishing.outages (site_id, began_at, ended_at, reason) values (@site, now() - interval '1 hour', now() - interval '57 minutes', 'It answered 503.');
        insert into publishing.checks (site_id, release_id, problems, front_bytes, report) values (@site, @two, 2, 45678, jsonb_build_object('release', @two, 'pages', 2, 'pagesChecked', 2, 'links', 9, 'frontBytes', 45678,
          'heaviestPage', 'index.html', 'heaviestBytes', 45678, 'problems', '{"link.broken": 21}'::jsonb, 'findings', '[{"rule": "link.broken", "page": "guide.html", "detail": "<i>docs/gone.md</i> is not there; take the link out."}]'::jsonb));
        insert into publishing.domains (site_id, name, token, error) values (@site, 'docs.example.org', 'abc123', 'The record was not found.');
        insert into repositories.repositories (id, kind, provider, source, owner, name, web_url, default_branch, hook_secret, head_commit)
        values (@Repository, 'url', 'github', 'https://github.com/acme/lantern', 'acme', 'lantern', 'https://github.com/acme/lantern', 'main', 'x', repeat('2', 40))
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("rialto-portal-").FullName;
    private TestDatabase test = null!;
    private TestHost host = null!;
    private int people;

    public Database Database => test.Database;

    public Organisation Acme { get; private set; } = null!;

    /// <summary>Releases of the site lantern, the second is live.</summary>
    public Guid First { get; } = Guid.CreateVersion7();

    public Guid Second { get; } = Guid.CreateVersion7();

    /// <summary>What lantern is made of.</summary>
    public Guid Repository { get; } = Guid.CreateVersion7();

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
            """ + (name == "lantern" ? Health : ""), new { site, one, two, Repository, build = name == "lantern" ? FailedBuild : Guid.CreateVersion7() });
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
        .AddRepositories().AddSingleton(SecretsModule.CreateScanner()).AddSingleton(AnalysisModule.NewAnalyzer()).AddSites().AddPublishing().AddPortal().AddKernelAudit(Path.Combine(folder, "audit"));
}
