using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class RefusalTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    [Fact]
    public async Task Debits_and_credits_are_equal_in_each_currency()
    {
        await Refused(LedgerRefusals.Unbalanced, () => Post(new NewTransfer { Key = "a", Legs = [Leg.Debit("x", Duc(10)), Leg.Credit("y", Duc(9))] }));
        var refusal = await Refused(LedgerRefusals.Unbalanced, () => Post(new NewTransfer { Key = "a", Legs = [Leg.Debit("x", Duc(10)), Leg.Credit("y", Usd(10))] }));
        (refusal.Details["currency"], refusal.Details["debitsMinor"], refusal.Details["creditsMinor"]).ShouldBe(("DUC", "10", "0"));
        await Refused(LedgerRefusals.Unbalanced, () => Post(new NewTransfer { Key = "a", Legs = [Leg.Debit("x", Duc(10)), Leg.Debit("y", Duc(10))] }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(Leg.LargestMinor + 1)]
    public async Task Amounts_are_above_nothing_and_no_larger_than_every_reader_can_count(long amount) =>
        await Refused(LedgerRefusals.AmountInvalid, () => Post(new NewTransfer { Key = "a", Legs = [new Leg("x", Side.Debit, amount, Currency.Ducat), new Leg("y", Side.Credit, amount, Currency.Ducat)] }));

    [Fact]
    public async Task The_form_of_a_transfer_has_limits()
    {
        Leg[] legs = [Leg.Debit("x", Duc(1)), Leg.Credit("y", Duc(1))];
        NewTransfer[] wrong =
        [
            new() { Key = "", Legs = legs }, new() { Key = new string('k', 201), Legs = legs }, new() { Key = "a\nb", Legs = legs }, new() { Key = "a", Legs = [] }, new() { Key = "a", Legs = legs[..1] },
            new() { Key = "a", Legs = [.. Enumerable.Repeat(legs, 51).SelectMany(both => both)] }, new() { Key = "a", Legs = legs, Description = new string('d', 501) }, new() { Key = "a", Legs = legs, Cause = "" },
            new() { Key = "a", Legs = legs, ExpiresAt = DateTimeOffset.UtcNow.AddDays(1) }, new() { Key = "a", Legs = legs, Description = "nul \0" },
            new() { Key = "a", Legs = legs, Metadata = new Dictionary<string, string> { ["long"] = new('m', 1001) } },
        ];
        foreach (var transfer in wrong) await Refused(LedgerRefusals.TransferInvalid, () => Post(transfer));
        await Refused(LedgerRefusals.TransferInvalid, () => In(session => Ledger.PostAsync(session, [], Cancel)));
        await Refused(LedgerRefusals.TransferInvalid, () => In(session => Ledger.PostAsync(session, [new() { Key = "same", Legs = legs }, new() { Key = "same", Legs = legs }], Cancel)));
    }

    [Fact]
    public async Task A_leg_is_in_the_currency_of_its_account()
    {
        await Wallets(100, "ada");
        await Open("dollars", currency: Currency.Usd);
        var refusal = await Refused(LedgerRefusals.CurrencyMismatch, () => Post("ada", "dollars", 10));
        refusal.Details["account"].ShouldBe("dollars");
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_named()
    {
        await Wallets(100, "ada");
        (await Refused(LedgerRefusals.AccountNotFound, () => Post("ada", "nobody", 10))).Details["account"].ShouldBe("nobody");
    }

    [Fact]
    public async Task A_ceiling_counts_what_is_still_to_come()
    {
        await Open("bank", AccountKind.Asset);
        await Open("ada", ceiling: 100);
        await Hold("bank", "ada", 60);
        (await Refused(LedgerRefusals.OverLimit, () => Post("bank", "ada", 41))).Details["ceilingMinor"].ShouldBe("100");
        await Post("bank", "ada", 40);
    }

    [Fact]
    public async Task A_floor_may_lie_below_nothing()
    {
        await Open("bank", AccountKind.Asset);
        await Open("ada", floor: -50);
        await Post("ada", "bank", 50);
        await Refused(LedgerRefusals.InsufficientFunds, () => Post("ada", "bank", 1));
    }

    [Fact]
    public async Task An_asset_account_has_its_floor_on_the_other_side()
    {
        await Open("equity", AccountKind.Equity);
        await Open("cash", AccountKind.Asset, floor: 0);
        await Open("rent", AccountKind.Expense);
        await Post("cash", "equity", 100);
        await Post("rent", "cash", 100);
        (await Balance("rent")).PostedMinor.ShouldBe(100);
        await Refused(LedgerRefusals.InsufficientFunds, () => Post("rent", "cash", 1));
    }

    [Fact]
    public async Task Sums_that_would_not_be_counted_any_more_are_refused()
    {
        await Open("a", AccountKind.Asset);
        await Open("b");
        await In(async session =>
        {
            for (var step = 0; step < 11; step++)
                await Ledger.PostAsync(session, [.. Enumerable.Range(0, 93).Select(number => NewTransfer.Of($"{step}/{number}", "a", "b", Duc(Leg.LargestMinor)))], Cancel);
            return true;
        });
        await Refused(LedgerRefusals.AmountInvalid, () => In(session => Ledger.PostAsync(session, [.. Enumerable.Range(0, 10).Select(number => NewTransfer.Of($"more/{number}", "a", "b", Duc(Leg.LargestMinor)))], Cancel)));
    }

    [Fact]
    public async Task Nothing_is_effective_far_in_the_future()
    {
        await Wallets(100, "ada", "bob");
        await Refused(LedgerRefusals.TransferInvalid, () => Post(NewTransfer.Of("a", "ada", "bob", Duc(1)) with { EffectiveAt = DateTimeOffset.UtcNow.AddDays(2) }));
        await Post(NewTransfer.Of("a", "ada", "bob", Duc(1)) with { EffectiveAt = DateTimeOffset.UtcNow.AddYears(-30) });
    }
}
