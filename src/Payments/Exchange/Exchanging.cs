using System.Globalization;
using Dapper;
using Rialto.Kernel;
using Rialto.Ledger;

namespace Rialto.Payments;

/// <summary>Ducats for dollars and back, by quotes.</summary>
internal sealed class Exchanging(ILedger ledger, House house, TimeProvider clock, IMemberLevels? levels = null)
{
    /// <summary>How long a quote is honoured.</summary>
    public static readonly TimeSpan Honoured = TimeSpan.FromSeconds(60);

    // The hold outlives the quote a little, so that a quote accepted in its last moment finds its bonus.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Makes a quote for a member, and holds the promotion's part of it.</summary>
    /// <exception cref="Refusal"><c>payments.amount_outside</c>, <c>ledger.amount_invalid</c>.</exception>
    public async Task<Quote> QuoteAsync(TenantSession session, string subject, Money from, CancellationToken cancel)
    {
        await house.OpenAsync(session, cancel);
        await house.WalletsAsync(session, subject, cancel);
        var (terms, now) = (await ExchangeTerms.NowAsync(session, cancel), clock.GetUtcNow());
        var dollars = await ActivityRate.NowAsync(session, terms, now, cancel);
        var isSale = from.Currency == House.Ducat;
        var to = isSale ? House.Dollar : House.Ducat;
        var rate = isSale ? dollars : 1 / dollars;
        RequireInside(terms, from, dollars);
        var conversion = Conversion.Of(from, to, rate, terms.FeeRate);
        var (multiplier, bonus, note) = await PromiseAsync(session, subject, conversion.Net, terms, cancel);
        var (id, expires) = (Guid.CreateVersion7(now), now + Honoured);
        var hold = bonus == 0 ? null : await ledger.PostAsync(session, NewTransfer.Of($"quote:{id}:bonus", House.Promotion(to), House.Wallet(subject, to), new Money(bonus, to), "Promotion", $"quote:{id}")
            with { IsPending = true, ExpiresAt = expires + Grace }, cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into payments.quotes (id, subject, from_minor, from_currency, to_currency, rate, fee_rate, fee_minor, net_minor, rounding_minor, multiplier, bonus_minor, bonus_hold, created_at, expires_at)
            values (@id, @subject, @AmountMinor, @give, @get, @rate, @FeeRate, @fee, @net, @rounding, @multiplier, @bonus, @hold, @now, @expires)
            """,
            new
            {
                id, subject, from.AmountMinor, give = from.Currency.Code, get = to.Code, rate, terms.FeeRate, fee = conversion.Fee.AmountMinor, net = conversion.Net.AmountMinor,
                rounding = conversion.Rounding.AmountMinor, multiplier, bonus, hold = hold?.Id, now, expires,
            }, cancellationToken: cancel));
        return new Quote
        {
            Id = id, FromMinor = from.AmountMinor, FromCurrency = from.Currency, ToCurrency = to, Rate = QuoteStore.Short(rate), FeeRate = terms.FeeRate, FeeMinor = conversion.Fee.AmountMinor, NetMinor = conversion.Net.AmountMinor,
            RoundingMinor = conversion.Rounding.AmountMinor, Multiplier = multiplier, BonusMinor = bonus, BonusFrom = bonus > 0 ? House.Promotion(to) : null, BonusNote = note, CreatedAt = now, ExpiresAt = expires,
        };
    }

    /// <summary>Does what a quote promises, once; accepting it again returns what was done.</summary>
    /// <exception cref="Refusal"><c>payments.quote_not_found</c>, <c>payments.quote_expired</c>, <c>payments.reserve_empty</c>, <c>ledger.insufficient_funds</c>, <c>ledger.account_frozen</c>.</exception>
    public async Task<Quote> AcceptAsync(TenantSession session, string subject, Guid id, CancellationToken cancel)
    {
        var row = await QuoteStore.FindAsync(session, subject, id, isLocked: true, cancel);
        if (row.AcceptedAt is not null) return row.ToQuote();
        var now = clock.GetUtcNow();
        if (now >= row.Expires) throw new Refusal(PaymentRefusals.QuoteExpired, "This quote is over; ask for a new one.", 409);
        var (from, to) = (new Money(row.FromMinor, Currency.Find(row.FromCurrency)), Currency.Find(row.ToCurrency));
        var conversion = new Conversion(from, to, row.Rate, row.FeeRate, new Money(row.FeeMinor + row.NetMinor + row.RoundingMinor, to), new Money(row.FeeMinor, to), new Money(row.NetMinor, to), new Money(row.RoundingMinor, to));
        var accounts = new ConversionAccounts(House.Wallet(subject, from.Currency), House.Wallet(subject, to), House.Position(from.Currency), House.Position(to), House.Fees(to), House.Rounding(to));
        var made = await PostAsync(session, new NewTransfer
        {
            Key = $"quote:{id}", Legs = conversion.Legs(accounts), Cause = $"quote:{id}", Description = $"{from} to {to.Code} at {row.Rate.ToString("0.########", CultureInfo.InvariantCulture)}",
        }, cancel);
        if (row.BonusHold is { } hold) await ledger.SettleAsync(session, hold, cancel: cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update payments.quotes set accepted_at = @now, transfer_id = @transfer where tenant_id = kernel.current_tenant() and id = @id", new { now, transfer = made.Id, id }, cancellationToken: cancel));
        await session.AnnounceAsync(PaymentEvents.Exchanged, new Exchanged(id, subject, made.Id, row.FromMinor, row.FromCurrency, row.NetMinor, row.BonusMinor, row.ToCurrency), $"quote:{id}", cancel);
        return (row with { Accepted = now, Transfer = made.Id }).ToQuote();
    }

    private async Task<Transfer> PostAsync(TenantSession session, NewTransfer transfer, CancellationToken cancel)
    {
        try
        {
            return await ledger.PostAsync(session, transfer, cancel);
        }
        catch (Refusal refusal) when (refusal.Code == LedgerRefusals.InsufficientFunds && refusal.Details?.GetValueOrDefault("account") == House.Position(House.Dollar))
        {
            throw new Refusal(PaymentRefusals.ReserveEmpty, "The house has not enough dollars for this just now; exchange less, or later. Nothing was exchanged.", 409);
        }
    }

    private async Task<(decimal Multiplier, long Bonus, string? Note)> PromiseAsync(TenantSession session, string subject, Money net, ExchangeTerms terms, CancellationToken cancel)
    {
        if (levels is null || await levels.LevelAsync(session, subject, cancel) is not { } level) return (1, 0, "not_measured");
        var multiplier = PhiMultiplier.Of(level, terms.PhiCap);
        var wanted = PhiMultiplier.Bonus(net.AmountMinor, multiplier);
        if (wanted == 0) return (multiplier, 0, "below_threshold");
        var left = (await ledger.FindAccountAsync(session, House.Promotion(net.Currency), cancel)).Balance.AvailableMinor;
        return left >= wanted ? (multiplier, wanted, null) : (multiplier, Math.Max(0, left), "promotion_empty");
    }

    // Limits are in ducats; dollars count by their worth.
    private static void RequireInside(ExchangeTerms terms, Money from, decimal dollars)
    {
        var ducats = from.Currency == House.Ducat ? from.AmountMinor : decimal.ToInt64(Math.Min(from.AmountMinor / dollars, long.MaxValue / 2));
        if (ducats >= terms.LeastMinor && ducats <= terms.MostMinor) return;
        throw new Refusal(PaymentRefusals.AmountOutside, $"Exchange from {new Money(terms.LeastMinor, House.Ducat)} to {new Money(terms.MostMinor, House.Ducat)} at once.", 422)
        {
            Details = new Dictionary<string, string> { ["leastMinor"] = terms.LeastMinor.ToString(CultureInfo.InvariantCulture), ["mostMinor"] = terms.MostMinor.ToString(CultureInfo.InvariantCulture) },
        };
    }
}
