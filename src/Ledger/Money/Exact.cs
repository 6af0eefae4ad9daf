using System.Numerics;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Arithmetic with decimals as the fractions they are.</summary>
internal static class Exact
{
    /// <summary>The digits of a decimal as a whole number: 12.50 → 1250, with <see cref="decimal.Scale"/> 2.</summary>
    public static BigInteger Unscaled(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return value < 0 ? -digits : digits;
    }

    /// <summary>An amount times a rate, rounded half to even.</summary>
    /// <exception cref="Refusal"><c>ledger.amount_invalid</c> when it is larger than is counted.</exception>
    public static long Multiply(long amountMinor, decimal rate) => Round(amountMinor * Unscaled(rate), BigInteger.Pow(10, rate.Scale));

    /// <summary>A part of an amount in another currency, in its minor units, rounded half to even.</summary>
    /// <exception cref="Refusal"><c>ledger.amount_invalid</c> when it is larger than is counted.</exception>
    public static long Convert(Money from, Currency to, decimal rate, decimal part) =>
        Round(from.AmountMinor * Unscaled(rate) * Unscaled(part) * to.MinorPerMajor, BigInteger.Pow(10, rate.Scale + part.Scale) * from.Currency.MinorPerMajor);

    /// <summary>A fraction, rounded half to even.</summary>
    /// <exception cref="Refusal"><c>ledger.amount_invalid</c> when it is larger than is counted.</exception>
    public static long Round(BigInteger numerator, BigInteger denominator)
    {
        var whole = BigInteger.DivRem(BigInteger.Abs(numerator), denominator, out var rest);
        var twice = rest * 2;
        if (twice > denominator || (twice == denominator && !whole.IsEven)) whole++;
        if (numerator.Sign < 0) whole = -whole;
        return whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : throw new Refusal(LedgerRefusals.AmountInvalid, "The amount is larger than this ledger counts.", 422);
    }
}
