using Npgsql;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>The ledger: transfers are entered here, in the caller's transaction or together with others.</summary>
internal sealed class Journal(GroupCommit group) : ILedger
{
    private const int MostTries = 3;
    private const string Savepoint = "ledger_round";

    public Task<Account> OpenAccountAsync(TenantSession session, NewAccount account, CancellationToken cancel = default) => AccountStore.OpenAsync(session, account, cancel);

    public Task<Account> FindAccountAsync(TenantSession session, string code, CancellationToken cancel = default) => AccountStore.FindAsync(session, code, cancel);

    public Task<Account> ChangeAccountAsync(TenantSession session, string code, AccountChange change, CancellationToken cancel = default) => AccountChanges.ChangeAsync(session, code, change, cancel);

    public Task<Account> FreezeAccountAsync(TenantSession session, string code, string reason, CancellationToken cancel = default) => AccountChanges.FreezeAsync(session, code, reason, cancel);

    public Task<Account> UnfreezeAccountAsync(TenantSession session, string code, CancellationToken cancel = default) => AccountChanges.UnfreezeAsync(session, code, cancel);

    public Task<Account> CloseAccountAsync(TenantSession session, string code, CancellationToken cancel = default) => AccountChanges.CloseAsync(session, code, cancel);

    public async Task<Transfer> PostAsync(TenantSession session, NewTransfer transfer, CancellationToken cancel = default) => (await PostAsync(session, [transfer], cancel))[0];

    public async Task<IReadOnlyList<Transfer>> PostAsync(TenantSession session, IReadOnlyList<NewTransfer> transfers, CancellationToken cancel = default)
    {
        var chain = new Chain(transfers, session.Actor);
        await RoundAsync(session, Codes(transfers), [.. transfers.Select(transfer => transfer.Key)], books => books.Apply(chain), cancel);
        return chain.Answer ?? throw chain.Refused!;
    }

    public Task<IReadOnlyList<Transfer>> SubmitAsync(TenantId tenant, IReadOnlyList<NewTransfer> transfers, string actor = "", CancellationToken cancel = default) =>
        group.SubmitAsync(tenant, new Chain(transfers, actor), cancel);

    public async Task<Transfer> SettleAsync(TenantSession session, Guid transfer, Settlement? settlement = null, CancellationToken cancel = default)
    {
        settlement ??= new Settlement();
        var held = await TransferRows.FindAsync(session, transfer, locked: true, cancel);
        var posted = Parts.OfHold(held, settlement.Amount);
        if (held.State == TransferState.Posted && held.EndedAt is not null && Parts.Posted(held).SequenceEqual(posted)) return held;
        if (held.State == TransferState.Expired) throw new Refusal(LedgerRefusals.Expired, "The time of this transfer was over before it was settled; make a new one.", 409);
        RequirePending(held);
        return await EndAsync(session, held, TransferState.Posted, posted, settlement.EffectiveAt, null, cancel);
    }

    public async Task<Transfer> VoidAsync(TenantSession session, Guid transfer, string reason, CancellationToken cancel = default)
    {
        if (reason.Length > 500) throw new Refusal(LedgerRefusals.TransferInvalid, "A reason has at most 500 characters.", 422);
        var held = await TransferRows.FindAsync(session, transfer, locked: true, cancel);
        if (held.State == TransferState.Voided) return held;
        RequirePending(held);
        return await EndAsync(session, held, TransferState.Voided, new long[held.Legs.Count], null, reason, cancel);
    }

    /// <summary>Ends a pending transfer whose time is over; nothing when it has ended, or its time has not come.</summary>
    public async Task ExpireAsync(TenantSession session, Guid transfer, CancellationToken cancel)
    {
        var held = await TransferRows.FindAsync(session, transfer, locked: true, cancel);
        if (held.State == TransferState.Pending && held.ExpiresAt is not null)
            await EndAsync(session, held, TransferState.Expired, new long[held.Legs.Count], null, null, cancel);
    }

    public async Task<Transfer> ReverseAsync(TenantSession session, Reversal reversal, CancellationToken cancel = default)
    {
        // The row is locked: two that reverse the same transfer take turns, and the second sees what the first left.
        var original = await TransferRows.FindAsync(session, reversal.Transfer, locked: true, cancel);
        var earlier = await TransferReading.ReversalsAsync(session, original.Id, cancel);
        var legs = earlier.FirstOrDefault(one => one.Key == reversal.Key) is { } same
            ? Parts.RequireSameReversal(original, same, earlier, reversal.Amount)
            : Parts.OfReversal(original, earlier, reversal.Amount);
        return await PostAsync(session, new NewTransfer
        {
            Key = reversal.Key, Legs = legs, Description = reversal.Description, Cause = reversal.Cause, EffectiveAt = reversal.EffectiveAt, Reverses = original.Id,
        }, cancel);
    }

    public Task<Transfer> FindTransferAsync(TenantSession session, Guid transfer, CancellationToken cancel = default) => TransferRows.FindAsync(session, transfer, locked: false, cancel);

    public Task<Transfer?> FindByKeyAsync(TenantSession session, string key, CancellationToken cancel = default) => TransferReading.FindByKeyAsync(session, key, cancel);

    public Task<IReadOnlyList<Transfer>> FindByCauseAsync(TenantSession session, string cause, CancellationToken cancel = default) => TransferReading.FindByCauseAsync(session, cause, cancel);

    public Task<Money> BalanceAsOfAsync(TenantSession session, string code, DateTimeOffset at, TimeAxis axis = TimeAxis.Effective, CancellationToken cancel = default) =>
        BalanceReading.AsOfAsync(session, code, at, axis, cancel);

    public Task<IReadOnlyList<TagBalance>> BalancesByTagAsync(TenantSession session, string tag, CancellationToken cancel = default) => BalanceReading.ByTagAsync(session, tag, cancel);

    private async Task<Transfer> EndAsync(TenantSession session, Transfer held, TransferState state, IReadOnlyList<long> posted, DateTimeOffset? effectiveAt, string? reason, CancellationToken cancel)
    {
        Transfer? ended = null;
        await RoundAsync(session, Codes(held.Legs), [], books =>
        {
            if (state == TransferState.Posted && held.ExpiresAt <= books.Now)
                throw new Refusal(LedgerRefusals.Expired, "The time of this transfer was over before it was settled; make a new one.", 409);
            if (state == TransferState.Expired && held.ExpiresAt > books.Now) return;
            ended = books.End(held, state, posted, effectiveAt, reason);
        }, cancel);
        return ended ?? held;
    }

    // One opening of the books in the caller's transaction. A round that collides with another writer's same key is taken back to where it
    // began, and nothing of the caller's is lost.
    private static async Task RoundAsync(TenantSession session, IReadOnlyCollection<string> codes, IReadOnlyCollection<string> keys, Action<Books> enter, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Two exchanges with the database for a round, the savepoint travels with them.
                var books = await BooksReading.OpenAsync(session, codes, keys, $"savepoint {Savepoint}", cancel);
                enter(books);
                await BooksWriting.WriteAsync(session, books, keepRefusals: false, $"release savepoint {Savepoint}", cancel);
                return;
            }
            catch (PostgresException collision) when (Collisions.Are(collision))
            {
                await ExecuteAsync(session, $"rollback to savepoint {Savepoint}", CancellationToken.None);
                if (attempt >= MostTries) throw Collisions.Busy();
            }
        }
    }

    private static async Task ExecuteAsync(TenantSession session, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, session.Connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static void RequirePending(Transfer transfer)
    {
        if (transfer.State == TransferState.Pending) return;
        var state = TransferRows.Word(transfer.State);
        throw new Refusal(LedgerRefusals.NotPending, $"The transfer is {state}; only a pending one can be settled or voided.", 409) { Details = new Dictionary<string, string> { ["state"] = state } };
    }

    private static string[] Codes(IReadOnlyList<NewTransfer> transfers) => [.. transfers.SelectMany(transfer => transfer.Legs).Select(leg => leg.Account).Distinct(StringComparer.Ordinal)];

    private static string[] Codes(IReadOnlyList<Leg> legs) => [.. legs.Select(leg => leg.Account).Distinct(StringComparer.Ordinal)];
}
