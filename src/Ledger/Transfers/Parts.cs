using System.Globalization;
using System.Numerics;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Parts of transfers: what of each leg is posted or given back when not all of it is. Every part balances; all parts together are the whole.</summary>
internal static class Parts
{
    /// <summary>What of a pending transfer is posted for <paramref name="amount"/> of it, signed, leg by leg; each side is split by largest remainder.</summary>
    /// <exception cref="Refusal"><c>ledger.part_invalid</c>.</exception>
    public static IReadOnlyList<long> OfHold(Transfer held, Money? amount)
    {
        if (amount is not { } part) return [.. held.Legs.Select(leg => leg.SignedMinor)];
        var whole = WholeOf(held.Legs, part);
        if (part.AmountMinor > whole) throw new Refusal(LedgerRefusals.PartInvalid, $"The transfer holds {new Money(whole, part.Currency)}; no more than that can be settled.", 422);
        var posted = new long[held.Legs.Count];
        foreach (var side in new[] { Side.Debit, Side.Credit })
        {
            var legs = Indexes(held.Legs, side);
            var shares = Split.ByWeights(part.AmountMinor, [.. legs.Select(leg => (decimal)held.Legs[leg].AmountMinor)]);
            for (var index = 0; index < legs.Length; index++) posted[legs[index]] = side == Side.Debit ? shares[index] : -shares[index];
        }
        return posted;
    }

    /// <summary>What a posted transfer has posted of each leg, signed.</summary>
    public static IReadOnlyList<long> Posted(Transfer transfer) =>
        [.. transfer.Legs.Select((leg, index) => (leg.Side == Side.Debit ? 1 : -1) * (transfer.PostedMinor is { } parts ? parts[index] : leg.AmountMinor))];

    /// <summary>The legs of the next reversal, after the <paramref name="earlier"/> ones: the recorded amounts the other way round, or a part of them.</summary>
    /// <exception cref="Refusal"><c>ledger.not_pending</c> reversed: <c>ledger.part_invalid</c>, <c>ledger.already_reversed</c>.</exception>
    public static IReadOnlyList<Leg> OfReversal(Transfer original, IReadOnlyList<Transfer> earlier, Money? amount)
    {
        if (original.State != TransferState.Posted)
            throw new Refusal(LedgerRefusals.PartInvalid, $"The transfer is {TransferRows.Word(original.State)}; only what was posted can be reversed, a pending one is voided.", 422);
        var posted = Posted(original).Select(Math.Abs).ToArray();
        var done = Done(original, earlier);
        if (amount is not { } part)
        {
            var left = posted.Zip(done, (all, gone) => all - gone).ToArray();
            return left.Any(rest => rest > 0) ? Legs(original, left) : throw AlreadyReversed(0, original.Legs[0].Currency);
        }
        var whole = WholeOf(original.Legs, part, posted);
        var before = Indexes(original.Legs, Side.Debit).Sum(leg => done[leg]);
        if (part.AmountMinor > whole - before) throw AlreadyReversed(whole - before, part.Currency);
        var given = new long[posted.Length];
        foreach (var side in new[] { Side.Debit, Side.Credit })
        {
            var legs = Indexes(original.Legs, side);
            // What each leg should have given back by now, as a fraction, less what it has: exact, so that nothing is lost between parts.
            var due = legs.Select(leg => BigInteger.Max(0, (BigInteger)posted[leg] * (before + part.AmountMinor) - (BigInteger)done[leg] * whole)).ToArray();
            var shares = Split.ByWeights(part.AmountMinor, due);
            for (var index = 0; index < legs.Length; index++) given[legs[index]] = Math.Min(shares[index], posted[legs[index]] - done[legs[index]]);
            Spread(part.AmountMinor, legs, given, posted, done);
        }
        return Legs(original, given);
    }

    /// <summary>The legs of a reversal that was made before under the same key, so that asking again finds it.</summary>
    /// <exception cref="Refusal"><c>ledger.key_reused</c> when another part is asked for now.</exception>
    public static IReadOnlyList<Leg> RequireSameReversal(Transfer original, Transfer made, IReadOnlyList<Transfer> all, Money? amount)
    {
        var then = all.TakeWhile(one => one.Id != made.Id).ToArray();
        return OfReversal(original, then, amount);
    }

    // A leg can give back no more than is left of it; what that takes away the others give.
    private static void Spread(long part, int[] legs, long[] given, long[] posted, long[] done)
    {
        var missing = part - legs.Sum(leg => given[leg]);
        foreach (var leg in legs)
        {
            var more = Math.Min(missing, posted[leg] - done[leg] - given[leg]);
            (given[leg], missing) = (given[leg] + more, missing - more);
        }
    }

    private static IReadOnlyList<Leg> Legs(Transfer original, IReadOnlyList<long> amounts) =>
    [
        .. original.Legs.Select((leg, index) => leg with { Side = leg.Side == Side.Debit ? Side.Credit : Side.Debit, AmountMinor = amounts[index] }).Where(leg => leg.AmountMinor > 0),
    ];

    // Legs that got nothing are left out of a reversal, so its amounts are found by account and side, in order.
    private static long[] Done(Transfer original, IReadOnlyList<Transfer> earlier)
    {
        var done = new long[original.Legs.Count];
        var posted = Posted(original).Select(Math.Abs).ToArray();
        foreach (var reversal in earlier)
        {
            var next = 0;
            foreach (var leg in reversal.Legs)
            {
                while (!(original.Legs[next].Account == leg.Account && original.Legs[next].Side != leg.Side && done[next] + leg.AmountMinor <= posted[next])) next++;
                done[next++] += leg.AmountMinor;
            }
        }
        return done;
    }

    private static long WholeOf(IReadOnlyList<Leg> legs, Money part, IReadOnlyList<long>? posted = null)
    {
        if (legs.Any(leg => leg.Currency != legs[0].Currency))
            throw new Refusal(LedgerRefusals.PartInvalid, "A transfer with several currencies has no clear parts; settle or reverse all of it.", 422);
        if (part.Currency != legs[0].Currency) throw new Refusal(LedgerRefusals.CurrencyMismatch, $"The transfer is in {legs[0].Currency.Code}, not {part.Currency.Code}.", 422);
        if (part.AmountMinor <= 0) throw new Refusal(LedgerRefusals.AmountInvalid, "A part is more than 0.", 422);
        return Indexes(legs, Side.Debit).Sum(leg => posted is null ? legs[leg].AmountMinor : posted[leg]);
    }

    private static int[] Indexes(IReadOnlyList<Leg> legs, Side side) => [.. Enumerable.Range(0, legs.Count).Where(leg => legs[leg].Side == side)];

    private static Refusal AlreadyReversed(long left, Currency currency) =>
        new(LedgerRefusals.AlreadyReversed, left == 0 ? "The transfer has been reversed already." : $"Only {new Money(left, currency)} of the transfer is left to reverse.", 409)
        {
            Details = new Dictionary<string, string> { ["leftMinor"] = left.ToString(CultureInfo.InvariantCulture) },
        };
}
