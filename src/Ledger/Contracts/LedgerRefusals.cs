namespace Rialto.Ledger;

/// <summary>Codes of the ledger's refusals. They never change meaning.</summary>
public static class LedgerRefusals
{
    /// <summary>409: an account with a floor would fall below it. Details: <c>account</c>, <c>availableMinor</c>, <c>neededMinor</c>, <c>currency</c>.</summary>
    public const string InsufficientFunds = "ledger.insufficient_funds";

    /// <summary>409: an account with a ceiling would rise above it. Details: <c>account</c>, <c>ceilingMinor</c>.</summary>
    public const string OverLimit = "ledger.over_limit";

    /// <summary>409: the account is frozen. Details: <c>account</c>, <c>reason</c>.</summary>
    public const string AccountFrozen = "ledger.account_frozen";

    /// <summary>409: the account is closed for good.</summary>
    public const string AccountClosed = "ledger.account_closed";

    /// <summary>404: there is no such account.</summary>
    public const string AccountNotFound = "ledger.account_not_found";

    /// <summary>409: another account has the code, with another kind, currency, owner or limit.</summary>
    public const string AccountExists = "ledger.account_exists";

    /// <summary>409: an account that still holds something cannot be closed.</summary>
    public const string AccountNotEmpty = "ledger.account_not_empty";

    /// <summary>422: a code, a name or a tag has the wrong form.</summary>
    public const string AccountInvalid = "ledger.account_invalid";

    /// <summary>422: a leg's currency is not its account's, or amounts of different currencies were added.</summary>
    public const string CurrencyMismatch = "ledger.currency_mismatch";

    /// <summary>422: debits and credits of a currency differ. Details: <c>currency</c>, <c>debitsMinor</c>, <c>creditsMinor</c>.</summary>
    public const string Unbalanced = "ledger.unbalanced";

    /// <summary>422: an amount is zero, negative, too large or finer than the minor unit.</summary>
    public const string AmountInvalid = "ledger.amount_invalid";

    /// <summary>422: a transfer has the wrong form: no legs, too many, a key that is too long.</summary>
    public const string TransferInvalid = "ledger.transfer_invalid";

    /// <summary>409: the key was used before with another body. Details: <c>key</c>.</summary>
    public const string KeyReused = "ledger.key_reused";

    /// <summary>409: the effective time lies in a closed period. Details: <c>closedUntil</c>.</summary>
    public const string PeriodClosed = "ledger.period_closed";

    /// <summary>404: there is no such transfer.</summary>
    public const string TransferNotFound = "ledger.transfer_not_found";

    /// <summary>409: the transfer is not pending (any more). Details: <c>state</c>.</summary>
    public const string NotPending = "ledger.not_pending";

    /// <summary>409: the pending transfer's time is over.</summary>
    public const string Expired = "ledger.expired";

    /// <summary>422: more than what is held, or a part of a transfer that has no clear parts.</summary>
    public const string PartInvalid = "ledger.part_invalid";

    /// <summary>409: what was posted has been reversed already, or less is left than was asked for. Details: <c>leftMinor</c>.</summary>
    public const string AlreadyReversed = "ledger.already_reversed";

    /// <summary>422: the allocations of a budget do not add up to its total. Details: <c>totalMinor</c>, <c>allocatedMinor</c>.</summary>
    public const string BudgetUnbalanced = "ledger.budget_unbalanced";

    /// <summary>409: an allocation has less left than was to be spent. Details: <c>leftMinor</c>.</summary>
    public const string BudgetExceeded = "ledger.budget_exceeded";

    /// <summary>404: there is no such budget or allocation.</summary>
    public const string BudgetNotFound = "ledger.budget_not_found";

    /// <summary>409: a budget with this code exists already.</summary>
    public const string BudgetExists = "ledger.budget_exists";

    /// <summary>422: a period ends in the future, or before the last one that was closed.</summary>
    public const string PeriodInvalid = "ledger.period_invalid";

    /// <summary>422: a statement ends before it begins, has more lines than one statement can have, or a form that is not known.</summary>
    public const string StatementInvalid = "ledger.statement_invalid";

    /// <summary>503: too much else is being written to the same accounts; nothing was done, try again with the same key.</summary>
    public const string Busy = "ledger.busy";
}
