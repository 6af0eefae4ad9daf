using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class GroupCommitTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    [Fact]
    public async Task What_is_submitted_is_true_when_it_is_answered()
    {
        await Wallets(1_000, "ada", "bob");
        var made = await Submit(NewTransfer.Of("gift", "ada", "bob", Duc(10)));
        made.Actor.ShouldBe("key:shop");
        Json(await In(session => Ledger.FindTransferAsync(session, made.Id, Cancel))).ShouldBe(Json(made));
        (await Balance("bob")).PostedMinor.ShouldBe(1_010);
    }

    [Fact]
    public async Task Many_callers_on_one_hot_account_all_get_through_and_it_adds_up()
    {
        await Wallets(100_000, "ada", "bob", "eve");
        await Task.WhenAll(Enumerable.Range(0, 600).Select(number => Submit(NewTransfer.Of($"pay-{number}", number % 2 == 0 ? "ada" : "bob", "eve", Duc(number + 1)))));
        (await Balance("eve")).PostedMinor.ShouldBe(100_000 + Enumerable.Range(1, 600).Sum());
        (await Ask<int>("select count(*)::int from ledger.entries e join ledger.accounts a on a.id = e.account_id where a.tenant_id = $tenant and a.code = 'eve'")).ShouldBe(601);
    }

    [Fact]
    public async Task More_callers_than_money_and_exactly_as_many_get_some_as_there_is()
    {
        await Wallets(50, "ada", "bob");
        var got = await Task.WhenAll(Enumerable.Range(0, 120).Select(async number =>
        {
            try
            {
                await Submit(NewTransfer.Of($"take-{number}", "ada", "bob", Duc(1)));
                return true;
            }
            catch (Refusal refusal) when (refusal.Code == LedgerRefusals.InsufficientFunds)
            {
                return false;
            }
        }));
        got.Count(one => one).ShouldBe(50);
        (await Balance("ada")).PostedMinor.ShouldBe(0);
    }

    [Fact]
    public async Task The_same_key_at_the_same_time_is_made_once_and_everybody_gets_it()
    {
        await Wallets(1_000, "ada", "bob");
        var made = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Submit(NewTransfer.Of("once", "ada", "bob", Duc(10)))));
        made.Select(one => one.Id).Distinct().Count().ShouldBe(1);
        (await Balance("bob")).PostedMinor.ShouldBe(1_010);
    }

    [Fact]
    public async Task The_same_key_over_both_ways_is_made_once()
    {
        await Wallets(10_000, "ada", "bob");
        for (var round = 0; round < 15; round++)
        {
            var transfer = NewTransfer.Of($"both-{round}", "ada", "bob", Duc(10));
            var made = await Task.WhenAll(Submit(transfer), Post(transfer), Submit(transfer), Post(transfer));
            made.Select(one => one.Id).Distinct().Count().ShouldBe(1);
        }
        (await Balance("bob")).PostedMinor.ShouldBe(10_150);
    }

    [Fact]
    public async Task A_key_that_failed_stays_failed_whatever_happens_later()
    {
        await Wallets(10, "ada", "bob");
        var wish = NewTransfer.Of("wish", "ada", "bob", Duc(100));
        var first = await Refused(LedgerRefusals.InsufficientFunds, () => Submit(wish));
        await Post("bank", "ada", 1_000);
        var second = await Refused(LedgerRefusals.InsufficientFunds, () => Submit(wish));
        (second.Message, second.Status, second.Details["neededMinor"]).ShouldBe((first.Message, first.Status, "100"));
        await Refused(LedgerRefusals.InsufficientFunds, () => Post(wish));
        await Refused(LedgerRefusals.KeyReused, () => Submit(NewTransfer.Of("wish", "ada", "bob", Duc(101))));
        await Submit(NewTransfer.Of("another wish", "ada", "bob", Duc(100)));
    }

    [Fact]
    public async Task A_refusal_is_kept_for_thirty_days()
    {
        await Wallets(10, "ada", "bob");
        var wish = NewTransfer.Of("wish", "ada", "bob", Duc(100));
        await Refused(LedgerRefusals.InsufficientFunds, () => Submit(wish));
        await Post("bank", "ada", 1_000);
        await Ask<int>("with aged as (update ledger.refused_keys set at = now() - interval '31 days' where tenant_id = $tenant returning 1) select count(*)::int from aged");
        await Submit(wish);
    }

    [Fact]
    public async Task A_chain_that_is_refused_takes_nobody_else_with_it_and_leaves_nothing_behind()
    {
        await Wallets(1_000, "ada", "bob", "eve");
        var good = Enumerable.Range(0, 20).Select(number => Submit(NewTransfer.Of($"good-{number}", "ada", "bob", Duc(1))));
        var bad = Enumerable.Range(0, 20).Select(number => Refused(LedgerRefusals.InsufficientFunds, () =>
            Ledger.SubmitAsync(Tenant, [NewTransfer.Of($"bad-{number}-a", "ada", "eve", Duc(5)), NewTransfer.Of($"bad-{number}-b", "eve", "bob", Duc(50_000))], cancel: Cancel)));
        await Task.WhenAll(good.Cast<Task>().Concat(bad));
        (await Balance("ada")).PostedMinor.ShouldBe(980);
        (await Balance("eve")).PostedMinor.ShouldBe(1_000);
        (await In(session => Ledger.FindByKeyAsync(session, "bad-0-a", Cancel))).ShouldBeNull();
    }

    [Fact]
    public async Task Organisations_do_not_wait_in_each_others_lines()
    {
        await Wallets(1_000, "ada", "bob");
        // Somebody keeps an account of this organisation locked; another organisation goes on meanwhile.
        await using var session = await Database.BeginAsync(Tenant, Cancel);
        await Ledger.PostAsync(session, NewTransfer.Of("slow", "ada", "bob", Duc(1)), Cancel);
        var waiting = Submit(NewTransfer.Of("behind", "ada", "bob", Duc(1)));
        var other = TenantId.New();
        await using (var theirs = await Database.BeginAsync(other, Cancel))
        {
            foreach (var code in new[] { "x", "y" }) await Ledger.OpenAccountAsync(theirs, new NewAccount { Code = code, Kind = AccountKind.Equity, Currency = Currency.Eur }, Cancel);
            await theirs.CommitAsync(Cancel);
        }
        await Ledger.SubmitAsync(other, [NewTransfer.Of("quick", "x", "y", new Money(1, Currency.Eur))], cancel: Cancel);
        waiting.IsCompleted.ShouldBeFalse();
        await session.CommitAsync(Cancel);
        await waiting;
        (await Balance("bob")).PostedMinor.ShouldBe(1_002);
    }

    [Fact]
    public async Task Sessions_and_submissions_mixed_over_the_same_accounts_end_with_the_right_sums()
    {
        string[] codes = ["a", "b", "c", "d", "e"];
        await Wallets(10_000, codes);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number =>
        {
            var random = new Random(number);
            var (debit, credit) = (codes[random.Next(5)], codes[random.Next(5)]);
            return number % 4 == 0 ? Post(debit, credit, random.Next(1, 20)) : Submit(NewTransfer.Of($"s-{number}", debit, credit, Duc(random.Next(1, 20))));
        }));
        long sum = 0;
        foreach (var code in codes) sum += (await Balance(code)).PostedMinor;
        sum.ShouldBe(50_000);
        (await In(session => Books.VerifyAsync(session, Cancel))).Faults.ShouldBeEmpty();
    }

    private async Task<Transfer> Submit(NewTransfer transfer) => (await Ledger.SubmitAsync(Tenant, [transfer], "key:shop", Cancel))[0];
}
