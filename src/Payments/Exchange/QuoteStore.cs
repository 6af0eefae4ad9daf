using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Payments;

/// <summary>Rows of quotes.</summary>
internal static class QuoteStore
{
    internal const string Columns = "id, from_minor, from_currency, to_currency, rate, fee_rate, fee_minor, net_minor, rounding_minor, multiplier, bonus_minor, created_at, expires_at, accepted_at, transfer_id";

    /// <summary>A quote of <paramref name="subject"/>.</summary>
    /// <exception cref="Refusal"><c>payments.quote_not_found</c>, also for somebody else's.</exception>
    public static async Task<QuoteRow> FindAsync(TenantSession session, string subject, Guid id, bool isLocked, CancellationToken cancel) =>
        await session.Connection.QuerySingleOrDefaultAsync<QuoteRow>(new CommandDefinition(
            $"""
            select id, from_minor as "FromMinor", from_currency as "FromCurrency", to_currency as "ToCurrency", rate, fee_rate as "FeeRate", fee_minor as "FeeMinor", net_minor as "NetMinor", rounding_minor as "RoundingMinor",
                   multiplier, bonus_minor as "BonusMinor", bonus_hold as "BonusHold", created_at as "CreatedAt", expires_at as "ExpiresAt", accepted_at as "AcceptedAt", transfer_id as "Transfer"
            from payments.quotes where tenant_id = kernel.current_tenant() and id = @id and subject = @subject {(isLocked ? "for update" : "")}
            """, new { id, subject }, cancellationToken: cancel))
        ?? throw new Refusal(PaymentRefusals.QuoteNotFound, "There is no such quote of yours.", 404);

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static Quote Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0), FromMinor = row.GetInt64(1), FromCurrency = Currency.Find(row.GetString(2)), ToCurrency = Currency.Find(row.GetString(3)), Rate = Short(row.GetDecimal(4)),
        FeeRate = Short(row.GetDecimal(5)), FeeMinor = row.GetInt64(6), NetMinor = row.GetInt64(7), RoundingMinor = row.GetInt64(8), Multiplier = Short(row.GetDecimal(9)), BonusMinor = row.GetInt64(10),
        BonusFrom = row.GetInt64(10) > 0 ? House.Promotion(Currency.Find(row.GetString(3))) : null, CreatedAt = row.GetFieldValue<DateTimeOffset>(11), ExpiresAt = row.GetFieldValue<DateTimeOffset>(12),
        AcceptedAt = row.IsDBNull(13) ? null : row.GetFieldValue<DateTimeOffset>(13), Transfer = row.IsDBNull(14) ? null : row.GetGuid(14),
    };

    /// <summary>The same number without the zeros that the column fills it up with.</summary>
    public static decimal Short(decimal number) => number / 1.0000000000000000000000000000m;
}

/// <summary>A quote as it is kept.</summary>
internal sealed record QuoteRow
{
    public required Guid Id { get; init; }

    public required long FromMinor { get; init; }

    public required string FromCurrency { get; init; }

    public required string ToCurrency { get; init; }

    public required decimal Rate { get; init; }

    public required decimal FeeRate { get; init; }

    public required long FeeMinor { get; init; }

    public required long NetMinor { get; init; }

    public required long RoundingMinor { get; init; }

    public required decimal Multiplier { get; init; }

    public required long BonusMinor { get; init; }

    public Guid? BonusHold { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public DateTime? AcceptedAt { get; init; }

    public Guid? Transfer { get; init; }

    /// <summary>When it was accepted just now.</summary>
    public DateTimeOffset? Accepted { get; init; }

    public DateTimeOffset Expires => new(ExpiresAt, TimeSpan.Zero);

    public Quote ToQuote() => new()
    {
        Id = Id, FromMinor = FromMinor, FromCurrency = Currency.Find(FromCurrency), ToCurrency = Currency.Find(ToCurrency), Rate = QuoteStore.Short(Rate), FeeRate = QuoteStore.Short(FeeRate), FeeMinor = FeeMinor, NetMinor = NetMinor,
        RoundingMinor = RoundingMinor, Multiplier = QuoteStore.Short(Multiplier), BonusMinor = BonusMinor, BonusFrom = BonusMinor > 0 ? House.Promotion(Currency.Find(ToCurrency)) : null, CreatedAt = new DateTimeOffset(CreatedAt, TimeSpan.Zero),
        ExpiresAt = Expires, AcceptedAt = Accepted ?? (AcceptedAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null), Transfer = Transfer,
    };
}
