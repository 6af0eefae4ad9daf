using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Repositories.Tests.Webhooks;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.GitHub;

public sealed class InstallingTests(GitHubBench bench) : IClassFixture<GitHubBench>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly string One = new('1', 40);

    [Fact]
    public async Task An_installed_app_brings_the_repositories_that_were_selected_and_reads_private_ones()
    {
        await using var github = await GitHubStandIn.StartAsync(bench.Git);
        var address = Offer(github, 7, "acme/vault", isPrivate: true);
        Offer(github, 8, "acme/open", isPrivate: false);

        var ada = await bench.InstalledAsync(github);

        var items = (await ada.CallAsync(HttpMethod.Get, "?sort=name"))["items"]!.AsArray();
        items.Select(item => (Text(item!, "name"), Text(item!, "kind"), Text(item!, "provider"), item!["isPrivate"]!.GetValue<bool>())).ShouldBe([("open", "app", "github", false), ("vault", "app", "github", true)]);
        await using var tree = await bench.Host.Services.GetRequiredService<IConnectedRepositories>().OpenAsync(ada.Tenant, address, cancel: Cancel);
        tree.Find("a.txt").ShouldNotBeNull();
        // Nothing is asked for twice that is still good.
        await using var again = await bench.Host.Services.GetRequiredService<IConnectedRepositories>().OpenAsync(ada.Tenant, address, cancel: Cancel);
        github.Asked.Count(asked => asked.EndsWith("/access_tokens", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_state_holds_once_and_only_as_it_was_given()
    {
        await using var github = await GitHubStandIn.StartAsync(bench.Git);
        var ada = await bench.MemberOfAsync(github);
        var state = await GitHubBench.BeginAsync(ada);
        foreach (var wrong in new[] { "", "x", state[..^1] + (state[^1] == 'A' ? 'B' : 'A'), state.Replace(ada.Tenant.Value.ToString("N"), Guid.NewGuid().ToString("N")), ada.Tenant.Value.ToString("N") + "." })
            (await bench.ComeBackAsync(wrong, github.Installation)).Words.ShouldContain("github.state_unknown");
        (await bench.ComeBackAsync(state, github.Installation)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await bench.ComeBackAsync(state, github.Installation)).Words.ShouldContain("github.state_unknown");
    }

    [Fact]
    public async Task An_installation_that_was_there_before_is_not_given_to_whoever_names_its_number()
    {
        await using var github = await GitHubStandIn.StartAsync(bench.Git);
        github.InstalledAt = DateTimeOffset.UtcNow.AddMinutes(-10);
        var mallory = await bench.MemberOfAsync(github);
        (await bench.ComeBackAsync(await GitHubBench.BeginAsync(mallory), github.Installation)).Words.ShouldContain("github.not_proved");
        await bench.WorkAsync(mallory.Tenant);
        (await mallory.CallAsync(HttpMethod.Get, ""))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task With_a_client_secret_the_user_proves_to_have_the_installation()
    {
        await using var github = await GitHubStandIn.StartAsync(bench.Git);
        github.InstalledAt = DateTimeOffset.UtcNow.AddDays(-10);
        github.User = ("good-code", [1, github.Installation]);
        var ada = await bench.MemberOfAsync(github, ("repositories.github_client_id", "Iv1"), ("repositories.github_client_secret", "client-secret-of-the-stand-in"));
        (await bench.ComeBackAsync(await GitHubBench.BeginAsync(ada), github.Installation)).Words.ShouldContain("github.not_proved");
        (await bench.ComeBackAsync(await GitHubBench.BeginAsync(ada), github.Installation, "&code=wrong")).Words.ShouldContain("github.not_proved");
        (await bench.ComeBackAsync(await GitHubBench.BeginAsync(ada), github.Installation, "&code=good-code")).Status.ShouldBe(HttpStatusCode.Redirect);
        github.User = ("good-code", [1, 2]);
        (await bench.ComeBackAsync(await GitHubBench.BeginAsync(ada), github.Installation, "&code=good-code")).Words.ShouldContain("github.not_proved");
    }

    [Fact]
    public async Task One_installation_belongs_to_one_organisation()
    {
        await using var github = await GitHubStandIn.StartAsync(bench.Git);
        await bench.InstalledAsync(github);
        var bob = await bench.MemberOfAsync(github);
        (await bench.ComeBackAsync(await GitHubBench.BeginAsync(bob), github.Installation)).Words.ShouldContain("github.installation_taken");
    }

    [Fact]
    public async Task Rights_that_are_missing_and_an_app_for_all_repositories_are_refused()
    {
        await using var github = await GitHubStandIn.StartAsync(bench.Git);
        var ada = await bench.MemberOfAsync(github);
        github.Selection = "all";
        (await bench.ComeBackAsync(await GitHubBench.BeginAsync(ada), github.Installation)).Words.ShouldContain("github.selected_only");
        github.Selection = "selected";
        github.Granted = new JsonObject { ["metadata"] = "read" };
        (await bench.ComeBackAsync(await GitHubBench.BeginAsync(ada), github.Installation)).Words.ShouldContain("github.permission_missing");
    }

    [Fact]
    public async Task Without_an_app_or_with_a_broken_key_it_is_said_what_to_set()
    {
        Text(await bench.NewMember().CallAsync(HttpMethod.Post, "/github/installations", status: 409), "code").ShouldBe("github.app_missing");
        await using var github = await GitHubStandIn.StartAsync(bench.Git);
        var ada = await bench.MemberOfAsync(github, ("repositories.github_private_key", "no key at all"));
        (await bench.ComeBackAsync(await GitHubBench.BeginAsync(ada), github.Installation)).Words.ShouldContain("github.key_invalid");
    }

    [Fact]
    public async Task A_push_to_the_app_is_told_of_the_right_repository_and_only_when_it_is_proved()
    {
        await using var github = await GitHubStandIn.StartAsync(bench.Git);
        Offer(github, 17, "acme/first", isPrivate: true);
        Offer(github, 18, "acme/second", isPrivate: true);
        var ada = await bench.InstalledAsync(github);
        var sender = new HookSender(bench.Host.Anonymous(), $"/hooks/github/{ada.Tenant.Value:N}", github.WebhookSecret);
        (await sender.GitHubAsync(Push(github, 18))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await sender.GitHubAsync(Push(github, 99))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await new HookSender(bench.Host.Anonymous(), $"/hooks/github/{ada.Tenant.Value:N}", "another").GitHubAsync(Push(github, 17))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        // The server has no app of its own here, and another organisation does not know the installation.
        (await new HookSender(bench.Host.Anonymous(), "/hooks/github", github.WebhookSecret).GitHubAsync(Push(github, 17))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var bob = await bench.MemberOfAsync(github);
        (await new HookSender(bench.Host.Anonymous(), $"/hooks/github/{bob.Tenant.Value:N}", github.WebhookSecret).GitHubAsync(Push(github, 17))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).ShouldHaveSingleItem().ShouldContain("/acme/second");
        (await bench.EventsAsync(bob.Tenant, "repositories.pushed")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_changes_on_GitHub_changes_here()
    {
        await using var github = await GitHubStandIn.StartAsync(bench.Git);
        Offer(github, 27, "acme/stays", isPrivate: true);
        var leaves = Offer(github, 28, "acme/leaves", isPrivate: true);
        var ada = await bench.InstalledAsync(github);
        var sender = new HookSender(bench.Host.Anonymous(), $"/hooks/github/{ada.Tenant.Value:N}", github.WebhookSecret);

        github.Repositories.TryRemove(28, out _);
        Offer(github, 29, "acme/comes", isPrivate: false);
        await sender.GitHubAsync(News(github, "removed"), "installation_repositories");
        await bench.WorkAsync(ada.Tenant);
        (await States(ada)).ShouldBe([("comes", "connected"), ("leaves", "suspended"), ("stays", "connected")]);
        (await Should.ThrowAsync<Refusal>(bench.Host.Services.GetRequiredService<IConnectedRepositories>().OpenAsync(ada.Tenant, leaves, cancel: Cancel))).Code.ShouldBe("repositories.suspended");

        await sender.GitHubAsync(News(github, "suspend"), "installation");
        await bench.WorkAsync(ada.Tenant);
        (await States(ada)).ShouldAllBe(one => one.State == "suspended");
        await sender.GitHubAsync(News(github, "unsuspend"), "installation");
        await bench.WorkAsync(ada.Tenant);
        (await States(ada)).ShouldBe([("comes", "connected"), ("leaves", "suspended"), ("stays", "connected")]);
        await sender.GitHubAsync(News(github, "deleted"), "installation");
        await bench.WorkAsync(ada.Tenant);
        (await States(ada)).ShouldAllBe(one => one.State == "suspended");
        // Gone: nobody's any more.
        (await sender.GitHubAsync(Push(github, 27))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_look_at_a_repository_of_the_app_asks_GitHub_by_GraphQL()
    {
        await using var github = await GitHubStandIn.StartAsync(bench.Git);
        Offer(github, 37, "acme/asked", isPrivate: true);
        var ada = await bench.InstalledAsync(github);
        var id = Text((await ada.CallAsync(HttpMethod.Get, ""))["items"]![0]!, "id");
        await ada.CallAsync(HttpMethod.Post, $"/{id}/look", status: 202);
        await bench.WorkAsync(ada.Tenant);
        github.Asked.ShouldContain("POST /graphql");
        var head = bench.Git.Branches("acme/asked.git").Single().Commit;
        Text(await ada.CallAsync(HttpMethod.Get, "/" + id), "headCommit").ShouldBe(head);
    }

    [Fact]
    public async Task GitHubs_own_failures_are_tried_again_and_its_limits_are_kept()
    {
        await using var github = await GitHubStandIn.StartAsync(bench.Git);
        Offer(github, 47, "acme/limits", isPrivate: true);
        var ada = await bench.MemberOfAsync(github);
        var state = await GitHubBench.BeginAsync(ada);
        var failures = 0;
        github.Trouble = context => Fail(context, 502, Interlocked.Increment(ref failures) <= 2);
        (await bench.ComeBackAsync(state, github.Installation)).Status.ShouldBe(HttpStatusCode.Redirect);
        failures.ShouldBe(3);

        // The synchronising job is told to wait an hour, and waits instead of asking again.
        github.Trouble = context => Fail(context, 403, true, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", DateTimeOffset.UtcNow.AddMinutes(30).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var before = github.Asked.Count;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = new JobRunner(bench.Test.Database, bench.Host.Services.GetServices<JobHandler>(), bench.Host.Services).RunAsync(stop.Token);
        while (await bench.AskAsync<long>("select count(*) from kernel.jobs where tenant_id = @tenant and state = 'waiting' and attempts = 1 and run_at > now() + interval '20 minutes'", new { tenant = ada.Tenant.Value }) == 0) await Task.Delay(20, Cancel);
        await stop.CancelAsync();
        await running;
        (github.Asked.Count - before).ShouldBe(1);
    }

    private static bool Fail(HttpContext context, int status, bool fails, params (string Name, string Value)[] headers)
    {
        if (!fails) return false;
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return true;
    }

    private string Offer(GitHubStandIn github, long number, string path, bool isPrivate)
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        github.Repositories[number] = (path, isPrivate);
        return bench.Publish(repository, path);
    }

    private static string Push(GitHubStandIn github, long repository)
    {
        var push = JsonNode.Parse(HookSender.Push("main", null, One, repository))!;
        push["installation"] = new JsonObject { ["id"] = github.Installation };
        return push.ToJsonString();
    }

    private static string News(GitHubStandIn github, string action) => new JsonObject { ["action"] = action, ["installation"] = new JsonObject { ["id"] = github.Installation, ["permissions"] = github.Granted.DeepClone() } }.ToJsonString();

    private static async Task<IReadOnlyList<(string Name, string State)>> States(GitHubBench.Member member) =>
        [.. (await member.CallAsync(HttpMethod.Get, "?sort=name"))["items"]!.AsArray().Select(item => (Text(item!, "name"), Text(item!, "state")))];

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
