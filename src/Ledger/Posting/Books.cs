using System.Globalization;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>
/// The books of one organisation while transfers are entered: locked accounts, used keys, the time. All rules are here and none of the
/// database's: what comes out is a list of rows to write. Chains are applied one after the other, each wholly or not at all.
/// </summary>
internal sealed class Books
{
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(1);
    private readonly Dictionary<AccountState, Totals> before = [];

    /// <summary>The locked accounts by code.</summary>
    public required IReadOnlyDictionary<string, AccountState> Accounts { get; init; }

    /// <summary>Keys that made transfers, those of this very round included.</summary>
    public required Dictionary<string, UsedKey> Used { get; init; }

    /// <summary>Keys that were refused, those of this very round included.</summary>
    public required Dictionary<string, RefusedKey> RefusedBefore { get; init; }

    /// <summary>The database's clock, read after the accounts were locked: it rises along every account's entries.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Nothing becomes effective before this.</summary>
    public required DateTimeOffset ClosedUntil { get; init; }

    /// <summary>Transfers made in this round, with their fingerprints.</summary>
    public List<(Transfer Transfer, byte[] Hash)> Made { get; } = [];

    /// <summary>Pending transfers ended in this round.</summary>
    public List<Transfer> Ended { get; } = [];

    /// <summary>Entries of this round, in order.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>Keys refused for good in this round.</summary>
    public List<RefusedKey> Refused { get; } = [];

    /// <summary>Enters a chain, or says why not.</summary>
    public void Apply(Chain chain)
    {
        try
        {
            if (FindAnswer(chain) is { } answer)
            {
                chain.End(answer);
                return;
            }
        }
        catch (Refusal known)
        {
            chain.End(known);
            return;
        }
        var (made, entries) = (Made.Count, Entries.Count);
        before.Clear();
        try
        {
            var batch = Guid.CreateVersion7();
            chain.End([.. chain.Transfers.Select((transfer, index) => Make(transfer, chain.Hashes[index], chain.Actor, index == 0 ? batch : Guid.CreateVersion7(), batch, chain.Transfers.Count > 1 ? index : null))]);
        }
        catch (Refusal refusal)
        {
            TakeBack(made, entries);
            Keep(chain, refusal);
            chain.End(refusal);
        }
    }

    /// <summary>Ends a pending transfer: gives back what it held and posts <paramref name="posted"/> (signed, in the order of its legs) of it.</summary>
    /// <exception cref="Refusal">An account may not move, or goes too far.</exception>
    public Transfer End(Transfer pending, TransferState state, IReadOnlyList<long> posted, DateTimeOffset? effectiveAt, string? reason)
    {
        before.Clear();
        var at = effectiveAt is { } given ? Effective(given) : Now;
        for (var leg = 0; leg < pending.Legs.Count; leg++)
        {
            var account = Find(pending.Legs[leg].Account);
            // Giving back is always allowed: a frozen account cannot gain or lose by it.
            if (state == TransferState.Posted) account.RequireMovable(pending.Legs[leg].Currency);
            Add(account, pending.Id, leg, EntryLayer.Released, -pending.Legs[leg].SignedMinor, at);
            if (posted[leg] != 0) Add(account, pending.Id, leg, EntryLayer.Posted, posted[leg], at);
        }
        foreach (var (account, sums) in before) account.RequireWithinLimits(sums);
        var isWhole = pending.Legs.Select(leg => leg.SignedMinor).SequenceEqual(posted);
        var ended = pending with
        {
            State = state, EndedAt = Now, EndReason = reason, EffectiveAt = state == TransferState.Posted ? at : pending.EffectiveAt,
            PostedMinor = state == TransferState.Posted && !isWhole ? [.. posted.Select(Math.Abs)] : null,
        };
        Ended.Add(ended);
        return ended;
    }

    private IReadOnlyList<Transfer>? FindAnswer(Chain chain)
    {
        List<Transfer>? known = null;
        for (var index = 0; index < chain.Transfers.Count; index++)
        {
            var key = chain.Transfers[index].Key;
            if (RefusedBefore.TryGetValue(key, out var refused)) throw chain.Hashes[index].AsSpan().SequenceEqual(refused.Hash) ? refused.Refusal : Reused(key);
            if (!Used.TryGetValue(key, out var used)) continue;
            if (!chain.Hashes[index].AsSpan().SequenceEqual(used.Hash)) throw Reused(key);
            (known ??= []).Add(used.Transfer);
        }
        if (known is null) return null;
        // All of them were made together before, or this is another set that happens to share keys.
        return known.Count == chain.Transfers.Count && known.All(transfer => transfer.Batch == known[0].Batch) ? known : throw Reused(known[0].Key);
    }

    private Transfer Make(NewTransfer wanted, byte[] hash, string actor, Guid id, Guid batch, int? index)
    {
        try
        {
            var effectiveAt = wanted.EffectiveAt is { } given ? Effective(given) : Now;
            if (wanted.ExpiresAt <= Now) throw new Refusal(LedgerRefusals.TransferInvalid, "The transfer would have expired already; name a later time.", 422);
            var own = new (AccountState Account, Totals Sums)[wanted.Legs.Count];
            for (var leg = 0; leg < wanted.Legs.Count; leg++)
            {
                var account = Find(wanted.Legs[leg].Account);
                account.RequireMovable(wanted.Legs[leg].Currency);
                own[leg] = (account, account.Now);
                Add(account, id, leg, wanted.IsPending ? EntryLayer.Held : EntryLayer.Posted, wanted.Legs[leg].SignedMinor, effectiveAt);
            }
            foreach (var (account, sums) in own) account.RequireWithinLimits(sums);
            var made = new Transfer
            {
                Id = id, Key = wanted.Key, State = wanted.IsPending ? TransferState.Pending : TransferState.Posted, Legs = wanted.Legs, Description = wanted.Description, Cause = wanted.Cause,
                Reverses = wanted.Reverses, Batch = batch, Actor = actor, EffectiveAt = effectiveAt, RecordedAt = Now, ExpiresAt = wanted.ExpiresAt is { } expiry ? Micros(expiry) : null, Metadata = wanted.Metadata,
            };
            Made.Add((made, hash));
            Used[wanted.Key] = new UsedKey(hash, made);
            return made;
        }
        catch (Refusal refusal) when (index is { } at)
        {
            throw TransferForm.AtIndex(refusal, at);
        }
    }

    private AccountState Find(string code) => Accounts.TryGetValue(code, out var account)
        ? account
        : throw new Refusal(LedgerRefusals.AccountNotFound, $"There is no account {code}; open it first.", 404) { Details = new Dictionary<string, string> { ["account"] = code } };

    private void Add(AccountState account, Guid transfer, int leg, EntryLayer layer, long amount, DateTimeOffset effectiveAt)
    {
        before.TryAdd(account, account.Now);
        Entries.Add(account.Add(transfer, leg, layer, amount, effectiveAt));
    }

    private DateTimeOffset Effective(DateTimeOffset given)
    {
        if (given < ClosedUntil)
            throw new Refusal(LedgerRefusals.PeriodClosed, $"The books are closed until {ClosedUntil:u}; post it with a later effective time.", 409)
            {
                Details = new Dictionary<string, string> { ["closedUntil"] = ClosedUntil.ToString("O", CultureInfo.InvariantCulture) },
            };
        if (given > Now + FurthestAhead) throw new Refusal(LedgerRefusals.TransferInvalid, "A transfer cannot be effective more than a day ahead; hold it as pending, or post it then.", 422);
        return Micros(given);
    }

    // The database keeps microseconds; what is answered now must be what is read later.
    private static DateTimeOffset Micros(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    private void TakeBack(int made, int entries)
    {
        foreach (var (transfer, _) in Made.Skip(made)) Used.Remove(transfer.Key);
        Made.RemoveRange(made, Made.Count - made);
        Entries.RemoveRange(entries, Entries.Count - entries);
        foreach (var (account, sums) in before) account.Now = sums;
    }

    private void Keep(Chain chain, Refusal refusal)
    {
        for (var index = 0; index < chain.Transfers.Count; index++)
        {
            var kept = new RefusedKey(chain.Transfers[index].Key, chain.Hashes[index], refusal);
            RefusedBefore[kept.Key] = kept;
            Refused.Add(kept);
        }
    }

    private static Refusal Reused(string key) => new(LedgerRefusals.KeyReused, $"The key \"{key}\" was used before for something else; use a new key for a new transfer.", 409)
    {
        Details = new Dictionary<string, string> { ["key"] = key },
    };
}
