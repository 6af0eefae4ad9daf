using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class AccountTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    [Fact]
    public async Task Opening_the_same_account_again_finds_it_and_another_under_its_code_is_refused()
    {
        var first = await Open("wallet:ada:DUC", floor: 0);
        (await Open("wallet:ada:DUC", floor: 0)).Id.ShouldBe(first.Id);
        await Refused(LedgerRefusals.AccountExists, () => Open("wallet:ada:DUC"));
        await Refused(LedgerRefusals.AccountExists, () => Open("wallet:ada:DUC", AccountKind.Asset, floor: 0));
        await Refused(LedgerRefusals.AccountExists, () => Open("wallet:ada:DUC", currency: Currency.Usd, floor: 0));
        (await Events()).Count(happened => happened.Name == "ledger.account.opened").ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":ada")]
    [InlineData("ada's")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("ada\n")]
    [InlineData("кошелёк")]
    public async Task A_code_has_letters_digits_and_few_signs(string code) => await Refused(LedgerRefusals.AccountInvalid, () => Open(code));

    [Fact]
    public async Task Limits_of_a_new_account_leave_room_for_nothing()
    {
        await Refused(LedgerRefusals.AccountInvalid, () => Open("a", floor: 1));
        await Refused(LedgerRefusals.AccountInvalid, () => Open("a", ceiling: -1));
        await Refused(LedgerRefusals.AccountInvalid, () => Open("a", floor: 0, ceiling: -10));
        await Refused(LedgerRefusals.AccountInvalid, () => Open("a", tags: [.. Enumerable.Range(0, 21).Select(number => $"tag{number}")]));
        await Refused(LedgerRefusals.AccountInvalid, () => Open(new string('a', 121)));
    }

    [Fact]
    public async Task A_frozen_account_neither_gives_nor_takes_until_it_is_released()
    {
        await Wallets(100, "ada", "bob");
        (await In(session => Ledger.FreezeAccountAsync(session, "ada", "stolen card", Cancel))).IsFrozen.ShouldBeTrue();
        (await Refused(LedgerRefusals.AccountFrozen, () => Post("ada", "bob", 1))).Details["reason"].ShouldBe("stolen card");
        await Refused(LedgerRefusals.AccountFrozen, () => Post("bob", "ada", 1));
        await In(session => Ledger.UnfreezeAccountAsync(session, "ada", Cancel));
        await Post("ada", "bob", 1);
        (await Events()).Select(happened => happened.Name).ShouldContain("ledger.account.unfrozen");
        await Refused(LedgerRefusals.AccountInvalid, () => In(session => Ledger.FreezeAccountAsync(session, "ada", "", Cancel)));
        await Refused(LedgerRefusals.AccountNotFound, () => In(session => Ledger.FreezeAccountAsync(session, "eve", "why not", Cancel)));
    }

    [Fact]
    public async Task Only_an_empty_account_is_closed_and_then_for_good()
    {
        await Wallets(100, "ada", "bob");
        await Refused(LedgerRefusals.AccountNotEmpty, () => In(session => Ledger.CloseAccountAsync(session, "ada", Cancel)));
        await Post("ada", "bob", 100);
        (await In(session => Ledger.CloseAccountAsync(session, "ada", Cancel))).IsClosed.ShouldBeTrue();
        await Refused(LedgerRefusals.AccountClosed, () => Post("bob", "ada", 1));
    }

    [Fact]
    public async Task An_account_that_waits_for_something_is_not_empty()
    {
        await Wallets(0, "ada", "bob");
        await Hold("bank", "ada", 10);
        await Refused(LedgerRefusals.AccountNotEmpty, () => In(session => Ledger.CloseAccountAsync(session, "ada", Cancel)));
    }

    [Fact]
    public async Task Name_tags_limits_and_metadata_change_and_what_is_left_out_stays()
    {
        await Wallets(100, "ada");
        var changed = await In(session => Ledger.ChangeAccountAsync(session, "ada", new AccountChange
        {
            Name = "Ada's purse", Tags = ["vip"], Limits = new AccountLimits(0, 500), Metadata = new Dictionary<string, string> { ["crm"] = "7" },
        }, Cancel));
        (changed.Name, changed.CeilingMinor, changed.FloorMinor).ShouldBe(("Ada's purse", 500L, 0L));
        var again = await In(session => Ledger.ChangeAccountAsync(session, "ada", new AccountChange { Name = "Purse" }, Cancel));
        again.Tags.ShouldBe(["vip"]);
        again.Metadata["crm"].ShouldBe("7");
        again.CeilingMinor.ShouldBe(500);
        await Refused(LedgerRefusals.OverLimit, () => Post("bank", "ada", 401));
    }

    [Fact]
    public async Task A_limit_that_is_passed_already_is_refused()
    {
        await Wallets(100, "ada");
        await Refused(LedgerRefusals.InsufficientFunds, () => In(session => Ledger.ChangeAccountAsync(session, "ada", new AccountChange { Limits = new AccountLimits(101, null) }, Cancel)));
        await Refused(LedgerRefusals.OverLimit, () => In(session => Ledger.ChangeAccountAsync(session, "ada", new AccountChange { Limits = new AccountLimits(null, 99) }, Cancel)));
        await Refused(LedgerRefusals.AccountInvalid, () => In(session => Ledger.ChangeAccountAsync(session, "ada", new AccountChange { Limits = new AccountLimits(10, 9) }, Cancel)));
    }

    [Fact]
    public async Task Balances_add_up_by_tag_kind_and_currency()
    {
        await Wallets(0);
        await Open("ada", floor: 0, tags: "studio");
        await Open("bob", floor: 0, tags: ["studio", "vip"]);
        await Open("till", AccountKind.Asset, tags: "studio");
        await Open("eve", tags: "other");
        await Post("till", "ada", 100);
        await Post("bank", "bob", 50);
        await Hold("bob", "eve", 20);
        var sums = await In(session => Ledger.BalancesByTagAsync(session, "studio", Cancel));
        sums.ShouldBe([new TagBalance(Currency.Ducat, AccountKind.Asset, 1, 100, 100), new TagBalance(Currency.Ducat, AccountKind.Liability, 2, 150, 130)]);
        (await In(session => Ledger.BalancesByTagAsync(session, "no such", Cancel))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_organisation_sees_no_account_of_another()
    {
        await Wallets(100, "ada");
        await using var bobs = await Database.BeginAsync(TenantId.New(), Cancel);
        (await Should.ThrowAsync<Refusal>(() => Ledger.FindAccountAsync(bobs, "ada", Cancel))).Code.ShouldBe(LedgerRefusals.AccountNotFound);
        (await Should.ThrowAsync<Refusal>(() => Ledger.PostAsync(bobs, NewTransfer.Of("k", "bank", "ada", Duc(1)), Cancel))).Code.ShouldBe(LedgerRefusals.AccountNotFound);
    }
}
