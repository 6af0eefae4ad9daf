using System.Net;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace Rialto.Gateway.Tests;

public sealed class RateTests
{
    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    [Theory]
    [InlineData("free", 100, 10, 36_000_000, 1)]
    [InlineData("pro", 10_000, 100, 360_000, 10)]
    [InlineData("business", 100_000, 1_000, 36_000, 100)]
    public void The_tiers_are_those_of_the_price_list(string name, int perHour, int burst, long gapMicros, int slice)
    {
        var tier = Tier.Of(name);
        (tier.PerHour, tier.Burst).ShouldBe((perHour, burst));
        var rate = Rate.PerHour("tier", perHour, burst);
        (rate.GapMicros, rate.Slice).ShouldBe((gapMicros, slice));
    }

    [Fact]
    public void The_largest_tier_has_no_hourly_end() => (Tier.Of("enterprise").PerHour, Tier.Of("enterprise").Burst).ShouldBe((null, 10_000));

    [Fact]
    public void A_local_bucket_lets_in_its_burst_then_one_for_each_gap()
    {
        var clock = new Clock();
        var bucket = new LocalBucket(Rate.PerSecond("tier", 100), clock);
        for (var call = 0; call < 100; call++) bucket.Ask().IsLetIn.ShouldBeTrue();
        var refused = bucket.Ask();
        (refused.IsLetIn, refused.WaitMicros).ShouldBe((false, 10_000));
        clock.Now += TimeSpan.FromMilliseconds(10);
        bucket.Ask().IsLetIn.ShouldBeTrue();
        bucket.Ask().IsLetIn.ShouldBeFalse();
        clock.Now += TimeSpan.FromHours(1);
        bucket.Ask().Left.ShouldBe(99);
    }

    [Fact]
    public async Task Many_threads_together_take_no_more_than_the_burst()
    {
        var bucket = new LocalBucket(Rate.PerHour("tier", 1, 5_000), new Clock());
        var letIn = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var call = 0; call < 2_000; call++)
                if (bucket.Ask().IsLetIn) Interlocked.Increment(ref letIn);
        })));
        letIn.ShouldBe(5_000);
    }

    [Fact]
    public void The_header_names_all_policies_and_the_one_nearest_its_end()
    {
        Reply[] replies = [new(true, Rate.PerHour("tier", 10_000, 100), 42, 0), new(true, Rate.PerMinute("operation", 6), 1, 0)];
        RateHeaders.Policies(replies).ShouldBe("\"tier\";q=10000;w=3600, \"operation\";q=6;w=60");
        RateHeaders.Standing(replies).ShouldBe("\"operation\";r=1;t=10");
        RateHeaders.Standing([replies[1], new(false, Rate.PerHour("tier", 100, 10), 0, 35_100_000)]).ShouldBe("\"tier\";r=0;t=36");
    }

    [Theory]
    [InlineData("203.0.113.9", null, "203.0.113.9")]
    [InlineData("203.0.113.9", "198.51.100.1", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", null, "203.0.113.9")]
    [InlineData("127.0.0.1", null, null)]
    [InlineData("::1", null, null)]
    [InlineData("127.0.0.1", "198.51.100.1", "198.51.100.1")]
    [InlineData("127.0.0.1", "127.0.0.1, 198.51.100.1", "198.51.100.1")]
    [InlineData("127.0.0.1", "2001:db8::7", "2001:db8::7")]
    [InlineData("127.0.0.1", "garbage", "127.0.0.1")]
    [InlineData(null, "198.51.100.1", null)]
    public void A_proxy_on_this_machine_is_believed_and_nobody_else(string? peer, string? told, string? address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        if (told is not null) http.Request.Headers["X-Forwarded-For"] = told;
        ClientAddress.Of(http)?.ToString().ShouldBe(address);
        (ClientAddress.Of(http) is null).ShouldBe(address is null);
    }

    [Fact]
    public void A_subscriber_of_IPv6_is_one_address_however_many_they_use()
    {
        ClientAddress.BucketOf(IPAddress.Parse("2001:db8:1:2:3:4:5:6")).ShouldBe(ClientAddress.BucketOf(IPAddress.Parse("2001:db8:1:2::ffff")));
        ClientAddress.BucketOf(IPAddress.Parse("2001:db8:1:2::1")).ShouldNotBe(ClientAddress.BucketOf(IPAddress.Parse("2001:db8:1:3::1")));
        ClientAddress.BucketOf(IPAddress.Parse("203.0.113.9")).ShouldBe("203.0.113.9");
    }
}
