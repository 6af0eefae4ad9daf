using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Budgets as operations.</summary>
internal static class BudgetOperations
{
    private const string Root = "/api/v1/ledger/budgets";

    private static readonly RefusalNote NotFound = new(LedgerRefusals.BudgetNotFound, 404, "there is no such budget or allocation"), Exceeded = new(LedgerRefusals.BudgetExceeded, 409, "the allocation has less left");

    private static readonly Listing<BudgetRow> Budgets = new("ledger.budgets", BudgetRow.Columns.Replace(" as CreatedAt", "", StringComparison.Ordinal), BudgetRow.Read, [("createdAt", "id", "uuid"), ("code", "code", "text")], []);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Root, Create).As(new Operation("ledger.create_budget", "ledger.manage", "Makes a budget whose allocations add up to it, and fills them.")
        {
            Changes = true, Example = """{"code":"backend","currency":"DUC","totalMinor":20000000,"source":"treasury:DUC","allocations":[{"name":"core","amountMinor":15000000},{"name":"infrastructure","amountMinor":3000000},{"name":"quality","amountMinor":2000000}]}""",
            Refusals = [new(LedgerRefusals.BudgetUnbalanced, 422, "the allocations are not the total"), new(LedgerRefusals.BudgetExists, 409, "another budget has the code"), AccountOperations.NotFound, new(LedgerRefusals.InsufficientFunds, 409, "the source has less")],
        });
        routes.MapGet(Root, List).As(new Operation("ledger.list_budgets", "ledger.read", "Lists budgets with what is left of them, newest first."));
        routes.MapGet(Root + "/{code}", Get).As(new Operation("ledger.get_budget", "ledger.read", "Shows a budget with what is left of it.") { Refusals = [NotFound] });
        routes.MapPost(Root + "/{code}/spend", Spend).As(new Operation("ledger.spend_budget", "ledger.write", "Spends from an allocation.")
        {
            Changes = true, Refusals = [NotFound, Exceeded, AccountOperations.NotFound], Example = """{"key":"invoice-12","allocation":"core","amountMinor":250000,"account":"expense:salaries:DUC","description":"September"}""",
        });
        routes.MapPost(Root + "/{code}/move", Move).As(new Operation("ledger.move_budget", "ledger.manage", "Moves what is unspent from one allocation to another.")
        {
            Changes = true, Refusals = [NotFound, Exceeded], Example = """{"key":"move-1","from":"core","to":"quality","amountMinor":100000}""",
        });
    }

    private static async Task<Created<Budget>> Create(NewBudget request, IBudgets budgets, TenantSession session, CancellationToken cancel)
    {
        var made = await budgets.CreateAsync(session, request, cancel);
        return TypedResults.Created($"{Root}/{made.Code}", made);
    }

    private static async Task<Ok<Page<Budget>>> List([AsParameters] PageQuery page, TenantSession session, CancellationToken cancel)
    {
        var rows = await Budgets.ReadAsync(session, page, cancel: cancel);
        var found = new List<Budget>(rows.Items.Count);
        foreach (var row in rows.Items) found.Add(await Ledger.Budgets.WithAllocationsAsync(session, row, cancel));
        return TypedResults.Ok(new Page<Budget> { Items = found, Next = rows.Next });
    }

    private static async Task<Ok<Budget>> Get(string code, IBudgets budgets, TenantSession session, CancellationToken cancel) => TypedResults.Ok(await budgets.FindAsync(session, code, cancel));

    private static async Task<Ok<Transfer>> Spend(string code, SpendBudget request, IBudgets budgets, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await budgets.SpendAsync(session, new BudgetSpending
        {
            Key = request.Key, Budget = code, Allocation = request.Allocation, AmountMinor = request.AmountMinor, Account = request.Account, Description = request.Description ?? "", Cause = request.Cause,
        }, cancel));

    private static async Task<Ok<Budget>> Move(string code, MoveBudget request, IBudgets budgets, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await budgets.MoveAsync(session, new BudgetMove { Key = request.Key, Budget = code, From = request.From, To = request.To, AmountMinor = request.AmountMinor }, cancel));
}

/// <summary>A spending from a budget.</summary>
internal sealed record SpendBudget
{
    /// <summary>Key of the transfer.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public required string Key { get; init; }

    /// <summary>The allocation.</summary>
    [Required]
    public required string Allocation { get; init; }

    /// <summary>How much, in minor units.</summary>
    [Range(1, Leg.LargestMinor)]
    public required long AmountMinor { get; init; }

    /// <summary>The account that gets it.</summary>
    [Required, StringLength(120, MinimumLength = 1)]
    public required string Account { get; init; }

    /// <summary>A line for people.</summary>
    [StringLength(500)]
    public string? Description { get; init; }

    /// <summary>What caused it.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Cause { get; init; }
}

/// <summary>A move between allocations.</summary>
internal sealed record MoveBudget
{
    /// <summary>Key of the transfer.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public required string Key { get; init; }

    /// <summary>Takes from this allocation.</summary>
    [Required]
    public required string From { get; init; }

    /// <summary>Gives to this one.</summary>
    [Required]
    public required string To { get; init; }

    /// <summary>How much, in minor units.</summary>
    [Range(1, Leg.LargestMinor)]
    public required long AmountMinor { get; init; }
}
