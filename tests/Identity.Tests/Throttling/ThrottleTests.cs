using System.Net;
using Dapper;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class ThrottleTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string SignIn = "/api/v1/identity/sign-in";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_five_wrong_passwords_even_the_right_one_waits_a_minute_then_longer()
    {
        var ada = await bed.MakeAccountAsync();
        for (var attempt = 0; attempt < 5; attempt++) (await TryAsync(ada.Email, "wrong")).ShouldBe("identity.sign_in_failed");
        (await TryAsync(ada.Email, PeopleTestBed.Password)).ShouldBe("identity.too_many_attempts");
        bed.Clock.Pass(TimeSpan.FromSeconds(61));
        (await TryAsync(ada.Email, "wrong")).ShouldBe("identity.sign_in_failed");
        bed.Clock.Pass(TimeSpan.FromSeconds(61));
        (await TryAsync(ada.Email, PeopleTestBed.Password)).ShouldBe("identity.too_many_attempts");
        bed.Clock.Pass(TimeSpan.FromSeconds(60));
        (await TryAsync(ada.Email, PeopleTestBed.Password)).ShouldBe("done");
        for (var attempt = 0; attempt < 4; attempt++) (await TryAsync(ada.Email, "wrong")).ShouldBe("identity.sign_in_failed");
        (await TryAsync(ada.Email, PeopleTestBed.Password)).ShouldBe("done");
    }

    [Fact]
    public async Task An_unknown_address_is_blocked_like_a_known_one()
    {
        for (var attempt = 0; attempt < 5; attempt++) (await TryAsync("nobody-at-all@example.org", "wrong")).ShouldBe("identity.sign_in_failed");
        (await TryAsync("nobody-at-all@example.org", "wrong")).ShouldBe("identity.too_many_attempts");
    }

    [Fact]
    public async Task The_refusal_says_how_long_to_wait_and_the_block_is_announced()
    {
        var ada = await bed.MakeAccountAsync();
        for (var attempt = 0; attempt < 5; attempt++) await TryAsync(ada.Email, "wrong");
        using var browser = bed.NewBrowser();
        var (status, body) = await browser.PostAsync(SignIn, new { email = ada.Email, password = "wrong" }, Cancel);
        (status, body!["details"]!["retryAfterSeconds"]!.ToString(), browser.AnswerHeaders["Retry-After"].Single()).ShouldBe((429, "60", "60"));
        await using var super = await bed.OpenSuperAsync();
        (await super.ExecuteScalarAsync<int>("select count(*)::int from kernel.events where name = 'identity.attempts_blocked' and data->>'kind' = 'account'")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Of_twenty_tries_at_once_on_two_nodes_five_are_made()
    {
        await using var second = await bed.StartSecondNodeAsync();
        var nodes = new[] { bed.NewBrowser().Server, second.Anonymous().BaseAddress! };
        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            using var browser = new BrowserClient(nodes[number % 2]);
            return (await browser.PostAsync(SignIn, new { email = "raced@example.org", password = "wrong" }, Cancel)).Body!["code"]!.ToString();
        }));
        codes.Count(code => code == "identity.sign_in_failed").ShouldBe(5);
        codes.Count(code => code == "identity.too_many_attempts").ShouldBe(15);
    }

    [Fact]
    public async Task One_address_that_tries_many_accounts_is_stopped_and_another_address_is_not()
    {
        var throttle = new Throttle(bed.Database, SettingLayers.Read(IdentitySettings.All, null, _ => null), bed.Clock);
        for (var number = 0; number < 60; number++) await throttle.TakeAsync(IPAddress.Parse("192.0.2.1"), $"guess{number}", Cancel);
        (await Should.ThrowAsync<Refusal>(() => throttle.TakeAsync(IPAddress.Parse("192.0.2.1"), "one more", Cancel))).Code.ShouldBe("identity.too_many_attempts");
        (await Should.ThrowAsync<Refusal>(() => throttle.TakeAsync(IPAddress.Parse("::ffff:192.0.2.1"), "one more", Cancel))).Status.ShouldBe(429);
        await throttle.TakeAsync(IPAddress.Parse("192.0.2.2"), "one more", Cancel);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    public void A_network_of_ipv6_counts_as_one_address(string one, string other, bool isSame) =>
        Throttle.AddressSubject(IPAddress.Parse(one)).AsSpan().SequenceEqual(Throttle.AddressSubject(IPAddress.Parse(other))).ShouldBe(isSame);

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 120)]
    [InlineData(2, 240)]
    [InlineData(3, 480)]
    [InlineData(4, 900)]
    [InlineData(1000, 900)]
    public void The_wait_doubles_up_to_a_quarter_of_an_hour(int beyond, int seconds) => Throttle.WaitAfter(beyond).TotalSeconds.ShouldBe(seconds);

    [Fact]
    public async Task The_table_names_nobody()
    {
        await TryAsync("remember-me@example.org", "wrong");
        await using var super = await bed.OpenSuperAsync();
        foreach (var row in await super.QueryAsync<string>("select row_to_json(one)::text from identity.throttles one")) row.ShouldNotContain("remember");
    }

    private async Task<string> TryAsync(string email, string password)
    {
        using var browser = bed.NewBrowser();
        var (_, body) = await browser.PostAsync(SignIn, new { email, password }, Cancel);
        return (body!["code"] ?? body["next"])!.ToString();
    }
}
