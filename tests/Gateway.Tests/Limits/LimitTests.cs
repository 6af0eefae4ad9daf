using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Shouldly;
using static Rialto.Gateway.Tests.GatewayFixture;

namespace Rialto.Gateway.Tests;

public sealed class LimitTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_free_organisation_may_call_ten_times_at_once_and_is_told_when_to_come_again()
    {
        using var client = gateway.Keyed(out _);
        var clock = Stopwatch.StartNew();
        var first = await Send(client, "GET", "/api/v1/tries");
        (first.Status, first.Answer.Headers.GetValues("RateLimit-Policy").Single(), first.Answer.Headers.GetValues("RateLimit").Single()).ShouldBe((200, "\"tier\";q=100;w=3600", "\"tier\";r=9;t=36"));
        var calls = 1;
        var last = first;
        while (last.Status == 200 && calls < 100)
        {
            last = await Send(client, "GET", "/api/v1/tries");
            if (last.Status == 200) calls++;
        }
        // Ten at once, and one more for each 36 seconds that this took on a slow machine.
        calls.ShouldBeInRange(10, 10 + 1 + (int)(clock.Elapsed.TotalSeconds / 36));
        (last.Status, last.Body!["code"]!.ToString()).ShouldBe((429, "caller.too_often"));
        last.Answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 36);
        last.Answer.Headers.GetValues("RateLimit").Single().ShouldStartWith("\"tier\";r=0;t=");
        using var other = gateway.Keyed(out _);
        (await Send(other, "GET", "/api/v1/tries")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Keys_of_one_organisation_and_all_nodes_draw_from_one_allowance()
    {
        var tenant = TenantId.New();
        using var here = gateway.Host.As($"first of {tenant}", tenant);
        using var there = gateway.SecondHost.As($"second of {tenant}", tenant);
        var clock = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Send(number % 2 == 0 ? here : there, "GET", "/api/v1/tries")));
        answers.Count(answer => answer.Status == 200).ShouldBeInRange(1, 10 + 1 + (int)(clock.Elapsed.TotalSeconds / 36));
        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Body!["code"]!.ToString() == "caller.too_often" || answer.Body["code"]!.ToString() == "gateway.too_many_at_once");
    }

    [Fact]
    public async Task A_larger_tier_holds_across_nodes_to_the_call()
    {
        var tenant = TenantId.New();
        await gateway.Host.Services.GetRequiredService<IPlans>().SetAsync(tenant, Tier.Of("pro"), Cancel);
        var nodes = new[] { gateway.Host, gateway.SecondHost }.Select(host => host.Services.GetRequiredService<Buckets>().Shared($"test {tenant}", Rate.PerHour("tier", 10_000, 100))).ToArray();
        var clock = Stopwatch.StartNew();
        var letIn = 0;
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel }, async (number, cancel) =>
        {
            if ((await nodes[number % 2].AskAsync(cancel)).IsLetIn) Interlocked.Increment(ref letIn);
        });
        letIn.ShouldBeInRange(100, 100 + 1 + (int)(clock.Elapsed.TotalSeconds / 0.36));
    }

    [Fact]
    public async Task A_person_is_counted_by_account_and_the_platforms_own_organisation_not_at_all()
    {
        var free = new Caller(TenantId.New(), "user:ada", new HashSet<string> { "*" });
        var home = new Caller(gateway.HomeTenant, "key:owner", new HashSet<string> { "*" });
        var invoker = gateway.Host.Services.GetRequiredService<OperationInvoker>();
        for (var call = 0; call < 60; call++)
        {
            await invoker.InvokeAsync(free, "tries.look", [], cancel: Cancel);
            await invoker.InvokeAsync(home, "tries.look", [], cancel: Cancel);
        }
        (await invoker.InvokeAsync(home, "gateway.plan", [], cancel: Cancel))!["tier"]!.ToString().ShouldBe("enterprise");
        (await invoker.InvokeAsync(free, "gateway.plan", [], cancel: Cancel))!["tier"]!.ToString().ShouldBe("free");
    }

    [Fact]
    public async Task A_tier_is_changed_for_an_organisation_that_already_calls()
    {
        var tenant = TenantId.New();
        using var client = gateway.Host.As($"grows {tenant}", tenant);
        var (status, free, answer) = await Send(client, "GET", "/api/v1/gateway/plan");
        status.ShouldBe(200, answer.ToString());
        free!["burst"]!.GetValue<int>().ShouldBe(10);
        await gateway.Host.Services.GetRequiredService<IPlans>().SetAsync(tenant, Tier.Of("business"), Cancel);
        var plan = (await Send(client, "GET", "/api/v1/gateway/plan")).Body!;
        (plan["tier"]!.ToString(), plan["perHour"]!.GetValue<int>(), plan["burst"]!.GetValue<int>()).ShouldBe(("business", 100_000, 1_000));
        Should.Throw<Refusal>(() => Tier.Of("gold")).Code.ShouldBe("gateway.tier_unknown");
    }

    [Fact]
    public async Task Addresses_that_name_nobody_are_counted_one_by_one_and_signing_in_stays_possible()
    {
        using var nobody = gateway.Host.Anonymous();
        var (busy, quiet) = (gateway.Address(), gateway.Address());
        var clock = Stopwatch.StartNew();
        var letIn = 0;
        (int Status, System.Text.Json.Nodes.JsonNode? Body, HttpResponseMessage Answer) last;
        do
        {
            last = await Send(nobody, "GET", "/api/v1/tries/open", null, ("X-Forwarded-For", $"10.0.0.1, {busy}"));
            if (last.Status == 200) letIn++;
        }
        while (last.Status == 200 && letIn < 200);
        letIn.ShouldBeInRange(50, 50 + 1 + (int)(clock.Elapsed.TotalSeconds / 36));
        last.Body!["code"]!.ToString().ShouldBe("caller.too_often");
        (await Send(nobody, "GET", "/api/v1/tries/open", null, ("X-Forwarded-For", quiet))).Status.ShouldBe(200);
        (await Send(nobody, "GET", "/api/v1/tries/sign-in", null, ("X-Forwarded-For", busy))).Status.ShouldBe(200);
        (await Send(nobody, "GET", "/api/v1/tries/open")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Single_operations_have_limits_of_their_own_for_each_caller()
    {
        var tenant = TenantId.New();
        await gateway.Host.Services.GetRequiredService<IPlans>().SetAsync(tenant, Tier.Of("enterprise"), Cancel);
        using var ada = gateway.Host.As($"ada {tenant}", tenant);
        using var bob = gateway.Host.As($"bob {tenant}", tenant);
        var clock = Stopwatch.StartNew();
        var letIn = 0;
        while ((await Send(ada, "GET", "/api/v1/tries/rare")).Status == 200 && letIn < 20) letIn++;
        letIn.ShouldBeInRange(2, 2 + 1 + (int)(clock.Elapsed.TotalSeconds / 30));
        (await Send(bob, "GET", "/api/v1/tries/rare")).Answer.Headers.GetValues("RateLimit-Policy").Single().ShouldBe("\"operation\";q=2;w=60, \"tier\";q=10000;w=1");
        (await Send(ada, "GET", "/api/v1/tries")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_a_node_did_not_spend_goes_back()
    {
        var store = gateway.Host.Services.GetRequiredService<BucketStore>();
        var rate = Rate.PerHour("tier", 1, 100);
        var name = $"returned {Guid.NewGuid()}";
        (await store.TakeAsync(name, rate, 60, 0, Cancel)).ShouldBe(new Slice(60, 0, 40));
        (await store.TakeAsync(name, rate, 60, 0, Cancel)).ShouldBe(new Slice(40, 0, 0));
        var none = await store.TakeAsync(name, rate, 1, 0, Cancel);
        none.Granted.ShouldBe(0);
        none.WaitMicros.ShouldBeInRange(1, 3_600_000_000);
        (await store.TakeAsync(name, rate, 10, 30, Cancel)).ShouldBe(new Slice(10, 0, 20));
        // More than was ever taken is not given back.
        (await store.TakeAsync(name, rate, 0, 1000, Cancel)).LeftOver.ShouldBe(100);
    }

    [Fact]
    public async Task Full_buckets_are_forgotten_and_others_kept()
    {
        var store = gateway.Host.Services.GetRequiredService<BucketStore>();
        await store.TakeAsync("forget me", Rate.PerSecond("x", 1000), 0, 0, Cancel);
        await store.TakeAsync("keep me", Rate.PerHour("x", 1, 10), 5, 0, Cancel);
        await store.ForgetAsync(Cancel);
        (await gateway.AskAsync<string>("select string_agg(name, ' ') from gateway.buckets where name in ('forget me', 'keep me')")).ShouldBe("keep me");
    }

    [Fact]
    public async Task A_flood_costs_the_database_nothing_once_it_is_refused()
    {
        using var client = gateway.Keyed(out var tenant);
        while ((await Send(client, "GET", "/api/v1/tries")).Status == 200) { }
        var before = await ArrivalAsync();
        for (var call = 0; call < 30; call++) await Send(client, "GET", "/api/v1/tries");
        (await ArrivalAsync()).ShouldBeInRange(before, before + 36_000_000L * 3);

        Task<long> ArrivalAsync() => gateway.AskAsync<long>("select arrival from gateway.buckets where name = @name", new { name = $"tier free {tenant}" });
    }
}
