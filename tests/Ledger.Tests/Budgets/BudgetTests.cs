using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class BudgetTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    // The sprint budget: 200,000 ducats in 150,000 for the core team, 30,000 for infrastructure and tools, 20,000 for testing.
    [Fact]
    public async Task An_envelope_of_200_000_ducats_in_three_allocations_is_filled_from_the_treasury()
    {
        var budget = await Sprint();
        budget.TotalMinor.ShouldBe(20_000_000);
        budget.Allocations.Select(part => (part.Name, part.AmountMinor, part.LeftMinor)).ShouldBe([("core", 15_000_000L, 15_000_000L), ("infrastructure", 3_000_000L, 3_000_000L), ("quality", 2_000_000L, 2_000_000L)]);
        (await Balance("treasury")).PostedMinor.ShouldBe(14_000_000);
        (await Balance("budget:sprint:core")).AvailableMinor.ShouldBe(15_000_000);
        (await In(session => Ledger.BalancesByTagAsync(session, "budget:sprint", Cancel))).ShouldHaveSingleItem().PostedMinor.ShouldBe(20_000_000);
        (await Events()).Count(happened => happened.Name == "ledger.budget.created").ShouldBe(1);
    }

    [Theory]
    [InlineData(15_000_000, 3_000_000, 1_999_999)]
    [InlineData(15_000_000, 3_000_000, 2_000_001)]
    [InlineData(20_000_000, 1, -1)]
    [InlineData(20_000_000, 0, 0)]
    public async Task Allocations_that_are_not_the_total_are_refused(long core, long infrastructure, long quality)
    {
        await Refused(LedgerRefusals.BudgetUnbalanced, () => Sprint(core, infrastructure, quality));
        (await Balance("treasury")).PostedMinor.ShouldBe(34_000_000);
        await Refused(LedgerRefusals.BudgetNotFound, () => In(session => Budgets.FindAsync(session, "sprint", Cancel)));
    }

    [Fact]
    public async Task Spending_goes_against_its_allocation_and_no_further()
    {
        await Sprint();
        await Spend("quality", 1_999_900);
        var refusal = await Refused(LedgerRefusals.BudgetExceeded, () => Spend("quality", 101));
        (refusal.Details["allocation"], refusal.Details["leftMinor"]).ShouldBe(("quality", "100"));
        var budget = await Find();
        (budget.SpentMinor, budget.LeftMinor).ShouldBe((1_999_900, 18_000_100));
        budget.Allocations[2].SpentMinor.ShouldBe(1_999_900);
        (await Balance("salaries")).PostedMinor.ShouldBe(1_999_900);
    }

    [Fact]
    public async Task What_was_spent_comes_back_by_a_reversal()
    {
        await Sprint();
        var spent = await Spend("core", 500);
        await In(session => Ledger.ReverseAsync(session, new Reversal { Key = NextKey(), Transfer = spent.Id }, Cancel));
        (await Find()).SpentMinor.ShouldBe(0);
    }

    [Fact]
    public async Task The_unspent_moves_between_allocations_and_they_still_add_up()
    {
        await Sprint();
        await Move("core", "quality", 1_000_000, "move");
        var again = await Move("core", "quality", 1_000_000, "move");
        again.Allocations.Select(part => part.AmountMinor).ShouldBe([14_000_000, 3_000_000, 3_000_000]);
        again.Allocations.Sum(part => part.AmountMinor).ShouldBe(again.TotalMinor);
        again.SpentMinor.ShouldBe(0);
        await Refused(LedgerRefusals.BudgetExceeded, () => Move("quality", "core", 3_000_001, "too much"));
        await Refused(LedgerRefusals.BudgetNotFound, () => Move("quality", "elsewhere", 1, "nowhere"));
        await Refused(LedgerRefusals.TransferInvalid, () => Move("quality", "quality", 1, "itself"));
    }

    [Fact]
    public async Task A_budget_larger_than_its_source_or_with_a_taken_code_is_refused_and_leaves_nothing()
    {
        await Sprint();
        await Refused(LedgerRefusals.BudgetExists, () => Sprint());
        await Refused(LedgerRefusals.InsufficientFunds, () => In(session => Budgets.CreateAsync(session, New("huge", 14_000_001), Cancel)));
        await Refused(LedgerRefusals.BudgetNotFound, () => In(session => Budgets.FindAsync(session, "huge", Cancel)));
        await Refused(LedgerRefusals.AccountInvalid, () => In(session => Budgets.CreateAsync(session, New("odd", 10) with { Source = "equity" }, Cancel)));
    }

    [Fact]
    public async Task Over_http_it_is_made_listed_spent_and_moved()
    {
        await Treasury();
        var made = await Call(HttpMethod.Post, "budgets", new
        {
            code = "backend", currency = "DUC", totalMinor = 20_000_000, source = "treasury",
            allocations = new object[] { new { name = "core", amountMinor = 15_000_000 }, new { name = "infrastructure", amountMinor = 3_000_000 }, new { name = "quality", amountMinor = 2_000_000 } },
        }, 201);
        made["leftMinor"]!.GetValue<long>().ShouldBe(20_000_000);
        await Call(HttpMethod.Post, "budgets/backend/spend", new { key = "invoice-1", allocation = "core", amountMinor = 250, account = "salaries" });
        (await Call(HttpMethod.Post, "budgets/backend/spend", new { key = "invoice-2", allocation = "core", amountMinor = 15_000_000, account = "salaries" }, 409))["code"]!.ToString().ShouldBe(LedgerRefusals.BudgetExceeded);
        await Call(HttpMethod.Post, "budgets/backend/move", new { key = "move-1", from = "core", to = "quality", amountMinor = 100 });
        (await Call(HttpMethod.Get, "budgets"))["items"]![0]!["spentMinor"]!.GetValue<long>().ShouldBe(250);
        (await Call(HttpMethod.Get, "budgets/backend"))["allocations"]![2]!["amountMinor"]!.GetValue<long>().ShouldBe(2_000_100);
        (await Call(HttpMethod.Post, "budgets", new { code = "no spaces", currency = "DUC", totalMinor = 1, source = "treasury", allocations = new[] { new { name = "x", amountMinor = 1 } } }, 400))["code"]!.ToString().ShouldBe("request.invalid");
    }

    private static NewBudget New(string code, long total) =>
        new() { Code = code, Currency = Currency.Ducat, TotalMinor = total, Source = "treasury", Allocations = [new NewAllocation { Name = "all", AmountMinor = total }] };

    // The 34,000,000 of the backing ledger, in minor units here.
    private async Task Treasury()
    {
        await Open("equity", AccountKind.Equity);
        await Open("treasury", AccountKind.Asset, floor: 0);
        await Open("salaries", AccountKind.Expense);
        if ((await Balance("treasury")).PostedMinor == 0) await Post("treasury", "equity", 34_000_000, "backing");
    }

    private async Task<Budget> Sprint(long core = 15_000_000, long infrastructure = 3_000_000, long quality = 2_000_000)
    {
        if (await In(session => Ledger.FindByKeyAsync(session, "backing", Cancel)) is null) await Treasury();
        return await In(session => Budgets.CreateAsync(session, new NewBudget
        {
            Code = "sprint", Currency = Currency.Ducat, TotalMinor = 20_000_000, Source = "treasury",
            Allocations = [new() { Name = "core", AmountMinor = core }, new() { Name = "infrastructure", AmountMinor = infrastructure }, new() { Name = "quality", AmountMinor = quality }],
        }, Cancel));
    }

    private Task<Budget> Find() => In(session => Budgets.FindAsync(session, "sprint", Cancel));

    private Task<Transfer> Spend(string allocation, long amount) =>
        In(session => Budgets.SpendAsync(session, new BudgetSpending { Key = NextKey(), Budget = "sprint", Allocation = allocation, AmountMinor = amount, Account = "salaries" }, Cancel));

    private Task<Budget> Move(string from, string to, long amount, string key) =>
        In(session => Budgets.MoveAsync(session, new BudgetMove { Key = key, Budget = "sprint", From = from, To = to, AmountMinor = amount }, Cancel));
}
