using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Rialto.Repositories.Tests.Connected;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Webhooks;

public sealed class HookEndpointTests(PlatformBench bench) : IClassFixture<PlatformBench>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly string One = new('1', 40), Two = new('2', 40), Three = new('3', 40);

    [Fact]
    public async Task A_push_is_taken_told_once_and_listed()
    {
        var (ada, id, sender) = await ConnectedAsync("acme/told");
        (await sender.GitHubAsync(HookSender.Push("main", null, One))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).ShouldHaveSingleItem().ShouldContain(One);
        var delivery = (await ada.CallAsync(HttpMethod.Get, $"/{id}/deliveries"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        (Text(delivery, "state"), Text(delivery, "branch"), Text(delivery, "commit")).ShouldBe(("done", "main", One));
        Text(await ada.CallAsync(HttpMethod.Get, "/" + id), "headCommit").ShouldBe(One);
        // What was read is not kept.
        (await bench.AskAsync<long>("select count(*) from repositories.deliveries where tenant_id = @tenant and body is not null", new { tenant = ada.Tenant.Value })).ShouldBe(0);
    }

    [Fact]
    public async Task A_delivery_that_comes_again_is_known_and_the_same_bytes_under_another_name_as_well()
    {
        var (ada, _, sender) = await ConnectedAsync("acme/again");
        var body = HookSender.Push("main", null, One);
        (await Words(await sender.GitHubAsync(body, delivery: "first"))).ShouldBe("taken");
        (await Words(await sender.GitHubAsync(body, delivery: "first"))).ShouldBe("known already");
        (await Words(await sender.GitHubAsync(body, delivery: "relabelled"))).ShouldBe("known already");
        await bench.WorkAsync(ada.Tenant);
        (await Words(await sender.GitHubAsync(body, delivery: "first"))).ShouldBe("known already");
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Five_hundred_pushes_before_they_are_read_are_told_as_one_the_last()
    {
        var (ada, _, sender) = await ConnectedAsync("acme/burst");
        string? before = null;
        for (var number = 1; number <= 500; number++)
        {
            var after = number.ToString("x40", System.Globalization.CultureInfo.InvariantCulture);
            (await sender.GitHubAsync(HookSender.Push("main", before, after))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
            before = after;
        }
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).ShouldHaveSingleItem().ShouldContain(before!);
        (await bench.AskAsync<long>("select count(*) from kernel.jobs where tenant_id = @tenant and kind = 'repositories.take_deliveries'", new { tenant = ada.Tenant.Value })).ShouldBe(1);
    }

    [Fact]
    public async Task A_push_that_a_later_one_has_overtaken_is_not_told_and_a_branch_set_back_is()
    {
        var (ada, id, sender) = await ConnectedAsync("acme/overtaken");
        await sender.GitHubAsync(HookSender.Push("main", Two, Three));
        await bench.WorkAsync(ada.Tenant);
        await sender.GitHubAsync(HookSender.Push("main", One, Two));
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).ShouldHaveSingleItem().ShouldContain(Three);
        (await ada.CallAsync(HttpMethod.Get, $"/{id}/deliveries"))["items"]![0]!["words"]!.GetValue<string>().ShouldBe("overtaken by a later push");

        await sender.GitHubAsync(HookSender.Push("main", Three, Two));
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed"))[^1].ShouldContain(Two);
        await sender.GitHubAsync(HookSender.Push("main", Two, Three));
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed"))[^1].ShouldContain(Three);
    }

    [Fact]
    public async Task A_deleted_branch_is_told_and_other_events_are_passed_over()
    {
        var (ada, id, sender) = await ConnectedAsync("acme/deleted");
        await sender.GitHubAsync(HookSender.Push("bold", null, One));
        await sender.GitHubAsync("""{"zen":"Keep it logically awesome."}""", "ping");
        await sender.GitHubAsync("""{"ref":"refs/tags/v1","before":"x","after":"y"}""");
        await sender.GitHubAsync("not json at all");
        await bench.WorkAsync(ada.Tenant);
        await sender.GitHubAsync(HookSender.Push("bold", One, null));
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.branch_deleted")).ShouldHaveSingleItem().ShouldContain("bold");
        var states = (await ada.CallAsync(HttpMethod.Get, $"/{id}/deliveries?sort=receivedAt"))["items"]!.AsArray().Select(delivery => Text(delivery!, "state"));
        states.ShouldBe(["done", "ignored", "ignored", "failed", "done"]);
    }

    [Fact]
    public async Task Forgejo_Gitea_and_GitLab_are_heard_as_well()
    {
        var (ada, _, sender) = await ConnectedAsync("acme/dialects");
        var secret = Secret(await RenewedAsync(ada));
        sender = new HookSender(bench.Host.Anonymous(), await bench.AskAsync<string>("select '/hooks/' || replace(tenant_id::text, '-', '') || '/' || replace(id::text, '-', '') from repositories.repositories where tenant_id = @tenant", new { tenant = ada.Tenant.Value }), secret);
        var push = Encoding.UTF8.GetBytes(HookSender.Push("gitea", null, One));
        await Taken(sender.SendAsync(push, "application/json", ("X-Gitea-Event", "push"), ("X-Gitea-Delivery", "g1"), ("X-Gitea-Signature", Mac(secret, push)), ("X-GitHub-Event", "push"), ("X-GitHub-Delivery", "g1"), ("X-Hub-Signature-256", "sha256=" + Mac(secret, push))));
        push = Encoding.UTF8.GetBytes(HookSender.Push("forgejo", null, Two));
        await Taken(sender.SendAsync(push, "application/json; charset=utf-8", ("X-Forgejo-Event", "push"), ("X-Forgejo-Delivery", "f1"), ("X-Forgejo-Signature", Mac(secret, push))));
        push = Encoding.UTF8.GetBytes(HookSender.Push("gitlab", null, Three));
        await Taken(sender.SendAsync(push, "application/json", ("X-Gitlab-Event", "Push Hook"), ("X-Gitlab-Event-UUID", "l1"), ("X-Gitlab-Token", secret)));
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Nothing_is_kept_of_what_is_not_proved_and_a_hook_that_is_not_there_answers_alike()
    {
        var (ada, id, sender) = await ConnectedAsync("acme/unproved");
        var body = HookSender.Push("main", null, One);
        var wrong = await sender.GitHubAsync(body, signature: "sha256=" + new string('0', 64));
        var nowhere = await new HookSender(bench.Host.Anonymous(), $"/hooks/{ada.Tenant.Value:N}/{Guid.NewGuid():N}", "x").GitHubAsync(body);
        var stranger = await new HookSender(bench.Host.Anonymous(), $"/hooks/{Guid.NewGuid():N}/{id}", "x").GitHubAsync(body);
        foreach (var answer in new[] { wrong, nowhere, stranger })
        {
            ((int)answer.StatusCode).ShouldBe(401);
            (await Words(answer)).ShouldBe(await Words(wrong));
        }
        (await ada.CallAsync(HttpMethod.Get, $"/{id}/deliveries"))["items"]!.AsArray().ShouldBeEmpty();
        // The old secret ends when the hook is renewed.
        await ada.CallAsync(HttpMethod.Post, $"/{id}/hook");
        ((int)(await sender.GitHubAsync(body)).StatusCode).ShouldBe(401);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", 415, "hooks.not_json")]
    [InlineData("text/plain", 415, "hooks.not_json")]
    [InlineData("application/jsonp", 415, "hooks.not_json")]
    public async Task Only_json_is_taken(string type, int status, string code)
    {
        var (_, _, sender) = await ConnectedAsync("acme/types" + Guid.NewGuid().ToString("N")[..6]);
        var answer = await sender.GitHubAsync(HookSender.Push("main", null, One), type: type);
        ((int)answer.StatusCode).ShouldBe(status);
        (await Words(answer)).ShouldContain(code);
    }

    [Fact]
    public async Task Ten_megabytes_are_taken_and_a_byte_more_is_not()
    {
        var (_, _, sender) = await ConnectedAsync("acme/large");
        const int Most = 10 * 1024 * 1024;
        var frame = HookSender.Push("main", null, One)[..^1] + ",\"padding\":\"";
        var most = frame + new string('x', Most - frame.Length - 2) + "\"}";
        Encoding.UTF8.GetByteCount(most).ShouldBe(Most);
        ((int)(await sender.GitHubAsync(most)).StatusCode).ShouldBe(202);
        var answer = await sender.GitHubAsync(most + " ");
        ((int)answer.StatusCode).ShouldBe(413);
        (await Words(answer)).ShouldContain("hooks.too_large");
    }

    [Fact]
    public async Task Without_a_hook_a_look_tells_what_moved_what_is_new_and_what_is_gone()
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        repository.Git("branch", "old");
        var address = bench.Publish(repository, "acme/looked");
        var ada = bench.NewMember();
        var id = Text((await ada.ConnectAsync(address))["repository"]!, "id");
        await ada.CallAsync(HttpMethod.Post, $"/{id}/look", status: 202);
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).ShouldBeEmpty();

        var second = repository.Write("a.txt", "two").Commit();
        repository.Git("branch", "new");
        repository.Git("branch", "-D", "old");
        bench.Git.Push(repository, "acme/looked.git");
        await ada.CallAsync(HttpMethod.Post, $"/{id}/look", status: 202);
        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).Count.ShouldBe(2);
        (await bench.EventsAsync(ada.Tenant, "repositories.branch_deleted")).ShouldHaveSingleItem().ShouldContain("old");
        Text(await ada.CallAsync(HttpMethod.Get, "/" + id), "headCommit").ShouldBe(second);
    }

    [Fact]
    public async Task A_host_that_is_gone_makes_the_repository_unreachable_and_the_next_good_look_mends_it()
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        var ada = bench.NewMember();
        var id = Text((await ada.ConnectAsync(bench.Publish(repository, "acme/away")))["repository"]!, "id");
        bench.Git.Misbehaviour = (context, honestly) =>
        {
            if (!context.Request.Path.StartsWithSegments("/acme/away")) return honestly();
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        await ada.CallAsync(HttpMethod.Post, $"/{id}/look", status: 202);
        await bench.WorkAsync(ada.Tenant);
        var shown = await ada.CallAsync(HttpMethod.Get, "/" + id);
        Text(shown, "state").ShouldBe("unreachable");
        Text(shown, "problem").ShouldNotBeEmpty();
        bench.Git.Misbehaviour = null;
        await ada.CallAsync(HttpMethod.Post, $"/{id}/look", status: 202);
        await bench.WorkAsync(ada.Tenant);
        Text(await ada.CallAsync(HttpMethod.Get, "/" + id), "state").ShouldBe("connected");
    }

    private async Task<(PlatformBench.Member, string Id, HookSender)> ConnectedAsync(string path)
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        var ada = bench.NewMember();
        var made = await ada.ConnectAsync(bench.Publish(repository, path));
        return (ada, Text(made["repository"]!, "id"), HookSender.Of(bench.Host.Anonymous(), made["hook"]!));
    }

    private static async Task<JsonNode> RenewedAsync(PlatformBench.Member ada) =>
        await ada.CallAsync(HttpMethod.Post, $"/{Text((await ada.CallAsync(HttpMethod.Get, ""))["items"]![0]!, "id")}/hook");

    private static string Secret(JsonNode hook) => Text(hook, "secret");

    private static string Mac(string secret, byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static async Task Taken(Task<HttpResponseMessage> sending) => (await Words(await sending)).ShouldBe("taken");

    private static Task<string> Words(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancel);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
