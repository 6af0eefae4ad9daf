using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Repositories.Tests.Connected;
using Rialto.Repositories.Tests.Webhooks;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.GitHub;

/// <summary>One app for all organisations, set by who runs the server.</summary>
public sealed class ServersAppTests(ServersAppTests.Bench bench) : IClassFixture<ServersAppTests.Bench>
{
    [Fact]
    public async Task A_delivery_finds_the_organisation_of_its_installation_and_no_other()
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        bench.GitHub.Repositories[7] = ("acme/shared", true);
        bench.Publish(repository, "acme/shared");
        var (ada, bob) = (bench.NewMember(), bench.NewMember());
        var address = new Uri((await ada.CallAsync(HttpMethod.Post, "/github/installations", status: 201))["url"]!.GetValue<string>());
        using (var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = bench.Host.Anonymous().BaseAddress })
            (await browser.GetAsync($"/hooks/github/setup?installation_id={bench.GitHub.Installation}&setup_action=install&state={address.Query["?state=".Length..]}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await bench.WorkAsync(ada.Tenant);

        var sender = new HookSender(bench.Host.Anonymous(), "/hooks/github", bench.GitHub.WebhookSecret);
        (await sender.GitHubAsync(Push(bench.GitHub.Installation))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        // Not installed here, or not yet: nothing is kept, and GitHub is not told to try again.
        (await sender.GitHubAsync(Push(1))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await sender.GitHubAsync("""{"zen":"Half measures are as bad as nothing at all."}""", "ping")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).Count.ShouldBe(1);
        (await bench.EventsAsync(bob.Tenant, "repositories.pushed")).ShouldBeEmpty();
        // The platform's own session sees whose it is, and can change nothing.
        await using var platform = await bench.Test.Database.BeginAsync(TenantId.Platform, TestContext.Current.CancellationToken);
        (await Dapper.SqlMapper.ExecuteAsync(platform.Connection, "update repositories.installations set state = 'removed'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_servers_secrets_are_not_shown_to_organisations()
    {
        var ada = bench.NewMember();
        var settings = await ada.Client.GetStringAsync("/api/v1/settings", TestContext.Current.CancellationToken);
        settings.ShouldContain("repositories.github_private_key");
        settings.ShouldNotContain("BEGIN RSA");
        settings.ShouldNotContain(bench.GitHub.WebhookSecret);
    }

    [Fact]
    public async Task An_organisation_cannot_have_the_servers_key_sign_for_an_address_of_its_choosing()
    {
        var mallory = bench.NewMember();
        var settings = bench.Host.Services.GetRequiredService<TenantSettings>();
        await using var session = await bench.Test.Database.BeginAsync(mallory.Tenant, TestContext.Current.CancellationToken);
        foreach (var (name, value) in new[] { ("repositories.github_api_url", "https://mallory.example"), ("repositories.github_url", "https://mallory.example"), ("repositories.github_app_id", "1") })
            await settings.SetAsync(session, name, JsonValue.Create(value), TestContext.Current.CancellationToken);
        var app = (await Rialto.Repositories.GitHub.GitHubApp.FindAsync(settings, session, TestContext.Current.CancellationToken))!;
        (app.Id, app.Api.AbsoluteUri, app.Web.AbsoluteUri).ShouldBe(("4711", bench.GitHub.Api + "/", bench.GitHub.Api + "/"));
        // With a key of its own it has its own address, and none of the server's secrets.
        await settings.SetAsync(session, "repositories.github_private_key", JsonValue.Create("mallory's"), TestContext.Current.CancellationToken);
        app = (await Rialto.Repositories.GitHub.GitHubApp.FindAsync(settings, session, TestContext.Current.CancellationToken))!;
        (app.Id, app.Api.AbsoluteUri, app.PrivateKey, app.WebhookSecret, app.ClientSecret).ShouldBe(("1", "https://mallory.example/", "mallory's", "", ""));
    }

    private static string Push(long installation)
    {
        var push = JsonNode.Parse(HookSender.Push("main", null, new string('1', 40), 7))!;
        push["installation"] = new JsonObject { ["id"] = installation };
        return push.ToJsonString();
    }

    public sealed class Bench : PlatformBench
    {
        public GitHubStandIn GitHub { get; private set; } = null!;

        protected override RepositoriesOptions Options => base.Options with { Outgoing = new OutgoingOptions { AllowedHosts = new HashSet<string> { "127.0.0.1" } } };

        protected override async Task BeforeHostAsync() => GitHub = await GitHubStandIn.StartAsync(Git);

        protected override string? Variable(string name) => GitHub.Settings.Select(setting => ("RIALTO_" + setting.Name.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant(), setting.Value)).FirstOrDefault(one => one.Item1 == name).Value;
    }
}
