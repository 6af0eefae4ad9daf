namespace Rialto.Payments;

/// <summary>Codes of the module's refusals. They never change meaning.</summary>
public static class PaymentRefusals
{
    /// <summary>409: the quote's time is over; ask for a new one.</summary>
    public const string QuoteExpired = "payments.quote_expired";

    /// <summary>404: there is no such quote of this caller.</summary>
    public const string QuoteNotFound = "payments.quote_not_found";

    /// <summary>422: less or more than the terms allow at once. Details: <c>leastMinor</c>, <c>mostMinor</c>.</summary>
    public const string AmountOutside = "payments.amount_outside";

    /// <summary>422: terms that cannot be.</summary>
    public const string TermsInvalid = "payments.terms_invalid";

    /// <summary>409: the house has not enough dollars for this; nothing was exchanged.</summary>
    public const string ReserveEmpty = "payments.reserve_empty";
}
