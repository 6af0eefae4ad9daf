using System.Text.Json.Nodes;
using Rialto.Repositories.Tests.Connected;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Webhooks;

public sealed class HookLimitTests(HookLimitTests.NarrowBench bench) : IClassFixture<HookLimitTests.NarrowBench>
{
    [Fact]
    public async Task More_than_a_hundred_in_a_minute_are_told_to_wait_and_yet_nothing_is_lost()
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        var address = bench.Publish(repository, "acme/flood");
        var ada = bench.NewMember();
        var made = await ada.ConnectAsync(address);
        var sender = HookSender.Of(bench.Host.Anonymous(), made["hook"]!);
        for (var number = 1; number <= 100; number++) (await sender.GitHubAsync("{}", "ping")).EnsureSuccessStatusCode();

        var last = repository.Write("a.txt", "two").Commit();
        bench.Git.Push(repository, "acme/flood.git");
        var answer = await sender.GitHubAsync(HookSender.Push("main", null, last));
        ((int)answer.StatusCode).ShouldBe(429);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["code"]!.GetValue<string>().ShouldBe("hooks.too_many");

        await bench.WorkAsync(ada.Tenant);
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).ShouldHaveSingleItem().ShouldContain(last);
        // Another repository's hook is another sender.
        using var other = new TestRepository().Write("a.txt", "one");
        other.Commit();
        var second = await ada.ConnectAsync(bench.Publish(other, "acme/calm"));
        (await HookSender.Of(bench.Host.Anonymous(), second["hook"]!).GitHubAsync("{}", "ping")).EnsureSuccessStatusCode();
    }

    public sealed class NarrowBench : PlatformBench
    {
        protected override RepositoriesOptions Options => base.Options with { MostDeliveriesPerMinute = 100, LookAfterFloodSeconds = 0 };
    }
}
