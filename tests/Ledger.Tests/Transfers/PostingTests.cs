using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class PostingTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    [Fact]
    public async Task A_transfer_moves_an_amount_and_both_sides_know()
    {
        await Wallets(10_000, "ada", "bob");
        var made = await Post("ada", "bob", 2_500);
        made.State.ShouldBe(TransferState.Posted);
        made.Actor.ShouldBe("user:ada");
        made.Batch.ShouldBe(made.Id);
        (await Balance("ada")).ShouldBe(new Balance(7_500, 0, 0, 2_500, 10_000));
        (await Balance("bob")).PostedMinor.ShouldBe(12_500);
        (await Balance("bank")).PostedMinor.ShouldBe(20_000);
    }

    [Fact]
    public async Task What_was_answered_is_what_is_read_later()
    {
        await Wallets(1_000, "ada", "bob");
        var made = await Post(NewTransfer.Of("gift", "ada", "bob", Duc(10), "A gift, \"quoted\" {and} NULL", "order:7") with
        {
            Metadata = new Dictionary<string, string> { ["note"] = "für Bob ✓" }, EffectiveAt = DateTimeOffset.UtcNow.AddDays(-3),
        });
        var read = await In(session => Ledger.FindTransferAsync(session, made.Id, Cancel));
        Json(read).ShouldBe(Json(made));
        (await In(session => Ledger.FindByKeyAsync(session, "gift", Cancel)))!.Id.ShouldBe(made.Id);
        (await In(session => Ledger.FindByKeyAsync(session, "no such", Cancel))).ShouldBeNull();
        (await In(session => Ledger.FindByCauseAsync(session, "order:7", Cancel))).ShouldHaveSingleItem().Id.ShouldBe(made.Id);
    }

    [Fact]
    public async Task A_wallet_that_is_never_negative_refuses_what_it_does_not_have_and_says_how_much_it_has()
    {
        await Wallets(100, "ada", "bob");
        var refusal = await Refused(LedgerRefusals.InsufficientFunds, () => Post("ada", "bob", 101));
        refusal.Details["account"].ShouldBe("ada");
        refusal.Details["availableMinor"].ShouldBe("100");
        refusal.Details["neededMinor"].ShouldBe("101");
        (await Balance("ada")).AvailableMinor.ShouldBe(100);
    }

    [Fact]
    public async Task The_callers_transaction_goes_on_after_a_refusal_and_keeps_what_else_it_did()
    {
        await Wallets(100, "ada", "bob");
        await In(async session =>
        {
            await Refused(LedgerRefusals.InsufficientFunds, () => Ledger.PostAsync(session, NewTransfer.Of("too much", "ada", "bob", Duc(500)), Cancel));
            return await Ledger.PostAsync(session, NewTransfer.Of("enough", "ada", "bob", Duc(50)), Cancel);
        });
        (await Balance("bob")).PostedMinor.ShouldBe(150);
    }

    [Fact]
    public async Task A_transfer_is_true_exactly_when_the_callers_transaction_is()
    {
        await Wallets(100, "ada", "bob");
        await using (var session = await Database.BeginAsync(Tenant, Cancel)) await Ledger.PostAsync(session, NewTransfer.Of("lost", "ada", "bob", Duc(50)), Cancel);
        (await Balance("bob")).PostedMinor.ShouldBe(100);
        (await In(session => Ledger.FindByKeyAsync(session, "lost", Cancel))).ShouldBeNull();
    }

    [Fact]
    public async Task The_same_key_and_body_gets_the_first_answer_and_moves_nothing()
    {
        await Wallets(100, "ada", "bob");
        var first = await Post("ada", "bob", 60, "once");
        Json(await Post("ada", "bob", 60, "once")).ShouldBe(Json(first));
        (await Balance("bob")).PostedMinor.ShouldBe(160);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await Wallets(100, "ada", "bob");
        await Post("ada", "bob", 60, "once");
        (await Refused(LedgerRefusals.KeyReused, () => Post("ada", "bob", 61, "once"))).Details["key"].ShouldBe("once");
        await Refused(LedgerRefusals.KeyReused, () => Post(NewTransfer.Of("once", "ada", "bob", Duc(60), "other words")));
    }

    [Fact]
    public async Task Linked_transfers_are_made_all_or_none_and_each_sees_what_the_ones_before_left()
    {
        await Wallets(0, "ada", "bob", "eve");
        NewTransfer[] chain = [NewTransfer.Of("a", "bank", "ada", Duc(100)), NewTransfer.Of("b", "ada", "bob", Duc(100)), NewTransfer.Of("c", "bob", "eve", Duc(40))];
        var made = await In(session => Ledger.PostAsync(session, chain, Cancel));
        made.Select(one => one.Batch).Distinct().ShouldBe([made[0].Id]);
        (await Balance("bob")).PostedMinor.ShouldBe(60);

        NewTransfer[] broken = [NewTransfer.Of("d", "bob", "eve", Duc(60)), NewTransfer.Of("e", "bob", "eve", Duc(1))];
        (await Refused(LedgerRefusals.InsufficientFunds, () => In(session => Ledger.PostAsync(session, broken, Cancel)))).Details["index"].ShouldBe("1");
        (await Balance("bob")).PostedMinor.ShouldBe(60);
        (await In(session => Ledger.PostAsync(session, chain, Cancel))).Select(one => one.Id).ShouldBe(made.Select(one => one.Id));
        await Refused(LedgerRefusals.KeyReused, () => In(session => Ledger.PostAsync(session, [chain[0], NewTransfer.Of("f", "ada", "bob", Duc(1))], Cancel)));
    }
}
