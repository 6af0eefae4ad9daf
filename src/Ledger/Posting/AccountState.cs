using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>The sums of an account, in minor units.</summary>
/// <param name="Entries">How many entries made them.</param>
internal readonly record struct Totals(long DebitsPosted, long CreditsPosted, long DebitsPending, long CreditsPending, long Entries)
{
    /// <summary>Posted debits less credits.</summary>
    public long NetPosted => DebitsPosted - CreditsPosted;

    /// <summary>Pending debits less credits.</summary>
    public long NetHeld => DebitsPending - CreditsPending;
}

/// <summary>A locked account while transfers are applied to it: the rules of one account, without a database.</summary>
internal sealed class AccountState
{
    public required Guid Id { get; init; }

    public required string Code { get; init; }

    public required AccountKind Kind { get; init; }

    public required Currency Currency { get; init; }

    public long? FloorMinor { get; init; }

    public long? CeilingMinor { get; init; }

    public bool IsFrozen { get; init; }

    public string? FrozenReason { get; init; }

    public bool IsClosed { get; init; }

    /// <summary>As the database has them.</summary>
    public required Totals Stored { get; init; }

    /// <summary>As they are after what was applied.</summary>
    public Totals Now { get; set; }

    public bool IsTouched => Now != Stored;

    public bool GrowsByDebit => Kind is AccountKind.Asset or AccountKind.Expense;

    public Balance Balance => ToBalance(Kind, Now);

    public static Balance ToBalance(AccountKind kind, Totals sums) => kind is AccountKind.Asset or AccountKind.Expense
        ? new Balance(sums.NetPosted, sums.DebitsPending, sums.CreditsPending, sums.DebitsPosted, sums.CreditsPosted)
        : new Balance(-sums.NetPosted, sums.CreditsPending, sums.DebitsPending, sums.DebitsPosted, sums.CreditsPosted);

    /// <summary>Refuses what may not move at all.</summary>
    /// <exception cref="Refusal"><c>ledger.account_closed</c>, <c>ledger.account_frozen</c>, <c>ledger.currency_mismatch</c>.</exception>
    public void RequireMovable(Currency currency)
    {
        if (IsClosed) throw new Refusal(LedgerRefusals.AccountClosed, $"The account {Code} is closed; use another one.", 409) { Details = Details() };
        if (IsFrozen)
            throw new Refusal(LedgerRefusals.AccountFrozen, $"The account {Code} is frozen ({FrozenReason}); it has to be released first.", 409) { Details = Details(("reason", FrozenReason ?? "")) };
        if (currency != Currency)
            throw new Refusal(LedgerRefusals.CurrencyMismatch, $"The account {Code} holds {Currency.Code}, not {currency.Code}; convert through position accounts.", 422) { Details = Details() };
    }

    /// <summary>Adds a signed amount to a layer and returns the entry that says so.</summary>
    /// <exception cref="Refusal"><c>ledger.amount_invalid</c> when the sums grow beyond what is counted.</exception>
    public Entry Add(Guid transfer, int leg, EntryLayer layer, long amount, DateTimeOffset effectiveAt)
    {
        try
        {
            checked
            {
                var number = Now.Entries + 1;
                Now = (layer, amount >= 0) switch
                {
                    (EntryLayer.Posted, true) => Now with { DebitsPosted = Now.DebitsPosted + amount, Entries = number },
                    (EntryLayer.Posted, false) => Now with { CreditsPosted = Now.CreditsPosted - amount, Entries = number },
                    (EntryLayer.Held, true) => Now with { DebitsPending = Now.DebitsPending + amount, Entries = number },
                    (EntryLayer.Held, false) => Now with { CreditsPending = Now.CreditsPending - amount, Entries = number },
                    // A release takes the amount back from the side that held it.
                    (_, true) => Now with { CreditsPending = Now.CreditsPending - amount, Entries = number },
                    (_, false) => Now with { DebitsPending = Now.DebitsPending + amount, Entries = number },
                };
            }
        }
        catch (OverflowException)
        {
            throw new Refusal(LedgerRefusals.AmountInvalid, $"The sums of the account {Code} would grow beyond what this ledger counts.", 422);
        }
        return new Entry(Id, Now.Entries, transfer, (short)leg, layer, amount, Currency, Now.NetPosted, Now.NetHeld, effectiveAt);
    }

    /// <summary>Refuses what went too far.</summary>
    /// <exception cref="Refusal"><c>ledger.insufficient_funds</c>, <c>ledger.over_limit</c>.</exception>
    public void RequireWithinLimits(Totals before)
    {
        var balance = Balance;
        if (FloorMinor is { } floor && balance.AvailableMinor < floor)
        {
            var had = ToBalance(Kind, before).AvailableMinor;
            throw new Refusal(LedgerRefusals.InsufficientFunds,
                $"The account {Code} has {new Money(had - floor, Currency)} to spend and would need {new Money(had - balance.AvailableMinor, Currency)}; add funds or take less.", 409)
            {
                Details = Details(("availableMinor", Text(had - floor)), ("neededMinor", Text(had - balance.AvailableMinor)), ("currency", Currency.Code)),
            };
        }
        if (CeilingMinor is { } ceiling && balance.PostedMinor + balance.PendingInMinor > ceiling)
            throw new Refusal(LedgerRefusals.OverLimit, $"The account {Code} may hold {new Money(ceiling, Currency)} at most; transfer less, or raise its limit.", 409)
            {
                Details = Details(("ceilingMinor", Text(ceiling)), ("currency", Currency.Code)),
            };
    }

    private Dictionary<string, string> Details(params (string Name, string Value)[] more)
    {
        var details = new Dictionary<string, string> { ["account"] = Code };
        foreach (var (name, value) in more) details[name] = value;
        return details;
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
