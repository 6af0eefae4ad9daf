using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class PeriodTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), April = March.AddMonths(1), May = March.AddMonths(2);

    [Fact]
    public async Task Nothing_becomes_effective_in_closed_time()
    {
        await Wallets(0, "ada", "bob");
        await PostAt(March.AddDays(3), 100);
        await Close(April);
        var refusal = await Refused(LedgerRefusals.PeriodClosed, () => PostAt(April.AddTicks(-10), 1));
        refusal.Details["closedUntil"].ShouldStartWith("2026-04-01");
        await PostAt(April, 7);
        await Refused(LedgerRefusals.PeriodClosed, async () => await Ledger.SubmitAsync(Tenant, [At(March, 1)], cancel: Cancel));
        (await AsOf("ada", April)).ShouldBe(100);
    }

    [Fact]
    public async Task What_was_held_before_is_settled_now_and_not_in_closed_time()
    {
        await Wallets(1_000, "ada", "bob");
        var held = await Hold("ada", "bob", 10);
        await Close(April);
        await Refused(LedgerRefusals.PeriodClosed, () => In(session => Ledger.SettleAsync(session, held.Id, new Settlement { EffectiveAt = March }, Cancel)));
        (await In(session => Ledger.SettleAsync(session, held.Id, null, Cancel))).EffectiveAt.ShouldBeGreaterThan(May);
    }

    [Fact]
    public async Task Balances_of_any_time_are_the_same_with_and_without_closings()
    {
        await Wallets(0, "ada", "bob");
        var random = new Random(3);
        for (var number = 0; number < 40; number++) await PostAt(March.AddHours(random.Next(0, 24 * 61)), random.Next(1, 100));
        DateTimeOffset[] times = [March, March.AddDays(10), April, April.AddHours(5), April.AddDays(20), May, May.AddDays(40)];
        var before = new List<long>();
        foreach (var time in times) before.Add(await AsOf("ada", time));
        await Close(April);
        await Close(May);
        for (var index = 0; index < times.Length; index++) (await AsOf("ada", times[index])).ShouldBe(before[index], times[index].ToString("u"));
        (await Ask<int>("select count(*)::int from ledger.closing_balances where tenant_id = $tenant")).ShouldBe(4);
    }

    [Fact]
    public async Task Periods_close_in_order_and_only_what_has_passed()
    {
        await Close(April);
        await Refused(LedgerRefusals.PeriodInvalid, () => Close(April));
        await Refused(LedgerRefusals.PeriodInvalid, () => Close(March));
        await Refused(LedgerRefusals.PeriodInvalid, () => Close(DateTimeOffset.UtcNow.AddDays(1)));
        (await Close(May)).ClosedBy.ShouldBe("user:ada");
    }

    [Fact]
    public async Task A_closing_waits_for_those_who_are_posting_and_whoever_comes_after_it_is_refused()
    {
        await Wallets(0, "ada", "bob");
        await using var slow = await Database.BeginAsync(Tenant, Cancel);
        await Ledger.PostAsync(slow, At(March.AddDays(1), 500), Cancel);
        var closing = Close(April);
        await Task.Delay(50, Cancel);
        closing.IsCompleted.ShouldBeFalse();
        await slow.CommitAsync(Cancel);
        await closing;
        (await AsOf("ada", April)).ShouldBe(500);
        await Refused(LedgerRefusals.PeriodClosed, () => PostAt(March, 1));
    }

    [Fact]
    public async Task Over_http_periods_are_closed_and_listed()
    {
        await Call(HttpMethod.Post, "periods", new { endsAt = April });
        (await Call(HttpMethod.Post, "periods", new { endsAt = March }, 422))["code"]!.ToString().ShouldBe(LedgerRefusals.PeriodInvalid);
        (await Call(HttpMethod.Post, "periods", new { endsAt = May }, 403, As("ledger.write")))["code"]!.ToString().ShouldBe("caller.not_allowed");
        (await Call(HttpMethod.Get, "periods"))["items"]!.AsArray().Count.ShouldBe(1);
        (await Events()).Last(happened => happened.Name.StartsWith("ledger.", StringComparison.Ordinal)).Name.ShouldBe("ledger.period.closed");
    }

    private NewTransfer At(DateTimeOffset at, long amount) => NewTransfer.Of(NextKey(), "bank", "ada", Duc(amount)) with { EffectiveAt = at };

    private Task<Transfer> PostAt(DateTimeOffset at, long amount) => Post(At(at, amount));

    private Task<Period> Close(DateTimeOffset end) => In(session => Books.CloseAsync(session, end, Cancel));

    private async Task<long> AsOf(string code, DateTimeOffset at) => (await In(session => Ledger.BalanceAsOfAsync(session, code, at, cancel: Cancel))).AmountMinor;
}
