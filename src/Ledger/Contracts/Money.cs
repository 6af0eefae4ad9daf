using System.Globalization;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>
/// An amount: a whole number of minor units of one currency. Nothing is ever rounded silently: sums that do not fit, and sums of
/// different currencies, are refused.
/// </summary>
/// <param name="AmountMinor">In minor units: 1234 is 12.34 in USD, and 1,234 in JPY.</param>
/// <param name="Currency">Of what.</param>
public readonly record struct Money(long AmountMinor, Currency Currency) : IComparable<Money>
{
    /// <summary>True for nothing at all.</summary>
    public bool IsZero => AmountMinor == 0;

    /// <summary>In major units, exactly: 12.34.</summary>
    public decimal Major => (decimal)AmountMinor / Currency.MinorPerMajor;

    /// <summary>Nothing, in a currency.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>An amount in major units, which must be a whole number of minor ones.</summary>
    /// <exception cref="Refusal"><c>ledger.amount_invalid</c> when a fraction of a minor unit would be left, or it is too large.</exception>
    public static Money Of(decimal major, Currency currency)
    {
        try
        {
            var minor = major * currency.MinorPerMajor;
            if (minor == decimal.Truncate(minor)) return new Money(decimal.ToInt64(minor), currency);
        }
        catch (OverflowException)
        {
            throw TooLarge();
        }
        throw new Refusal(LedgerRefusals.AmountInvalid, $"{major.ToString(CultureInfo.InvariantCulture)} has more decimals than the {currency.Exponent} of {currency.Code}; round it first, and say how.", 422);
    }

    /// <summary>Reads what <see cref="ToString"/> writes: <c>12.34 USD</c>.</summary>
    /// <exception cref="Refusal"><c>ledger.amount_invalid</c>, <c>currency.unknown</c>.</exception>
    public static Money Parse(string text) =>
        text.Split(' ') is [var number, var code] && decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major)
            ? Of(major, Currency.Find(code))
            : throw new Refusal(LedgerRefusals.AmountInvalid, $"\"{text}\" is no amount; write it as 12.34 USD.", 422);

    /// <summary>The sum.</summary>
    /// <exception cref="Refusal"><c>ledger.currency_mismatch</c>, <c>ledger.amount_invalid</c>.</exception>
    public static Money operator +(Money left, Money right)
    {
        RequireSame(left, right);
        return new Money(Checked(left.AmountMinor, right.AmountMinor), left.Currency);
    }

    /// <summary>The difference.</summary>
    /// <exception cref="Refusal"><c>ledger.currency_mismatch</c>, <c>ledger.amount_invalid</c>.</exception>
    public static Money operator -(Money left, Money right) => left + -right;

    /// <summary>The same amount the other way.</summary>
    /// <exception cref="Refusal"><c>ledger.amount_invalid</c> for the one number whose negative does not exist.</exception>
    public static Money operator -(Money amount) => amount.AmountMinor == long.MinValue ? throw TooLarge() : new Money(-amount.AmountMinor, amount.Currency);

    /// <summary>Which is more.</summary>
    /// <exception cref="Refusal"><c>ledger.currency_mismatch</c>.</exception>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <inheritdoc cref="op_LessThan"/>
    public int CompareTo(Money other)
    {
        RequireSame(this, other);
        return AmountMinor.CompareTo(other.AmountMinor);
    }

    /// <summary>For machines and logs, the same everywhere: <c>12.34 USD</c>, <c>-5 JPY</c>.</summary>
    public override string ToString() => $"{Major.ToString("F" + Currency.Exponent.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)} {Currency.Code}";

    private static long Checked(long left, long right)
    {
        try
        {
            return checked(left + right);
        }
        catch (OverflowException)
        {
            throw TooLarge();
        }
    }

    private static Refusal TooLarge() => new(LedgerRefusals.AmountInvalid, "The amount is larger than this ledger counts.", 422);

    private static void RequireSame(Money left, Money right)
    {
        if (left.Currency != right.Currency)
            throw new Refusal(LedgerRefusals.CurrencyMismatch, $"{left.Currency.Code} and {right.Currency.Code} do not add up; convert one of them first.", 422);
    }
}
