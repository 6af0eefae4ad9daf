using System.Numerics;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>
/// Dividing an amount so that no minor unit is lost or made: every share is rounded down, and the units left over go to the largest
/// fractions, equal ones to the earlier share (the method of largest remainders). Computed with exact fractions.
/// </summary>
public static class Split
{
    /// <summary>Shares in proportion to <paramref name="weights"/>: 15 by 80, 8, 12 is 12, 1, 2. A negative amount is split as its positive, the other way.</summary>
    /// <exception cref="Refusal"><c>ledger.amount_invalid</c> when there is no weight above 0, or one below.</exception>
    public static IReadOnlyList<long> ByWeights(long amountMinor, IReadOnlyList<decimal> weights)
    {
        var scaled = new BigInteger[weights.Count];
        // All weights over one power of ten: whole numbers in the same proportion.
        var scale = weights.Count == 0 ? 0 : weights.Max(weight => weight.Scale);
        for (var index = 0; index < weights.Count; index++) scaled[index] = Exact.Unscaled(weights[index]) * BigInteger.Pow(10, scale - weights[index].Scale);
        return ByWeights(amountMinor, scaled);
    }

    /// <inheritdoc cref="ByWeights(long, IReadOnlyList{decimal})"/>
    public static IReadOnlyList<long> ByWeights(long amountMinor, IReadOnlyList<BigInteger> weights)
    {
        var sum = BigInteger.Zero;
        foreach (var weight in weights) sum += weight >= 0 ? weight : throw NoWeights();
        if (sum.IsZero) throw NoWeights();
        var amount = BigInteger.Abs(amountMinor);
        var shares = new long[weights.Count];
        var rests = new BigInteger[weights.Count];
        var left = amount;
        for (var index = 0; index < shares.Length; index++)
        {
            var share = BigInteger.DivRem(amount * weights[index], sum, out rests[index]);
            shares[index] = (long)share;
            left -= share;
        }
        foreach (var index in Enumerable.Range(0, shares.Length).OrderByDescending(index => rests[index]).Take((int)left)) shares[index]++;
        return amountMinor >= 0 ? shares : [.. shares.Select(share => -share)];
    }

    /// <summary>The same for an amount of money.</summary>
    public static IReadOnlyList<Money> ByWeights(Money amount, IReadOnlyList<decimal> weights) =>
        [.. ByWeights(amount.AmountMinor, weights).Select(share => new Money(share, amount.Currency))];

    /// <summary>
    /// The share of one more part, when parts of a whole come one after the other: what is due of all parts so far, rounded half to even,
    /// less what was due before. 12.5 % of 3333, 3333, 3334 is 417, 416, 417, together exactly 12.5 % of 10000.
    /// </summary>
    /// <param name="beforeMinor">Sum of the parts before this one.</param>
    /// <param name="partMinor">This part.</param>
    /// <param name="rate">The share: 0.125.</param>
    public static long Cumulative(long beforeMinor, long partMinor, decimal rate) =>
        Exact.Multiply(checked(beforeMinor + partMinor), rate) - Exact.Multiply(beforeMinor, rate);

    private static Refusal NoWeights() => new(LedgerRefusals.AmountInvalid, "An amount is split by weights of 0 or more, at least one of them above 0.", 422);
}
