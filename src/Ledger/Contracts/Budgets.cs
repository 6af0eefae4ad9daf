using System.ComponentModel.DataAnnotations;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>
/// Budgets: an envelope of real money, divided into allocations that add up to it exactly. Each allocation is an account of its own that is
/// never negative, filled from a source account when the budget is made; spending is a transfer out of it, so a budget cannot say anything
/// that the ledger does not.
/// </summary>
public interface IBudgets
{
    /// <summary>Makes a budget and fills its allocations from its source, all or nothing.</summary>
    /// <exception cref="Refusal"><c>ledger.budget_unbalanced</c>, <c>ledger.budget_exists</c>, <c>ledger.insufficient_funds</c>, <c>ledger.account_not_found</c>.</exception>
    Task<Budget> CreateAsync(TenantSession session, NewBudget budget, CancellationToken cancel = default);

    /// <summary>A budget with what is left of it.</summary>
    /// <exception cref="Refusal"><c>ledger.budget_not_found</c>.</exception>
    Task<Budget> FindAsync(TenantSession session, string code, CancellationToken cancel = default);

    /// <summary>Spends from an allocation.</summary>
    /// <exception cref="Refusal"><c>ledger.budget_exceeded</c>, <c>ledger.budget_not_found</c>, and what a posting can be refused for.</exception>
    Task<Transfer> SpendAsync(TenantSession session, BudgetSpending spending, CancellationToken cancel = default);

    /// <summary>Moves what is unspent from one allocation to another.</summary>
    /// <exception cref="Refusal"><c>ledger.budget_exceeded</c>, <c>ledger.budget_not_found</c>.</exception>
    Task<Budget> MoveAsync(TenantSession session, BudgetMove move, CancellationToken cancel = default);
}

/// <summary>A budget to be made.</summary>
public sealed record NewBudget
{
    /// <summary>Its short name, unique: letters, digits and <c>. _ -</c>. Its accounts are <c>budget:CODE:ALLOCATION</c>.</summary>
    [Required, RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]{0,39}", ErrorMessage = "has 1 to 40 letters, digits and . _ -.")]
    public required string Code { get; init; }

    /// <summary>Name for people; the code when left out.</summary>
    [StringLength(200)]
    public string? Name { get; init; }

    /// <summary>Of what.</summary>
    public required Currency Currency { get; init; }

    /// <summary>All of it, in minor units.</summary>
    [Range(1, Leg.LargestMinor)]
    public required long TotalMinor { get; init; }

    /// <summary>Code of the account the money comes from; an asset account such as a treasury.</summary>
    [Required, StringLength(120)]
    public required string Source { get; init; }

    /// <summary>Its parts; they add up to the total.</summary>
    [Required, MinLength(1), MaxLength(50)]
    public required IReadOnlyList<NewAllocation> Allocations { get; init; }
}

/// <summary>A part of a budget.</summary>
public sealed record NewAllocation
{
    /// <summary>Its short name, unique in the budget.</summary>
    [Required, RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]{0,39}", ErrorMessage = "has 1 to 40 letters, digits and . _ -.")]
    public required string Name { get; init; }

    /// <summary>How much, in minor units.</summary>
    [Range(1, Leg.LargestMinor)]
    public required long AmountMinor { get; init; }
}

/// <summary>A budget and what is left of it.</summary>
public sealed record Budget
{
    /// <inheritdoc cref="NewBudget.Code"/>
    public required string Code { get; init; }

    /// <inheritdoc cref="NewBudget.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="NewBudget.Currency"/>
    public required Currency Currency { get; init; }

    /// <inheritdoc cref="NewBudget.TotalMinor"/>
    public required long TotalMinor { get; init; }

    /// <inheritdoc cref="NewBudget.Source"/>
    public required string Source { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its parts, as they were given.</summary>
    public required IReadOnlyList<Allocation> Allocations { get; init; }

    /// <summary>What has been spent of all of them.</summary>
    public long SpentMinor => Allocations.Sum(allocation => allocation.SpentMinor);

    /// <summary>What can still be spent.</summary>
    public long LeftMinor => Allocations.Sum(allocation => allocation.LeftMinor);
}

/// <summary>A part of a budget and what is left of it.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="Account">Code of its account.</param>
/// <param name="AmountMinor">How much it has been given, moves between allocations counted.</param>
/// <param name="SpentMinor">What has left it by spending, holds included.</param>
/// <param name="LeftMinor">What can still be spent.</param>
public sealed record Allocation(string Name, string Account, long AmountMinor, long SpentMinor, long LeftMinor);

/// <summary>A spending.</summary>
public sealed record BudgetSpending
{
    /// <summary>Key of its transfer.</summary>
    public required string Key { get; init; }

    /// <summary>The budget.</summary>
    public required string Budget { get; init; }

    /// <summary>The allocation.</summary>
    public required string Allocation { get; init; }

    /// <summary>How much, in minor units.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>Code of the account that gets it: usually one of expenses.</summary>
    public required string Account { get; init; }

    /// <summary>A line for people.</summary>
    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary>What caused it.</summary>
    public string? Cause { get; init; }
}

/// <summary>A move between allocations of one budget.</summary>
public sealed record BudgetMove
{
    /// <summary>Key of its transfer.</summary>
    public required string Key { get; init; }

    /// <summary>The budget.</summary>
    public required string Budget { get; init; }

    /// <summary>The allocation that has too much.</summary>
    public required string From { get; init; }

    /// <summary>The one that needs it.</summary>
    public required string To { get; init; }

    /// <summary>How much, in minor units.</summary>
    public required long AmountMinor { get; init; }
}
