using Dapper;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class HoldTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    [Fact]
    public async Task A_pending_transfer_holds_what_can_then_not_be_spent_twice()
    {
        await Wallets(1_000, "ada", "bob");
        var held = await Hold("ada", "bob", 700);
        held.State.ShouldBe(TransferState.Pending);
        (await Balance("ada")).ShouldBe(new Balance(1_000, 0, 700, 0, 1_000));
        (await Balance("ada")).AvailableMinor.ShouldBe(300);
        (await Balance("bob")).ShouldBe(new Balance(1_000, 700, 0, 0, 1_000));
        await Refused(LedgerRefusals.InsufficientFunds, () => Post("ada", "bob", 301));
        await Refused(LedgerRefusals.InsufficientFunds, () => Hold("ada", "bob", 301));
        await Post("ada", "bob", 300);
    }

    [Fact]
    public async Task Settled_whole_it_is_posted_and_nothing_is_pending()
    {
        await Wallets(1_000, "ada", "bob");
        var held = await Hold("ada", "bob", 700);
        var settled = await Settle(held);
        settled.State.ShouldBe(TransferState.Posted);
        settled.PostedMinor.ShouldBeNull();
        settled.EndedAt.ShouldNotBeNull();
        (await Balance("ada")).ShouldBe(new Balance(300, 0, 0, 700, 1_000));
        (await Balance("bob")).ShouldBe(new Balance(1_700, 0, 0, 0, 1_700));
        Json(await In(session => Ledger.FindTransferAsync(session, held.Id, Cancel))).ShouldBe(Json(settled));
    }

    [Fact]
    public async Task Settled_in_part_the_rest_is_given_back()
    {
        await Wallets(1_000, "ada", "bob");
        var settled = await Settle(await Hold("ada", "bob", 700), 250);
        settled.PostedMinor.ShouldBe([250, 250]);
        (await Balance("ada")).AvailableMinor.ShouldBe(750);
        (await Balance("bob")).PostedMinor.ShouldBe(1_250);
    }

    [Fact]
    public async Task A_part_of_many_legs_is_split_by_largest_remainder_on_both_sides()
    {
        await Wallets(10_000, "ada", "shop", "fees", "tips");
        var held = await Post(new NewTransfer
        {
            Key = NextKey(), IsPending = true,
            Legs = [Leg.Debit("ada", Duc(15)), Leg.Credit("shop", Duc(12)), Leg.Credit("fees", Duc(1)), Leg.Credit("tips", Duc(2))],
        });
        var settled = await Settle(held, 7);
        settled.PostedMinor.ShouldBe([7, 6, 0, 1]);
        (await Balance("fees")).ShouldBe(new Balance(10_000, 0, 0, 0, 10_000));
    }

    [Fact]
    public async Task Voided_everything_is_as_before()
    {
        await Wallets(1_000, "ada", "bob");
        var voided = await Void(await Hold("ada", "bob", 700));
        (voided.State, voided.EndReason).ShouldBe((TransferState.Voided, "changed her mind"));
        (await Balance("ada")).AvailableMinor.ShouldBe(1_000);
        (await Balance("bob")).PendingInMinor.ShouldBe(0);
    }

    [Fact]
    public async Task What_has_ended_ends_no_other_way_and_the_same_way_again_is_answered_again()
    {
        await Wallets(1_000, "ada", "bob");
        var settled = await Settle(await Hold("ada", "bob", 100), 60);
        Json(await Settle(settled, 60)).ShouldBe(Json(settled));
        await Refused(LedgerRefusals.NotPending, () => Settle(settled, 50));
        await Refused(LedgerRefusals.NotPending, () => Void(settled));
        var voided = await Void(await Hold("ada", "bob", 100));
        Json(await Void(voided)).ShouldBe(Json(voided));
        (await Refused(LedgerRefusals.NotPending, () => Settle(voided))).Details["state"].ShouldBe("voided");
        var posted = await Post("ada", "bob", 1);
        await Refused(LedgerRefusals.NotPending, () => Settle(posted));
    }

    [Theory]
    [InlineData(101, "DUC", LedgerRefusals.PartInvalid)]
    [InlineData(0, "DUC", LedgerRefusals.AmountInvalid)]
    [InlineData(-5, "DUC", LedgerRefusals.AmountInvalid)]
    [InlineData(50, "USD", LedgerRefusals.CurrencyMismatch)]
    public async Task No_more_than_was_held_and_nothing_else_is_settled(long part, string currency, string refusal)
    {
        await Wallets(1_000, "ada", "bob");
        var held = await Hold("ada", "bob", 100);
        await Refused(refusal, () => In(session => Ledger.SettleAsync(session, held.Id, new Settlement { Amount = new Money(part, Currency.Find(currency)) }, Cancel)));
        (await Balance("ada")).PendingOutMinor.ShouldBe(100);
    }

    [Fact]
    public async Task When_its_time_is_over_it_is_given_up_by_itself()
    {
        await Wallets(1_000, "ada", "bob");
        var held = await Hold("ada", "bob", 100, DateTimeOffset.UtcNow.AddHours(1));
        (await Ask<int>("select count(*)::int from kernel.jobs where tenant_id = $tenant and kind = 'ledger.expire_transfer' and run_at > now()")).ShouldBe(1);
        // Before its time the alarm does nothing.
        await Expire(held.Id);
        (await Balance("ada")).PendingOutMinor.ShouldBe(100);
        await Past(held.Id);
        await Refused(LedgerRefusals.Expired, () => Settle(held));
        await Expire(held.Id);
        await Expire(held.Id);
        var expired = await In(session => Ledger.FindTransferAsync(session, held.Id, Cancel));
        expired.State.ShouldBe(TransferState.Expired);
        (await Balance("ada")).AvailableMinor.ShouldBe(1_000);
        await Refused(LedgerRefusals.Expired, () => Settle(held));
        (await Events()).Select(happened => happened.Name).ShouldContain("ledger.transfer.expired");
    }

    [Fact]
    public async Task A_transfer_that_would_have_expired_already_is_refused() =>
        await Refused(LedgerRefusals.TransferInvalid, async () =>
        {
            await Wallets(1_000, "ada", "bob");
            await Hold("ada", "bob", 100, DateTimeOffset.UtcNow.AddMinutes(-1));
        });

    [Fact]
    public async Task A_hold_is_given_back_on_a_frozen_account_and_not_settled()
    {
        await Wallets(1_000, "ada", "bob");
        var (first, second) = (await Hold("ada", "bob", 100), await Hold("ada", "bob", 200));
        await In(session => Ledger.FreezeAccountAsync(session, "ada", "dispute", Cancel));
        await Refused(LedgerRefusals.AccountFrozen, () => Settle(first));
        await Void(second);
        (await Balance("ada")).PendingOutMinor.ShouldBe(100);
    }

    [Fact]
    public async Task Two_who_end_the_same_transfer_at_the_same_time_take_turns_and_one_is_refused()
    {
        await Wallets(1_000, "ada", "bob");
        for (var round = 0; round < 10; round++)
        {
            var held = await Hold("ada", "bob", 10);
            var ends = await Task.WhenAll(Try(() => Settle(held)), Try(() => Void(held)));
            ends.Count(ended => ended).ShouldBe(1);
        }
        (await Balance("ada")).PendingOutMinor.ShouldBe(0);

        static async Task<bool> Try(Func<Task> act)
        {
            try
            {
                await act();
                return true;
            }
            catch (Refusal refusal) when (refusal.Code == LedgerRefusals.NotPending)
            {
                return false;
            }
        }
    }

    private Task<Transfer> Settle(Transfer held, long? part = null) =>
        In(session => Ledger.SettleAsync(session, held.Id, new Settlement { Amount = part is { } minor ? Duc(minor) : null }, Cancel));

    private Task<Transfer> Void(Transfer held) => In(session => Ledger.VoidAsync(session, held.Id, "changed her mind", Cancel));

    private Task Expire(Guid id) => In(async session =>
    {
        await ((Journal)Ledger).ExpireAsync(session, id, Cancel);
        return true;
    });

    // An hour passes: the row is moved back instead of the clock forward.
    private async Task Past(Guid id)
    {
        await using var super = await Test.OpenSuperAsync();
        await super.ExecuteAsync("alter table ledger.transfers disable trigger user; update ledger.transfers set expires_at = now() - interval '1 second' where id = @id; alter table ledger.transfers enable trigger user", new { id });
    }

}
