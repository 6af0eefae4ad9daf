using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>
/// The journal under everything: accounts, and transfers between them that balance in every currency. What is posted never changes and
/// is never lost; a correction is a new transfer. Safe for concurrent use.
/// <para>
/// Methods with a <see cref="TenantSession"/> work in the caller's transaction: the transfer is true exactly when the caller's own rows are.
/// They lock the accounts they touch until that transaction ends, so give all transfers of one change in one call, and end soon.
/// <see cref="SubmitAsync"/> has its own transaction, shared with whoever else submits in the same moment; it is the quick way for many
/// small transfers, and the one in which a refused key stays refused.
/// </para>
/// </summary>
public interface ILedger
{
    /// <summary>Opens an account. An account that is already there just as described is returned as it is.</summary>
    /// <exception cref="Refusal"><c>ledger.account_exists</c>, <c>ledger.account_invalid</c>.</exception>
    Task<Account> OpenAccountAsync(TenantSession session, NewAccount account, CancellationToken cancel = default);

    /// <summary>The account with this code and its balances now.</summary>
    /// <exception cref="Refusal"><c>ledger.account_not_found</c>.</exception>
    Task<Account> FindAccountAsync(TenantSession session, string code, CancellationToken cancel = default);

    /// <summary>Changes name, tags, limits or metadata.</summary>
    /// <exception cref="Refusal"><c>ledger.account_not_found</c>, <c>ledger.account_invalid</c>; <c>ledger.insufficient_funds</c> or <c>ledger.over_limit</c> when it is beyond the new limit already.</exception>
    Task<Account> ChangeAccountAsync(TenantSession session, string code, AccountChange change, CancellationToken cancel = default);

    /// <summary>Stops everything on an account but the giving up of pending transfers.</summary>
    /// <exception cref="Refusal"><c>ledger.account_not_found</c>.</exception>
    Task<Account> FreezeAccountAsync(TenantSession session, string code, string reason, CancellationToken cancel = default);

    /// <summary>Lets a frozen account move again.</summary>
    /// <exception cref="Refusal"><c>ledger.account_not_found</c>.</exception>
    Task<Account> UnfreezeAccountAsync(TenantSession session, string code, CancellationToken cancel = default);

    /// <summary>Closes an empty account for good.</summary>
    /// <exception cref="Refusal"><c>ledger.account_not_found</c>, <c>ledger.account_not_empty</c>.</exception>
    Task<Account> CloseAccountAsync(TenantSession session, string code, CancellationToken cancel = default);

    /// <summary>Makes a transfer in the caller's transaction, or returns the first answer of its key.</summary>
    /// <exception cref="Refusal">Any of <see cref="LedgerRefusals"/>; nothing of the transfer was written then, and the caller's transaction can go on.</exception>
    Task<Transfer> PostAsync(TenantSession session, NewTransfer transfer, CancellationToken cancel = default);

    /// <summary>Makes transfers in the caller's transaction, in this order and all of them or none; each sees the balances the ones before it left.</summary>
    /// <exception cref="Refusal">Any of <see cref="LedgerRefusals"/>, with <c>index</c> in its details.</exception>
    Task<IReadOnlyList<Transfer>> PostAsync(TenantSession session, IReadOnlyList<NewTransfer> transfers, CancellationToken cancel = default);

    /// <summary>
    /// Makes transfers, all or none, in a transaction of the ledger's own that has been committed to disk when this returns. Calls that come
    /// together share one commit. A refusal is kept under the keys for 30 days: a key that failed stays failed.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="transfers">1 to 100, linked.</param>
    /// <param name="actor">Who makes them, for the journal and the events.</param>
    /// <param name="cancel">Ends the waiting only: what was submitted may still become true, and its key tells.</param>
    /// <exception cref="Refusal">Any of <see cref="LedgerRefusals"/>.</exception>
    Task<IReadOnlyList<Transfer>> SubmitAsync(TenantId tenant, IReadOnlyList<NewTransfer> transfers, string actor = "", CancellationToken cancel = default);

    /// <summary>Makes a pending transfer final, whole or in part. Settling it again in the same way returns what was done.</summary>
    /// <exception cref="Refusal"><c>ledger.not_pending</c>, <c>ledger.expired</c>, <c>ledger.part_invalid</c>, and what a posting can be refused for.</exception>
    Task<Transfer> SettleAsync(TenantSession session, Guid transfer, Settlement? settlement = null, CancellationToken cancel = default);

    /// <summary>Gives a pending transfer up. Giving it up again returns what was done.</summary>
    /// <exception cref="Refusal"><c>ledger.transfer_not_found</c>, <c>ledger.not_pending</c>.</exception>
    Task<Transfer> VoidAsync(TenantSession session, Guid transfer, string reason, CancellationToken cancel = default);

    /// <summary>Reverses a posted transfer, wholly or in part, by a new one.</summary>
    /// <exception cref="Refusal"><c>ledger.already_reversed</c>, <c>ledger.part_invalid</c>, and what a posting can be refused for.</exception>
    Task<Transfer> ReverseAsync(TenantSession session, Reversal reversal, CancellationToken cancel = default);

    /// <summary>The transfer with this id.</summary>
    /// <exception cref="Refusal"><c>ledger.transfer_not_found</c>.</exception>
    Task<Transfer> FindTransferAsync(TenantSession session, Guid transfer, CancellationToken cancel = default);

    /// <summary>The transfer with this key; null when there is none.</summary>
    Task<Transfer?> FindByKeyAsync(TenantSession session, string key, CancellationToken cancel = default);

    /// <summary>All that <paramref name="cause"/> caused, oldest first, at most 1,000.</summary>
    Task<IReadOnlyList<Transfer>> FindByCauseAsync(TenantSession session, string cause, CancellationToken cancel = default);

    /// <summary>The posted balance just before <paramref name="at"/>, seen from the side that makes the account grow.</summary>
    /// <exception cref="Refusal"><c>ledger.account_not_found</c>.</exception>
    Task<Money> BalanceAsOfAsync(TenantSession session, string code, DateTimeOffset at, TimeAxis axis = TimeAxis.Effective, CancellationToken cancel = default);

    /// <summary>Balances of all accounts with a tag, by currency and kind.</summary>
    Task<IReadOnlyList<TagBalance>> BalancesByTagAsync(TenantSession session, string tag, CancellationToken cancel = default);
}
