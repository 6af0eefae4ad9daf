using Rialto.Kernel;
using Rialto.Ledger;

namespace Rialto.Payments;

/// <summary>What stands behind the ducats: reserves, circulation, the promotion's fund.</summary>
internal sealed class Treasury(ILedger ledger, House house, TimeProvider clock)
{
    /// <summary>How things stand now.</summary>
    public async Task<TreasuryView> LookAsync(TenantSession session, CancellationToken cancel)
    {
        var terms = await ExchangeTerms.NowAsync(session, cancel);
        var rate = await ActivityRate.NowAsync(session, terms, clock.GetUtcNow(), cancel);
        var reserve = await PostedAsync(session, House.Position(House.Dollar), cancel);
        var circulation = (await ledger.BalancesByTagAsync(session, House.WalletTag, cancel)).Where(one => one.Currency == House.Ducat).Sum(one => one.PostedMinor);
        decimal? backing = circulation <= 0 ? null : Math.Round(reserve / (circulation * rate), 6, MidpointRounding.ToEven);
        return new TreasuryView
        {
            ReserveMinor = reserve, CirculationMinor = circulation, Rate = rate, Backing = backing, LeastBacking = terms.LeastBacking, IsBackingLow = backing < terms.LeastBacking,
            PromotionDucatsMinor = await PostedAsync(session, House.Promotion(House.Ducat), cancel), PromotionDollarsMinor = await PostedAsync(session, House.Promotion(House.Dollar), cancel),
            FeesDucatsMinor = await PostedAsync(session, House.Fees(House.Ducat), cancel), FeesDollarsMinor = await PostedAsync(session, House.Fees(House.Dollar), cancel),
        };
    }

    /// <summary>Tells of a backing that is too low.</summary>
    public async Task WarnAsync(TenantSession session, CancellationToken cancel)
    {
        var view = await LookAsync(session, cancel);
        if (view.IsBackingLow) await session.AnnounceAsync(PaymentEvents.BackingLow, new BackingLow(view.Backing!.Value, view.LeastBacking), "treasury", cancel);
    }

    /// <summary>Puts money of the house where the exchange or a promotion can use it. In ducats it issues new ones.</summary>
    public async Task<Transfer> FundAsync(TenantSession session, FundTreasury request, string key, CancellationToken cancel)
    {
        await house.OpenAsync(session, cancel);
        var currency = request.Currency;
        var account = request.Into == "promotion" ? House.Promotion(currency) : House.Position(currency);
        return await ledger.PostAsync(session, NewTransfer.Of(key, House.Bank(currency), account, new Money(request.AmountMinor, currency), request.Note ?? "Funding", "treasury"), cancel);
    }

    // Before the first exchange the house has no accounts, and nothing in them.
    private async Task<long> PostedAsync(TenantSession session, string code, CancellationToken cancel)
    {
        try
        {
            return (await ledger.FindAccountAsync(session, code, cancel)).Balance.PostedMinor;
        }
        catch (Refusal none) when (none.Code == LedgerRefusals.AccountNotFound)
        {
            return 0;
        }
    }
}

/// <summary>How the house stands. Amounts are minor units.</summary>
internal sealed record TreasuryView
{
    /// <summary>Dollars that the exchange can pay out.</summary>
    public required long ReserveMinor { get; init; }

    /// <summary>Ducats in all wallets.</summary>
    public required long CirculationMinor { get; init; }

    /// <summary>Dollars for a ducat now.</summary>
    public required decimal Rate { get; init; }

    /// <summary>Reserve by worth of all ducats: <c>reserve / (circulation · rate)</c>; null when no ducat circulates.</summary>
    public decimal? Backing { get; init; }

    /// <summary>What the terms ask for.</summary>
    public required decimal LeastBacking { get; init; }

    /// <summary>True when it is below that.</summary>
    public required bool IsBackingLow { get; init; }

    /// <summary>Left for promotions, in ducats.</summary>
    public required long PromotionDucatsMinor { get; init; }

    /// <summary>Left for promotions, in dollars.</summary>
    public required long PromotionDollarsMinor { get; init; }

    /// <summary>Fees earned, in ducats.</summary>
    public required long FeesDucatsMinor { get; init; }

    /// <summary>Fees earned, in dollars.</summary>
    public required long FeesDollarsMinor { get; init; }
}
