using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>What this module announces.</summary>
public static class LedgerEvents
{
    /// <summary>A transfer is final, at once or by being settled. Subject: <c>transfer:id</c>.</summary>
    public static readonly EventKind<TransferFact> TransferPosted = new("ledger.transfer.posted", LedgerJson.Default.TransferFact);

    /// <summary>Amounts are held.</summary>
    public static readonly EventKind<TransferFact> TransferHeld = new("ledger.transfer.held", LedgerJson.Default.TransferFact);

    /// <summary>A pending transfer was given up.</summary>
    public static readonly EventKind<TransferFact> TransferVoided = new("ledger.transfer.voided", LedgerJson.Default.TransferFact);

    /// <summary>A pending transfer's time was over.</summary>
    public static readonly EventKind<TransferFact> TransferExpired = new("ledger.transfer.expired", LedgerJson.Default.TransferFact);

    /// <summary>An account was opened. Subject: <c>account:code</c>.</summary>
    public static readonly EventKind<AccountFact> AccountOpened = new("ledger.account.opened", LedgerJson.Default.AccountFact);

    /// <summary>Name, tags, limits or metadata of an account were changed.</summary>
    public static readonly EventKind<AccountFact> AccountChanged = new("ledger.account.changed", LedgerJson.Default.AccountFact);

    /// <summary>An account was frozen.</summary>
    public static readonly EventKind<AccountFact> AccountFrozen = new("ledger.account.frozen", LedgerJson.Default.AccountFact);

    /// <summary>A frozen account may move again.</summary>
    public static readonly EventKind<AccountFact> AccountUnfrozen = new("ledger.account.unfrozen", LedgerJson.Default.AccountFact);

    /// <summary>An account was closed.</summary>
    public static readonly EventKind<AccountFact> AccountClosed = new("ledger.account.closed", LedgerJson.Default.AccountFact);

    /// <summary>A budget was made and filled. Subject: <c>budget:code</c>.</summary>
    public static readonly EventKind<BudgetFact> BudgetCreated = new("ledger.budget.created", LedgerJson.Default.BudgetFact);

    /// <summary>A period was closed.</summary>
    public static readonly EventKind<PeriodFact> PeriodClosed = new("ledger.period.closed", LedgerJson.Default.PeriodFact);

    /// <summary>The alarm: the books do not add up. Nothing is mended by itself.</summary>
    public static readonly EventKind<LedgerReport> AuditFailed = new("ledger.audit.failed", LedgerJson.Default.LedgerReport);
}

/// <param name="Id">The transfer.</param>
/// <param name="Key">Its key.</param>
/// <param name="State">What it is now.</param>
/// <param name="Legs">Its legs; for a part that was settled, with what was posted of them.</param>
/// <param name="Cause">What caused it.</param>
/// <param name="Reverses">What it reverses.</param>
/// <param name="EffectiveAt">When it happened in the world.</param>
public sealed record TransferFact(Guid Id, string Key, TransferState State, IReadOnlyList<Leg> Legs, string? Cause, Guid? Reverses, DateTimeOffset EffectiveAt);

/// <param name="Id">The account.</param>
/// <param name="Code">Its code.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Currency">What it holds.</param>
/// <param name="Owner">Whose.</param>
/// <param name="Reason">Why, when it was frozen.</param>
public sealed record AccountFact(Guid Id, string Code, AccountKind Kind, Currency Currency, string? Owner, string? Reason = null);

/// <param name="Code">The budget.</param>
/// <param name="Currency">Of what.</param>
/// <param name="TotalMinor">All of it.</param>
public sealed record BudgetFact(string Code, Currency Currency, long TotalMinor);

/// <param name="EndsAt">Nothing before this changes any more.</param>
public sealed record PeriodFact(DateTimeOffset EndsAt);
