using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class ReversalTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    [Fact]
    public async Task A_reversal_is_a_new_transfer_that_names_the_old_one_and_undoes_its_amounts()
    {
        await Wallets(1_000, "ada", "bob");
        var gift = await Post("ada", "bob", 400);
        var back = await Reverse(gift);
        back.Reverses.ShouldBe(gift.Id);
        back.Legs.ShouldBe([Leg.Credit("ada", Duc(400)), Leg.Debit("bob", Duc(400))]);
        (await Balance("ada")).PostedMinor.ShouldBe(1_000);
        (await In(session => Ledger.FindTransferAsync(session, gift.Id, Cancel))).State.ShouldBe(TransferState.Posted);
        await Refused(LedgerRefusals.AlreadyReversed, () => Reverse(gift));
    }

    // definitions: 10000 with a fee of 12.5 %, refunded 3333, 3333, 3334: the fee gives back 417, 416, 417.
    [Fact]
    public async Task Parts_round_cumulatively_and_together_are_exactly_the_whole()
    {
        await Wallets(10_000, "ada", "shop", "fees");
        var sale = await Sale(10_000, 8_750, 1_250);
        var fees = new List<long>();
        foreach (var part in new long[] { 3_333, 3_333, 3_334 })
        {
            var back = await Reverse(sale, part);
            back.Legs.Sum(leg => leg.SignedMinor).ShouldBe(0);
            fees.Add(back.Legs.Single(leg => leg.Account == "fees").AmountMinor);
        }
        fees.ShouldBe([417, 416, 417]);
        foreach (var account in new[] { "ada", "shop", "fees" }) (await Balance(account)).PostedMinor.ShouldBe(10_000);
        (await Refused(LedgerRefusals.AlreadyReversed, () => Reverse(sale, 1))).Details["leftMinor"].ShouldBe("0");
    }

    [Fact]
    public async Task Any_parts_in_any_order_end_with_every_leg_reversed_exactly()
    {
        var random = new Random(11);
        await Wallets(1_000_000, "ada", "shop", "fees", "tax");
        for (var round = 0; round < 12; round++)
        {
            long[] shares = [random.Next(1, 500), random.Next(1, 50), random.Next(1, 9)];
            var sale = await Post(new NewTransfer
            {
                Key = NextKey(), Legs = [Leg.Debit("ada", Duc(shares.Sum())), Leg.Credit("shop", Duc(shares[0])), Leg.Credit("fees", Duc(shares[1])), Leg.Credit("tax", Duc(shares[2]))],
            });
            for (var left = shares.Sum(); left > 0;)
            {
                var part = Math.Min(left, random.Next(1, 200));
                var back = await Reverse(sale, part);
                back.Legs.Where(leg => leg.Side == Side.Credit).Sum(leg => leg.AmountMinor).ShouldBe(part);
                left -= part;
            }
        }
        foreach (var account in new[] { "ada", "shop", "fees", "tax" }) (await Balance(account)).PostedMinor.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task A_part_and_then_all_that_is_left()
    {
        await Wallets(10_000, "ada", "shop", "fees");
        var sale = await Sale(1_000, 900, 100);
        await Reverse(sale, 333);
        (await Refused(LedgerRefusals.AlreadyReversed, () => Reverse(sale, 668))).Details["leftMinor"].ShouldBe("667");
        (await Reverse(sale)).Legs[0].AmountMinor.ShouldBe(667);
        foreach (var account in new[] { "ada", "shop", "fees" }) (await Balance(account)).PostedMinor.ShouldBe(10_000);
    }

    [Fact]
    public async Task The_same_reversal_again_is_answered_again_and_another_under_its_key_is_refused()
    {
        await Wallets(10_000, "ada", "shop", "fees");
        var sale = await Sale(1_000, 900, 100);
        var first = await Reverse(sale, 300, "refund");
        await Reverse(sale, 300);
        Json(await Reverse(sale, 300, "refund")).ShouldBe(Json(first));
        await Refused(LedgerRefusals.KeyReused, () => Reverse(sale, 301, "refund"));
        (await Balance("ada")).PostedMinor.ShouldBe(9_600);
    }

    [Fact]
    public async Task What_was_settled_in_part_is_reversed_as_it_was_posted()
    {
        await Wallets(1_000, "ada", "bob");
        var held = await Hold("ada", "bob", 500);
        await Refused(LedgerRefusals.PartInvalid, () => Reverse(held));
        await In(session => Ledger.SettleAsync(session, held.Id, new Settlement { Amount = Duc(200) }, Cancel));
        (await Reverse(held)).Legs[0].AmountMinor.ShouldBe(200);
        (await Balance("ada")).PostedMinor.ShouldBe(1_000);
    }

    [Fact]
    public async Task A_transfer_of_two_currencies_is_reversed_whole_and_has_no_parts()
    {
        await Open("ada:DUC");
        await Open("ada:USD", currency: Currency.Usd);
        await Open("house:DUC", AccountKind.Equity);
        await Open("house:USD", AccountKind.Equity, Currency.Usd);
        var conversion = await Post(new NewTransfer
        {
            Key = NextKey(), Legs = [Leg.Debit("ada:DUC", Duc(1_000)), Leg.Credit("house:DUC", Duc(1_000)), Leg.Debit("house:USD", Usd(100)), Leg.Credit("ada:USD", Usd(100))],
        });
        await Refused(LedgerRefusals.PartInvalid, () => Reverse(conversion, 500));
        await Reverse(conversion);
        (await Balance("ada:USD")).PostedMinor.ShouldBe(0);
        (await Balance("house:DUC")).PostedMinor.ShouldBe(0);
    }

    [Fact]
    public async Task A_reversal_respects_limits_like_any_transfer()
    {
        await Wallets(1_000, "ada", "bob");
        var gift = await Post("ada", "bob", 400);
        await Post("bob", "ada", 1_400);
        await Refused(LedgerRefusals.InsufficientFunds, () => Reverse(gift));
        await Refused(LedgerRefusals.TransferNotFound, () => In(session => Ledger.ReverseAsync(session, new Reversal { Key = NextKey(), Transfer = Guid.NewGuid() }, Cancel)));
    }

    [Fact]
    public async Task Many_who_reverse_the_same_transfer_at_once_give_back_no_more_than_it_was()
    {
        await Wallets(1_000, "ada", "bob");
        var gift = await Post("ada", "bob", 100);
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                return (await Reverse(gift, 30)).Legs[0].AmountMinor;
            }
            catch (Refusal refusal) when (refusal.Code == LedgerRefusals.AlreadyReversed)
            {
                return 0;
            }
        }));
        done.Sum().ShouldBe(90);
        (await Balance("ada")).PostedMinor.ShouldBe(990);
    }

    private Task<Transfer> Sale(long price, long shop, long fee) =>
        Post(new NewTransfer { Key = NextKey(), Legs = [Leg.Debit("ada", Duc(price)), Leg.Credit("shop", Duc(shop)), Leg.Credit("fees", Duc(fee))] });

    private Task<Transfer> Reverse(Transfer transfer, long? part = null, string? key = null) =>
        In(session => Ledger.ReverseAsync(session, new Reversal { Key = key ?? NextKey(), Transfer = transfer.Id, Amount = part is { } minor ? Duc(minor) : null }, Cancel));
}
