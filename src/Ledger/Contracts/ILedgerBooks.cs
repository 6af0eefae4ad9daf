using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>The books as a whole: closed periods, statements, and whether everything adds up.</summary>
public interface ILedgerBooks
{
    /// <summary>
    /// Closes all time before <paramref name="endsAt"/>: nothing can become effective in it any more, and what each account held at its end is
    /// kept. Waits for transfers that are being made, and they for it.
    /// </summary>
    /// <exception cref="Refusal"><c>ledger.period_invalid</c> when the end lies in the future or not after the last closed one.</exception>
    Task<Period> CloseAsync(TenantSession session, DateTimeOffset endsAt, CancellationToken cancel = default);

    /// <summary>What happened on an account from one time to another, by effective time, with the balances at both ends.</summary>
    /// <exception cref="Refusal"><c>ledger.account_not_found</c>; <c>ledger.statement_invalid</c> when it ends before it begins, or has more than 100,000 lines.</exception>
    Task<Statement> StatementAsync(TenantSession session, string code, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default);

    /// <summary>Adds everything up anew, from the first entry, and compares.</summary>
    Task<LedgerReport> VerifyAsync(TenantSession session, CancellationToken cancel = default);
}

/// <summary>A closed period.</summary>
/// <param name="Id">Its id.</param>
/// <param name="EndsAt">Nothing before this can change.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="ClosedBy">By whom.</param>
public sealed record Period(Guid Id, DateTimeOffset EndsAt, DateTimeOffset ClosedAt, string ClosedBy);

/// <summary>A statement of account; amounts seen from the side that makes the account grow.</summary>
/// <param name="Account">The account, as it is now.</param>
/// <param name="From">Begin, included.</param>
/// <param name="To">End, not included.</param>
/// <param name="OpeningMinor">Balance at its begin.</param>
/// <param name="ClosingMinor">Balance at its end.</param>
/// <param name="Lines">In the order of their effective times.</param>
public sealed record Statement(Account Account, DateTimeOffset From, DateTimeOffset To, long OpeningMinor, long ClosingMinor, IReadOnlyList<StatementLine> Lines);

/// <summary>A line of a statement.</summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="Key">Its key.</param>
/// <param name="EffectiveAt">When it happened.</param>
/// <param name="RecordedAt">When the ledger learned of it.</param>
/// <param name="AmountMinor">What it added; negative for what it took.</param>
/// <param name="BalanceMinor">What was there after it.</param>
/// <param name="Description">What its maker said.</param>
/// <param name="Cause">What caused it.</param>
public sealed record StatementLine(Guid Transfer, string Key, DateTimeOffset EffectiveAt, DateTimeOffset RecordedAt, long AmountMinor, long BalanceMinor, string Description, string? Cause);

/// <summary>What adding everything up anew came to.</summary>
/// <param name="Accounts">Accounts looked at.</param>
/// <param name="Transfers">Transfers looked at.</param>
/// <param name="Entries">Entries looked at.</param>
/// <param name="Faults">What does not add up; empty when all is well. At most 100 of each kind.</param>
public sealed record LedgerReport(long Accounts, long Transfers, long Entries, IReadOnlyList<LedgerFault> Faults)
{
    /// <summary>True when everything adds up.</summary>
    public bool IsSound => Faults.Count == 0;
}

/// <summary>Something that does not add up.</summary>
/// <param name="Kind"><c>currency_not_zero</c>, <c>transfer_unbalanced</c>, <c>balance_differs</c>, <c>chain_broken</c>, <c>entries_differ</c>, <c>entry_stray</c> or <c>limit_passed</c>.</param>
/// <param name="Subject">An account's code, a transfer's id or a currency.</param>
/// <param name="Words">What was found and what should be.</param>
public sealed record LedgerFault(string Kind, string Subject, string Words);
