using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Shouldly;
using static Rialto.Gateway.Tests.GatewayFixture;

namespace Rialto.Gateway.Tests;

public sealed class UsageTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_are_counted_by_operation_caller_and_day_on_all_nodes_together()
    {
        var tenant = TenantId.New();
        foreach (var host in new[] { gateway.Host, gateway.SecondHost }) await host.Services.GetRequiredService<IPlans>().SetAsync(tenant, Tier.Of("pro"), Cancel);
        using var ada = gateway.Host.As($"ada {tenant}", tenant);
        using var bob = gateway.SecondHost.As($"bob {tenant}", tenant, "gateway.*");
        for (var call = 0; call < 3; call++) await Send(ada, "GET", "/api/v1/tries");
        await Send(ada, "GET", "/api/v1/tries/slow");
        (await Send(bob, "GET", "/api/v1/tries")).Status.ShouldBe(403);
        // A call is counted when it has ended, which may be a moment after its answer has arrived.
        while (await gateway.AskAsync<long>("select coalesce(sum(calls), 0)::bigint from gateway.usage where tenant_id = @Value and operation like 'tries.%'", new { tenant.Value }) < 5)
            foreach (var host in new[] { gateway.Host, gateway.SecondHost }) await host.Services.GetRequiredService<UsageCounts>().FlushAsync(Cancel);
        var lines = (await Send(bob, "GET", "/api/v1/gateway/usage")).Body!["lines"]!.AsArray();
        var look = lines[0]!;
        (look["name"]!.ToString(), look["calls"]!.GetValue<int>(), look["refused"]!.GetValue<int>(), look["failed"]!.GetValue<int>()).ShouldBe(("tries.look", 4, 1, 0));
        var slow = lines.Single(line => line!["name"]!.ToString() == "tries.slow")!;
        (slow["failed"]!.GetValue<int>(), slow["medianMillis"]!.GetValue<int>() >= 200, slow["meanMillis"]!.GetValue<double>() >= 200).ShouldBe((1, true, true));
        var callers = (await Send(bob, "GET", "/api/v1/gateway/usage?by=subject")).Body!["lines"]!.AsArray();
        callers.Select(line => line!["name"]!.ToString()).ShouldBe([$"key:ada {tenant}", $"key:bob {tenant}"], ignoreOrder: true);
        var days = (await Send(bob, "GET", "/api/v1/gateway/usage?by=day")).Body!["lines"]!.AsArray();
        days.Sum(line => line!["calls"]!.GetValue<int>()).ShouldBeGreaterThanOrEqualTo(5);
        using var other = gateway.Keyed(out _);
        (await Send(other, "GET", "/api/v1/gateway/usage")).Body!["lines"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("?by=colour")]
    [InlineData("?from=2026-02-01&until=2026-01-01")]
    [InlineData("?from=2020-01-01&until=2026-01-01")]
    public async Task What_cannot_be_asked_is_refused(string query)
    {
        using var client = gateway.Keyed(out _);
        (await Send(client, "GET", "/api/v1/gateway/usage" + query)).Body!["code"]!.ToString().ShouldBe("gateway.range_invalid");
    }

    [Fact]
    public async Task Addresses_of_who_names_nobody_are_not_kept()
    {
        using var nobody = gateway.Host.Anonymous();
        await Send(nobody, "GET", "/api/v1/tries/open", null, ("X-Forwarded-For", gateway.Address()));
        while (await gateway.AskAsync<long>("select count(*) from gateway.usage where subject = 'anonymous'") == 0) await gateway.Host.Services.GetRequiredService<UsageCounts>().FlushAsync(Cancel);
        (await gateway.AskAsync<long>("select count(*) from gateway.usage where subject like 'anonymous:%'")).ShouldBe(0);
    }

    [Theory]
    [InlineData(new long[] { 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 0.5, 1)]
    [InlineData(new long[] { 50, 44, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 0.5, 1)]
    [InlineData(new long[] { 50, 44, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 0.95, 5)]
    [InlineData(new long[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0 }, 0.95, 5000)]
    [InlineData(new long[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7 }, 0.5, null)]
    public void A_share_of_calls_took_no_longer_than_the_end_of_its_slot(long[] histogram, double share, int? millis) => UsageOperations.Percentile(histogram, share).ShouldBe(millis);
}
