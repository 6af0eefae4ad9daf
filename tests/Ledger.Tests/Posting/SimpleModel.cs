using Rialto.Kernel;

namespace Rialto.Ledger.Tests;

/// <summary>
/// What a ledger should do, said again in the fewest words: a table of numbers and three rules. It shares no code with the real one
/// but the names of refusals.
/// </summary>
internal sealed class SimpleModel
{
    private readonly Dictionary<string, (string Currency, bool IsAsset, long? Floor)> accounts = [];
    private readonly Dictionary<string, (NewTransfer Transfer, string? Refused)> keys = [];

    /// <summary>Posted debits less credits.</summary>
    public Dictionary<string, long> Posted { get; } = [];

    /// <summary>Pending debits and credits.</summary>
    public Dictionary<string, (long Debits, long Credits)> Pending { get; } = [];

    public void Open(string code, string currency, bool isAsset, long? floor)
    {
        accounts[code] = (currency, isAsset, floor);
        Posted[code] = 0;
        Pending[code] = (0, 0);
    }

    /// <summary>Makes all or none; null, or the code of the refusal.</summary>
    public string? Make(IReadOnlyList<NewTransfer> chain)
    {
        var known = chain.Where(transfer => keys.ContainsKey(transfer.Key)).ToArray();
        foreach (var transfer in known)
        {
            var (first, refused) = keys[transfer.Key];
            if (!IsSame(first, transfer)) return LedgerRefusals.KeyReused;
            if (refused is not null) return refused;
        }
        if (known.Length == chain.Count) return null;
        if (known.Length > 0) return LedgerRefusals.KeyReused;
        var (posted, pending) = (new Dictionary<string, long>(Posted), new Dictionary<string, (long, long)>(Pending));
        var refusal = chain.Select(MakeOne).FirstOrDefault(one => one is not null);
        if (refusal is not null)
        {
            foreach (var (code, sum) in posted) Posted[code] = sum;
            foreach (var (code, sums) in pending) Pending[code] = sums;
        }
        foreach (var transfer in chain) keys[transfer.Key] = (transfer, refusal);
        return refusal;
    }

    /// <summary>Ends a hold: <paramref name="part"/> of each leg is posted.</summary>
    public void End(NewTransfer held, IReadOnlyList<long> part)
    {
        for (var index = 0; index < held.Legs.Count; index++)
        {
            var leg = held.Legs[index];
            Hold(leg, -leg.AmountMinor);
            Posted[leg.Account] += leg.Side == Side.Debit ? part[index] : -part[index];
        }
    }

    public long Available(string code) => accounts[code].IsAsset ? Posted[code] - Pending[code].Credits : -Posted[code] - Pending[code].Debits;

    private string? MakeOne(NewTransfer transfer)
    {
        foreach (var leg in transfer.Legs)
        {
            if (!accounts.TryGetValue(leg.Account, out var account)) return LedgerRefusals.AccountNotFound;
            if (account.Currency != leg.Currency.Code) return LedgerRefusals.CurrencyMismatch;
            if (transfer.IsPending) Hold(leg, leg.AmountMinor);
            else Posted[leg.Account] += leg.SignedMinor;
        }
        return transfer.Legs.Any(leg => Available(leg.Account) < accounts[leg.Account].Floor) ? LedgerRefusals.InsufficientFunds : null;
    }

    private void Hold(Leg leg, long amount)
    {
        var (debits, credits) = Pending[leg.Account];
        Pending[leg.Account] = leg.Side == Side.Debit ? (debits + amount, credits) : (debits, credits + amount);
    }

    private static bool IsSame(NewTransfer one, NewTransfer other) => one.Legs.SequenceEqual(other.Legs) && one.IsPending == other.IsPending;
}
