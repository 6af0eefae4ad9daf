using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>
/// What becomes of an amount in another currency, with nothing lost on the way: the gross amount, the fee and the net amount are each
/// rounded half to even to the minor unit, and what these roundings leave over goes to a rounding account by name.
/// </summary>
/// <param name="From">What is given.</param>
/// <param name="To">What it is given for.</param>
/// <param name="Rate">Major units of <paramref name="To"/> for one major unit of what is given: 0.10 dollars for a ducat.</param>
/// <param name="FeeRate">Part of the exact gross amount that is kept: 0.025.</param>
/// <param name="Gross">Worth of what is given.</param>
/// <param name="Fee">Kept.</param>
/// <param name="Net">What the customer gets.</param>
/// <param name="Rounding">Gross less fee less net: at most one minor unit, either way.</param>
public sealed record Conversion(Money From, Currency To, decimal Rate, decimal FeeRate, Money Gross, Money Fee, Money Net, Money Rounding)
{
    /// <summary>Reckons it, with exact fractions until the last step.</summary>
    /// <exception cref="Refusal"><c>ledger.amount_invalid</c> when the amount or the rate is not above 0, the fee is not from 0 to below 1, or too little comes out.</exception>
    public static Conversion Of(Money from, Currency to, decimal rate, decimal feeRate = 0)
    {
        if (from.AmountMinor <= 0 || rate <= 0 || feeRate is < 0 or >= 1)
            throw new Refusal(LedgerRefusals.AmountInvalid, "A conversion needs an amount and a rate above 0, and a fee from 0 to below 1.", 422);
        var (gross, fee, net) = (Exact.Convert(from, to, rate, 1), Exact.Convert(from, to, rate, feeRate), Exact.Convert(from, to, rate, 1 - feeRate));
        if (net <= 0) throw new Refusal(LedgerRefusals.AmountInvalid, $"{from} is worth less than the smallest amount of {to.Code}; convert more.", 422);
        return new Conversion(from, to, rate, feeRate, new Money(gross, to), new Money(fee, to), new Money(net, to), new Money(gross - fee - net, to));
    }

    /// <summary>
    /// The legs: what is given goes to the position account of its currency; the worth comes out of the position account of the other, to the
    /// customer, to fee income and, when there is something left over, to or from the rounding account. Each currency balances by itself.
    /// </summary>
    public IReadOnlyList<Leg> Legs(ConversionAccounts accounts)
    {
        var legs = new List<Leg> { Leg.Debit(accounts.Giver, From), Leg.Credit(accounts.PositionFrom, From), Leg.Debit(accounts.PositionTo, Gross), Leg.Credit(accounts.Receiver, Net) };
        if (Fee.AmountMinor > 0) legs.Add(Leg.Credit(accounts.Fee, Fee));
        if (Rounding.AmountMinor > 0) legs.Add(Leg.Credit(accounts.Rounding, Rounding));
        if (Rounding.AmountMinor < 0) legs.Add(Leg.Debit(accounts.Rounding, -Rounding));
        return legs;
    }
}

/// <summary>The accounts of a conversion, by their codes.</summary>
/// <param name="Giver">Gives: the customer's wallet in the one currency.</param>
/// <param name="Receiver">Gets: the customer's wallet in the other.</param>
/// <param name="PositionFrom">The house's position in the currency given.</param>
/// <param name="PositionTo">The house's position in the other.</param>
/// <param name="Fee">Fee income, in the other.</param>
/// <param name="Rounding">What roundings leave over, in the other.</param>
public sealed record ConversionAccounts(string Giver, string Receiver, string PositionFrom, string PositionTo, string Fee, string Rounding);
