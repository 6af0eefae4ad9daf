using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class BalanceTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_balance_as_of_a_time_is_what_had_happened_before_it()
    {
        await Wallets(0, "ada", "bob");
        await PostAt(March.AddDays(5), 500);
        await PostAt(March.AddDays(1), 100);
        await PostAt(March.AddDays(9), 40);
        (await AsOf(March)).ShouldBe(0);
        (await AsOf(March.AddDays(1))).ShouldBe(0);
        (await AsOf(March.AddDays(1).AddMicroseconds(1))).ShouldBe(100);
        (await AsOf(March.AddDays(6))).ShouldBe(600);
        (await AsOf(March.AddYears(1))).ShouldBe(640);
        (await In(session => Ledger.BalanceAsOfAsync(session, "bank", March.AddDays(6), cancel: Cancel))).ShouldBe(Duc(600));
    }

    [Fact]
    public async Task A_balance_as_it_was_recorded_does_not_know_what_came_to_light_later()
    {
        await Wallets(0, "ada", "bob");
        var times = new List<DateTimeOffset>();
        for (var step = 1; step <= 7; step++) times.Add((await PostAt(March.AddDays(-step), 10)).RecordedAt);
        for (var step = 0; step < 7; step++)
        {
            (await AsOf(times[step], TimeAxis.Recorded)).ShouldBe(step * 10);
            (await AsOf(times[step].AddMicroseconds(1), TimeAxis.Recorded)).ShouldBe((step + 1) * 10);
        }
        (await AsOf(March, TimeAxis.Effective)).ShouldBe(70);
        (await AsOf(times[0].AddYears(-1), TimeAxis.Recorded)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_pending_is_in_no_balance_of_a_time()
    {
        await Wallets(100, "ada", "bob");
        await Hold("ada", "bob", 60);
        (await AsOf(DateTimeOffset.UtcNow.AddMinutes(1))).ShouldBe(100);
        (await AsOf(DateTimeOffset.UtcNow.AddMinutes(1), TimeAxis.Recorded)).ShouldBe(100);
    }

    private Task<Transfer> PostAt(DateTimeOffset at, long amount) => Post(NewTransfer.Of(NextKey(), "bank", "ada", Duc(amount)) with { EffectiveAt = at });

    private async Task<long> AsOf(DateTimeOffset at, TimeAxis axis = TimeAxis.Effective) => (await In(session => Ledger.BalanceAsOfAsync(session, "ada", at, axis, Cancel))).AmountMinor;
}
