using System.Text.Json.Nodes;
using Shouldly;

namespace Rialto.Payments.Tests;

public sealed class QuoteTests(PaymentsFixture fixture) : PaymentsTestBed(fixture)
{
    [Fact]
    public async Task A_hundred_ducats_become_nine_dollars_seventy_five_and_every_cent_has_its_account()
    {
        await Fund("reserve", "USD", 100_000);
        await Give("ada", "DUC", 10_000);
        var quote = await Quote("ada", 10_000);
        (Minor(quote, "netMinor"), Minor(quote, "feeMinor"), Minor(quote, "roundingMinor"), Minor(quote, "totalMinor")).ShouldBe((975, 25, 0, 975));
        quote["rate"]!.ToString().ShouldBe("0.1");
        quote["bonusNote"]!.ToString().ShouldBe("not_measured");

        var done = await Accept("ada", quote);
        done["acceptedAt"].ShouldNotBeNull();
        (await Posted(Wallet("ada", "DUC"))).ShouldBe(0);
        (await Posted(Wallet("ada", "USD"))).ShouldBe(975);
        (await Posted("fees:exchange:USD")).ShouldBe(25);
        (await Posted("exchange:USD")).ShouldBe(99_000);
        (await Posted("exchange:DUC")).ShouldBe(10_000);
    }

    [Theory]
    [InlineData(100, "DUC", 10, 0, 10, 0)]
    [InlineData(333, "DUC", 33, 1, 32, 0)]
    [InlineData(10_001, "DUC", 1000, 25, 975, 0)]
    [InlineData(1_234_567, "DUC", 123_457, 3086, 120_370, 1)]
    [InlineData(1000, "USD", 10_000, 250, 9750, 0)]
    [InlineData(999, "USD", 9990, 250, 9740, 0)]
    public async Task What_is_given_out_kept_and_left_over_adds_up(long amount, string currency, long gross, long fee, long net, long rounding)
    {
        var quote = await Quote("ada", amount, currency);
        (Minor(quote, "feeMinor"), Minor(quote, "netMinor"), Minor(quote, "roundingMinor")).ShouldBe((fee, net, rounding));
        (fee + net + rounding).ShouldBe(gross);
    }

    [Fact]
    public async Task Dollars_become_ducats_which_the_house_issues()
    {
        await Give("ada", "USD", 1000);
        await Accept("ada", await Quote("ada", 1000, "USD"));
        (await Posted(Wallet("ada", "DUC"))).ShouldBe(9750);
        (await Posted("exchange:USD")).ShouldBe(1000);
        (await Posted("exchange:DUC")).ShouldBe(-10_000);
        (await Posted("fees:exchange:DUC")).ShouldBe(250);
    }

    [Fact]
    public async Task A_quote_is_honoured_once_however_often_and_at_once_it_is_accepted()
    {
        await Fund("reserve", "USD", 100_000);
        await Give("ada", "DUC", 50_000);
        var quote = await Quote("ada", 10_000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Accept("ada", quote)));
        answers.Select(answer => answer["transfer"]!.ToString()).Distinct().ShouldHaveSingleItem();
        (await Posted(Wallet("ada", "DUC"))).ShouldBe(40_000);
        (await Ask<long>("select count(*) from kernel.events where tenant_id = @tenant and name = 'payments.exchanged'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_quote_keeps_its_terms_while_the_terms_change_and_ends_after_sixty_seconds()
    {
        await Fund("reserve", "USD", 100_000);
        await Give("ada", "DUC", 50_000);
        var kept = await Quote("ada", 10_000);
        await Call("house", HttpMethod.Post, "terms", new { rate = 0.2m, feeRate = 0.01m, phiCap = 0.05m, leastMinor = 100, mostMinor = 1_000_000, leastBacking = 0 });
        Minor(await Quote("ada", 10_000), "netMinor").ShouldBe(1980);
        Clock.Pass(TimeSpan.FromSeconds(59));
        Minor(await Accept("ada", kept), "netMinor").ShouldBe(975);
        var late = await Quote("ada", 10_000);
        Clock.Pass(TimeSpan.FromSeconds(60));
        Code(await Accept("ada", late, 409)).ShouldBe("payments.quote_expired");
        (await Posted(Wallet("ada", "USD"))).ShouldBe(975);
        // What was done stays done: accepting it again much later tells so.
        Clock.Pass(TimeSpan.FromHours(1));
        (await Accept("ada", kept))["acceptedAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task The_promotion_pays_the_bonus_and_never_more_than_it_has()
    {
        Levels.Set(Subject("ada"), 1);
        await Fund("reserve", "USD", 1_000_000);
        await Give("ada", "DUC", 1_000_000);
        Code(await Quote("ada", 10_000), "bonusNote").ShouldBe("promotion_empty");
        await Fund("promotion", "USD", 60);
        var first = await Quote("ada", 10_000);
        (Minor(first, "bonusMinor"), Minor(first, "totalMinor"), first["bonusFrom"]!.ToString(), first["rate"]!.ToString()).ShouldBe((49, 1024, "promotion:USD", "0.1"));
        // Held for the first, so the second is promised what is left.
        var second = await Quote("ada", 10_000);
        (Minor(second, "bonusMinor"), Code(second, "bonusNote")).ShouldBe((11, "promotion_empty"));
        await Accept("ada", first);
        await Accept("ada", second);
        (await Posted("promotion:USD")).ShouldBe(0);
        (await Posted(Wallet("ada", "USD"))).ShouldBe(975 + 49 + 975 + 11);
    }

    [Fact]
    public async Task A_bonus_that_was_not_taken_goes_back()
    {
        Levels.Set(Subject("ada"), 0.809m);
        await Fund("promotion", "USD", 100);
        var quote = await Quote("ada", 10_000);
        Minor(quote, "bonusMinor").ShouldBe(24);
        (await Available("promotion:USD")).ShouldBe(76);
        (await Posted("promotion:USD")).ShouldBe(100);
    }

    [Fact]
    public async Task Refusals_leave_everything_as_it_was()
    {
        await Give("ada", "DUC", 10_000);
        var quote = await Quote("ada", 10_000);
        Code(await Accept("ada", quote, 409)).ShouldBe("payments.reserve_empty");
        Code(await Accept("bob", quote, 404)).ShouldBe("payments.quote_not_found");
        await Fund("reserve", "USD", 100_000);
        var more = await Quote("ada", 20_000);
        Code(await Accept("ada", more, 409)).ShouldBe("ledger.insufficient_funds");
        await In(session => Ledger.FreezeAccountAsync(session, Wallet("ada", "DUC"), "disputed", Cancel));
        Code(await Accept("ada", quote, 409)).ShouldBe("ledger.account_frozen");
        await In(session => Ledger.UnfreezeAccountAsync(session, Wallet("ada", "DUC"), Cancel));
        (await Posted(Wallet("ada", "DUC"))).ShouldBe(10_000);
        (await Accept("ada", quote))["transfer"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData(99, "DUC", 422, "payments.amount_outside")]
    [InlineData(100_000_001, "DUC", 422, "payments.amount_outside")]
    [InlineData(9, "USD", 422, "payments.amount_outside")]
    [InlineData(0, "DUC", 400, "request.invalid")]
    [InlineData(-5, "DUC", 400, "request.invalid")]
    [InlineData(100, "EUR", 422, "payments.currency_unsupported")]
    public async Task Amounts_outside_the_terms_and_other_currencies_are_refused(long amountMinor, string currency, int status, string code) =>
        Code(await Call("ada", HttpMethod.Post, "quotes", new { amountMinor, currency }, status)).ShouldBe(code);

    [Theory]
    [InlineData(0.04, 0.025, 100, 1000)]
    [InlineData(0.51, 0.025, 100, 1000)]
    [InlineData(0.1, -0.01, 100, 1000)]
    [InlineData(0.1, 0.6, 100, 1000)]
    [InlineData(0.1, 0.025, 0, 1000)]
    [InlineData(0.1, 0.025, 100, 99)]
    public async Task Terms_that_cannot_be_are_refused(double rate, double feeRate, long leastMinor, long mostMinor) =>
        Code(await Call("house", HttpMethod.Post, "terms", new { rate, feeRate, leastMinor, mostMinor }, 422)).ShouldBe("payments.terms_invalid");

    [Fact]
    public async Task Terms_have_a_history_that_nobody_can_change()
    {
        await Call("house", HttpMethod.Post, "terms", new { rate = 0.2m });
        await Call("house", HttpMethod.Post, "terms", new { rate = 0.3m, followsActivity = true });
        var history = (await Call("ada", HttpMethod.Get, "terms/history"))["items"]!.AsArray();
        history.Select(one => (decimal)one!["rate"]!).ShouldBe([0.3m, 0.2m]);
        history[0]!["setBy"]!.ToString().ShouldBe(Subject("house"));
        var now = await Call("ada", HttpMethod.Get, "terms");
        now["rule"]!.ToString().ShouldBe(ActivityRate.Rule);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => In(session => Dapper.SqlMapper.ExecuteAsync(session.Connection, "update payments.exchange_terms set rate = 0.4")));
    }

    [Fact]
    public async Task Whoever_may_exchange_may_not_set_terms_or_fund()
    {
        await Call("ada", HttpMethod.Post, "terms", new { rate = 0.2m }, 403, "payments.exchange");
        await Call("ada", HttpMethod.Post, "treasury/fund", new { into = "reserve", currency = "USD", amountMinor = 1 }, 403, "payments.exchange");
        await Call("ada", HttpMethod.Get, "treasury", null, 403, "payments.exchange");
        await Call("ada", HttpMethod.Post, "wallet", new { }, 200, "payments.exchange");
    }

    [Fact]
    public async Task Each_sees_their_own_quotes_only()
    {
        var quote = await Quote("ada", 10_000);
        await Quote("bob", 20_000);
        (await Call("ada", HttpMethod.Get, "quotes"))["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(quote["id"]!.ToString());
        Code(await Call("bob", HttpMethod.Get, $"quotes/{quote["id"]}", null, 404)).ShouldBe("payments.quote_not_found");
    }

    private static long Minor(JsonNode node, string field) => (long)node[field]!;

    private static string Code(JsonNode node, string field = "code") => node[field]?.ToString() ?? "";
}
