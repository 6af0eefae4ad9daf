using Rialto.Kernel;
using Rialto.Ledger;

namespace Rialto.Payments;

/// <summary>An offer to change money: what is given, what comes out, and every part on the way. Honoured once, until it expires.</summary>
internal sealed record Quote
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What is given, in minor units.</summary>
    public required long FromMinor { get; init; }

    /// <summary>Of what.</summary>
    public required Currency FromCurrency { get; init; }

    /// <summary>What it becomes.</summary>
    public required Currency ToCurrency { get; init; }

    /// <summary>Units received for one unit given, before the fee.</summary>
    public required decimal Rate { get; init; }

    /// <summary>Part of the worth that is kept.</summary>
    public required decimal FeeRate { get; init; }

    /// <summary>The fee, in minor units of what it becomes.</summary>
    public required long FeeMinor { get; init; }

    /// <summary>What comes out, without the bonus.</summary>
    public required long NetMinor { get; init; }

    /// <summary>What rounding leaves over; it goes to the rounding account, or comes from there when negative.</summary>
    public required long RoundingMinor { get; init; }

    /// <summary>The promotion's multiplier; 1 for none.</summary>
    public required decimal Multiplier { get; init; }

    /// <summary>What the promotion adds. It is held for this quote until it expires.</summary>
    public required long BonusMinor { get; init; }

    /// <summary>Who pays the bonus: the account <c>promotion:…</c>; null when there is none.</summary>
    public string? BonusFrom { get; init; }

    /// <summary>Why there is no bonus, or a smaller one: <c>not_measured</c>, <c>below_threshold</c>, <c>promotion_empty</c>; null when it is whole.</summary>
    public string? BonusNote { get; init; }

    /// <summary>All that comes out.</summary>
    public long TotalMinor => NetMinor + BonusMinor;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it is honoured.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was accepted; null when it was not.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The ledger's transfer that did it.</summary>
    public Guid? Transfer { get; init; }
}
