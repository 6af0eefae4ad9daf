using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Shouldly;
using static Rialto.Gateway.Tests.GatewayFixture;

namespace Rialto.Gateway.Tests;

public sealed class FrontDoorTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_is_none_gets_words()
    {
        using var client = gateway.Keyed(out _);
        foreach (var path in new[] { "/api/v2/tries", "/api/v1/nothing", "/api/v1" })
            (await Send(client, "GET", path)).Body!["code"]!.ToString().ShouldBe("request.address_unknown", path);
        (await Send(client, "GET", "/elsewhere")).Body.ShouldBeNull();
        (await Send(client, "GET", "/outside")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_not_read()
    {
        using var client = gateway.Host.As("owner of home", gateway.HomeTenant);
        (await Send(client, "POST", "/api/v1/tries/small", new { text = new string('x', 200) })).Body!["code"]!.ToString().ShouldBe("request.too_large");
        (await Send(client, "POST", "/api/v1/tries/small", new { text = "x" })).Status.ShouldBe(200);
        await using var host = await gateway.StartAsync(gateway.Test.Database, null, ("RIALTO_GATEWAY__MOST_BODY_BYTES", "2048"));
        using var limited = host.As("owner of home", gateway.HomeTenant);
        (await Send(limited, "POST", "/api/v1/tries/read", new { text = new string('x', 3000) })).Body!["code"]!.ToString().ShouldBe("request.too_large");
    }

    [Fact]
    public async Task What_takes_too_long_is_stopped_in_words()
    {
        using var client = gateway.Keyed(out _);
        var (status, body, _) = await Send(client, "GET", "/api/v1/tries/slow");
        (status, body!["code"]!.ToString()).ShouldBe((503, "request.took_too_long"));
    }

    [Fact]
    public async Task An_operation_on_its_way_out_says_since_when_until_when_and_what_instead()
    {
        using var client = gateway.Keyed(out _);
        var headers = (await Send(client, "GET", "/api/v1/tries/old")).Answer.Headers;
        headers.GetValues("Deprecation").Single().ShouldBe("@1700000000");
        headers.GetValues("Sunset").Single().ShouldBe("Wed, 02 Jan 2030 03:04:05 GMT");
        headers.GetValues("Link").Single().ShouldBe("</api/v1/tries>; rel=\"successor-version\"");
        (await Send(client, "GET", "/api/v1/tries")).Answer.Headers.Contains("Deprecation").ShouldBeFalse();
        // Who may not call it is told as well.
        using var nobody = gateway.Host.Anonymous();
        (await Send(nobody, "GET", "/api/v1/tries/old")).Answer.Headers.Contains("Sunset").ShouldBeTrue();
        var document = (await Send(client, "GET", "/api/v1/openapi.json")).Body!;
        document["paths"]!["/api/v1/tries/old"]!["get"]!["deprecated"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task An_address_that_guesses_keys_is_stopped_before_the_guess_is_looked_up()
    {
        using var guesser = gateway.Host.Anonymous();
        using var honest = gateway.Keyed(out _);
        var address = gateway.Address();
        var clock = Stopwatch.StartNew();
        var (guesses, code) = (0, "");
        while (code != "caller.guessing" && guesses < 300)
        {
            code = (await Send(guesser, "GET", "/api/v1/tries", null, ("Authorization", $"Bearer wrong-{guesses}"), ("X-Forwarded-For", address))).Body!["code"]!.ToString();
            guesses++;
        }
        guesses.ShouldBeInRange(50, 50 + 3 + (int)(clock.Elapsed.TotalSeconds / 36));
        (await Send(honest, "GET", "/api/v1/tries", null, ("X-Forwarded-For", gateway.Address()))).Status.ShouldBe(200);
        (await Send(guesser, "GET", "/api/v1/tries", null, ("Authorization", "Bearer wrong"))).Body!["code"]!.ToString().ShouldBe("caller.key_unknown");
    }

    [Fact]
    public async Task A_node_that_is_full_says_so_and_the_known_are_let_in_longest()
    {
        await using var host = await gateway.StartAsync(gateway.Test.Database, null, ("RIALTO_GATEWAY__MOST_AT_ONCE", "2"));
        using var owner = host.As("owner of home", gateway.HomeTenant);
        using var nobody = host.Anonymous();
        gateway.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Send(owner, "GET", "/api/v1/tries/hold");
        await gateway.Held.WaitAsync(Cancel);
        (await Send(nobody, "GET", "/api/v1/tries/open")).Body!["code"]!.ToString().ShouldBe("gateway.busy");
        (await Send(owner, "GET", "/api/v1/tries")).Status.ShouldBe(200);
        var second = Send(owner, "GET", "/api/v1/tries/hold");
        await gateway.Held.WaitAsync(Cancel);
        var third = await Send(owner, "GET", "/api/v1/tries");
        (third.Status, third.Answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds).ShouldBe((503, 1));
        (await Send(nobody, "GET", "/outside")).Status.ShouldBe(200);
        gateway.Hold.SetResult();
        (await Task.WhenAll(first, second)).ShouldAllBe(answer => answer.Status == 200);
        (await Send(nobody, "GET", "/api/v1/tries/open")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_organisation_runs_no_more_calls_at_once_than_its_tier_allows()
    {
        using var client = gateway.Keyed(out _);
        gateway.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = Enumerable.Range(0, Tier.Of("free").AtOnce).Select(_ => Send(client, "GET", "/api/v1/tries/hold")).ToArray();
        foreach (var _ in held) await gateway.Held.WaitAsync(Cancel);
        var (status, body, _) = await Send(client, "GET", "/api/v1/tries");
        (status, body!["code"]!.ToString()).ShouldBe((429, "gateway.too_many_at_once"));
        gateway.Hold.SetResult();
        (await Task.WhenAll(held)).ShouldAllBe(answer => answer.Status == 200);
        (await Send(client, "GET", "/api/v1/tries")).Status.ShouldBe(200);
    }
}
