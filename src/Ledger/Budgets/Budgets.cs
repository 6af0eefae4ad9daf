using System.Globalization;
using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Budgets over the ledger: envelopes of accounts.</summary>
internal sealed class Budgets(ILedger ledger) : IBudgets
{
    public async Task<Budget> CreateAsync(TenantSession session, NewBudget budget, CancellationToken cancel = default)
    {
        RequireSum(budget);
        var source = await ledger.FindAccountAsync(session, budget.Source, cancel);
        if (source.Kind != AccountKind.Asset) throw new Refusal(LedgerRefusals.AccountInvalid, $"A budget is filled from an asset account; {budget.Source} is none.", 422);
        var id = Guid.CreateVersion7();
        await InsertAsync(session, budget, id, cancel);
        var legs = new List<Leg> { Leg.Credit(budget.Source, new Money(budget.TotalMinor, budget.Currency)) };
        for (var number = 0; number < budget.Allocations.Count; number++)
        {
            var allocation = budget.Allocations[number];
            var account = $"budget:{budget.Code}:{allocation.Name}";
            await ledger.OpenAccountAsync(session, new NewAccount
            {
                Code = account, Kind = AccountKind.Asset, Currency = budget.Currency, FloorMinor = 0, Name = $"{budget.Name ?? budget.Code}: {allocation.Name}", Tags = [$"budget:{budget.Code}"],
            }, cancel);
            legs.Add(Leg.Debit(account, new Money(allocation.AmountMinor, budget.Currency)));
            await session.Connection.ExecuteAsync(new CommandDefinition(
                "insert into ledger.budget_allocations (budget_id, number, name, account, amount) values (@id, @number, @Name, @account, @AmountMinor)",
                new { id, number, allocation.Name, account, allocation.AmountMinor }, cancellationToken: cancel));
        }
        await ledger.PostAsync(session, new NewTransfer { Key = $"budget:{id}", Legs = legs, Description = $"Budget {budget.Code}", Cause = $"budget:{budget.Code}" }, cancel);
        await session.AnnounceAsync(LedgerEvents.BudgetCreated, new BudgetFact(budget.Code, budget.Currency, budget.TotalMinor), $"budget:{budget.Code}", cancel);
        return await FindAsync(session, budget.Code, cancel);
    }

    public async Task<Budget> FindAsync(TenantSession session, string code, CancellationToken cancel = default)
    {
        var row = await session.Connection.QuerySingleOrDefaultAsync<BudgetRow>(new CommandDefinition(
            $"select {BudgetRow.Columns} from ledger.budgets where tenant_id = @tenant and code = @code", new { tenant = session.Tenant.Value, code }, cancellationToken: cancel))
            ?? throw new Refusal(LedgerRefusals.BudgetNotFound, $"There is no budget {code}.", 404);
        return await WithAllocationsAsync(session, row, cancel);
    }

    public async Task<Transfer> SpendAsync(TenantSession session, BudgetSpending spending, CancellationToken cancel = default)
    {
        var budget = await FindAsync(session, spending.Budget, cancel);
        var transfer = NewTransfer.Of(spending.Key, spending.Account, AllocationOf(budget, spending.Allocation).Account, new Money(spending.AmountMinor, budget.Currency), spending.Description, spending.Cause);
        return await WithinAsync(AllocationOf(budget, spending.Allocation), budget.Currency, () => ledger.PostAsync(session, transfer, cancel));
    }

    public async Task<Budget> MoveAsync(TenantSession session, BudgetMove move, CancellationToken cancel = default)
    {
        var budget = await FindAsync(session, move.Budget, cancel);
        var (from, to) = (AllocationOf(budget, move.From), AllocationOf(budget, move.To));
        if (await ledger.FindByKeyAsync(session, move.Key, cancel) is not null) return budget;
        if (from.Name == to.Name) throw new Refusal(LedgerRefusals.TransferInvalid, "A move goes from one allocation to another.", 422);
        var transfer = NewTransfer.Of(move.Key, to.Account, from.Account, new Money(move.AmountMinor, budget.Currency), $"Budget {budget.Code}: {from.Name} to {to.Name}", $"budget:{budget.Code}");
        await WithinAsync(from, budget.Currency, () => ledger.PostAsync(session, transfer, cancel));
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            update ledger.budget_allocations set amount = amount + case name when @From then -@AmountMinor else @AmountMinor end
            where tenant_id = @tenant and budget_id = (select id from ledger.budgets where tenant_id = @tenant and code = @Budget) and name in (@From, @To)
            """, new { tenant = session.Tenant.Value, move.Budget, move.From, move.To, move.AmountMinor }, cancellationToken: cancel));
        return await FindAsync(session, move.Budget, cancel);
    }

    /// <summary>Reads the allocations of a budget and what their accounts hold.</summary>
    public static async Task<Budget> WithAllocationsAsync(TenantSession session, BudgetRow row, CancellationToken cancel)
    {
        var parts = await session.Connection.QueryAsync<(string Name, string Account, long Amount, long Left)>(new CommandDefinition(
            """
            select part.name, part.account, part.amount, debits_posted - credits_posted - credits_pending
            from ledger.budget_allocations part join ledger.accounts held on held.tenant_id = part.tenant_id and held.code = part.account
            where part.tenant_id = @tenant and part.budget_id = @Id order by part.number
            """, new { tenant = session.Tenant.Value, row.Id }, cancellationToken: cancel));
        return new Budget
        {
            Code = row.Code, Name = row.Name, Currency = Currency.Find(row.Currency), TotalMinor = row.Total, Source = row.Source, CreatedAt = row.CreatedAt,
            Allocations = [.. parts.Select(part => new Allocation(part.Name, part.Account, part.Amount, part.Amount - part.Left, part.Left))],
        };
    }

    private static async Task InsertAsync(TenantSession session, NewBudget budget, Guid id, CancellationToken cancel)
    {
        var made = await session.Connection.ExecuteAsync(new CommandDefinition(
            "insert into ledger.budgets (id, code, name, currency, total, source) values (@id, @Code, @Name, @Currency, @TotalMinor, @Source) on conflict (tenant_id, code) do nothing",
            new { id, budget.Code, Name = budget.Name ?? budget.Code, Currency = budget.Currency.Code, budget.TotalMinor, budget.Source }, cancellationToken: cancel));
        if (made == 0) throw new Refusal(LedgerRefusals.BudgetExists, $"There is a budget {budget.Code} already; choose another code.", 409);
    }

    private static void RequireSum(NewBudget budget)
    {
        if (budget.Allocations.Any(allocation => allocation.AmountMinor <= 0) || budget.Allocations.Select(allocation => allocation.Name).Distinct(StringComparer.Ordinal).Count() < budget.Allocations.Count)
            throw new Refusal(LedgerRefusals.BudgetUnbalanced, "Every allocation has a name of its own and an amount above 0.", 422);
        var sum = budget.Allocations.Sum(allocation => (decimal)allocation.AmountMinor);
        if (sum == budget.TotalMinor) return;
        throw new Refusal(LedgerRefusals.BudgetUnbalanced, $"The allocations are {sum.ToString(CultureInfo.InvariantCulture)} together and the budget {budget.TotalMinor}; they have to be equal.", 422)
        {
            Details = new Dictionary<string, string> { ["totalMinor"] = budget.TotalMinor.ToString(CultureInfo.InvariantCulture), ["allocatedMinor"] = sum.ToString(CultureInfo.InvariantCulture) },
        };
    }

    // The account says "insufficient funds"; who spends a budget is told so in its words.
    private static async Task<Transfer> WithinAsync(Allocation allocation, Currency currency, Func<Task<Transfer>> post)
    {
        try
        {
            return await post();
        }
        catch (Refusal refusal) when (refusal.Code == LedgerRefusals.InsufficientFunds && refusal.Details["account"] == allocation.Account)
        {
            throw new Refusal(LedgerRefusals.BudgetExceeded, $"{allocation.Name} has {new Money(allocation.LeftMinor, currency)} left; spend less, or move some from another allocation.", 409)
            {
                Details = new Dictionary<string, string> { ["allocation"] = allocation.Name, ["leftMinor"] = allocation.LeftMinor.ToString(CultureInfo.InvariantCulture) },
            };
        }
    }

    private static Allocation AllocationOf(Budget budget, string name) => budget.Allocations.FirstOrDefault(allocation => allocation.Name == name)
        ?? throw new Refusal(LedgerRefusals.BudgetNotFound, $"The budget {budget.Code} has no allocation {name}; it has {string.Join(", ", budget.Allocations.Select(allocation => allocation.Name))}.", 404);
}

/// <summary>A budget without its parts.</summary>
internal sealed record BudgetRow
{
    public const string Columns = "id, code, name, currency, total, source, created_at as CreatedAt";

    public Guid Id { get; init; }

    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    public string Currency { get; init; } = "";

    public long Total { get; init; }

    public string Source { get; init; } = "";

    public DateTime CreatedAt { get; init; }

    public static BudgetRow Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0), Code = row.GetString(1), Name = row.GetString(2), Currency = row.GetString(3), Total = row.GetInt64(4), Source = row.GetString(5), CreatedAt = row.GetDateTime(6),
    };
}
