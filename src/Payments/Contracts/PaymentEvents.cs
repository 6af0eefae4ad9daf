using Rialto.Kernel;

namespace Rialto.Payments;

/// <summary>What happens to money at its edges. Amounts are minor units.</summary>
public static class PaymentEvents
{
    /// <summary>A quote was accepted: one currency became another.</summary>
    public static readonly EventKind<Exchanged> Exchanged = new("payments.exchanged", PaymentsJson.Default.Exchanged);

    /// <summary>The terms of the exchange changed.</summary>
    public static readonly EventKind<TermsChanged> TermsChanged = new("payments.terms_changed", PaymentsJson.Default.TermsChanged);

    /// <summary>Less stands behind the ducats than the terms ask for. An alert, told with each exchange while it lasts.</summary>
    public static readonly EventKind<BackingLow> BackingLow = new("payments.backing_low", PaymentsJson.Default.BackingLow);
}

/// <param name="Quote">Which quote.</param>
/// <param name="Subject">Whose.</param>
/// <param name="Transfer">The transfer that did it.</param>
/// <param name="FromMinor">Given.</param>
/// <param name="FromCurrency">Of what.</param>
/// <param name="NetMinor">Received, without the bonus.</param>
/// <param name="BonusMinor">Received from the promotion.</param>
/// <param name="ToCurrency">Of what.</param>
public sealed record Exchanged(Guid Quote, string Subject, Guid Transfer, long FromMinor, string FromCurrency, long NetMinor, long BonusMinor, string ToCurrency);

/// <param name="Rate">Dollars for a ducat.</param>
/// <param name="FeeRate">Part that is kept.</param>
public sealed record TermsChanged(decimal Rate, decimal FeeRate);

/// <param name="Backing">Reserves by worth of all ducats.</param>
/// <param name="Wanted">What the terms ask for.</param>
public sealed record BackingLow(decimal Backing, decimal Wanted);
