using Dapper;
using Rialto.Kernel;

namespace Rialto.Payments;

/// <summary>What the exchange asks and gives. Each change is a new row; the newest holds, and a quote keeps the ones it was made with.</summary>
internal sealed record ExchangeTerms
{
    /// <summary>Dollars for a ducat, before activity moves it.</summary>
    public decimal Rate { get; init; } = 0.10m;

    /// <summary>Part of the worth that is kept: 0.025.</summary>
    public decimal FeeRate { get; init; } = 0.025m;

    /// <summary>True when the rate follows activity, by the rule of <see cref="ActivityRate"/>.</summary>
    public bool FollowsActivity { get; init; }

    /// <summary>The most a promotion adds: 0.05.</summary>
    public decimal PhiCap { get; init; } = 0.05m;

    /// <summary>Fewest ducats at once, in minor units; dollars by their worth.</summary>
    public long LeastMinor { get; init; } = 100;

    /// <summary>Most ducats at once, in minor units.</summary>
    public long MostMinor { get; init; } = 100_000_000;

    /// <summary>Reserves by worth of all ducats below which an alert is told.</summary>
    public decimal LeastBacking { get; init; } = 0.25m;

    /// <summary>Who set them; empty for the ones every organisation begins with.</summary>
    public string SetBy { get; init; } = "";

    /// <summary>Since when; null for the beginning.</summary>
    public DateTime? Since { get; init; }

    internal const string Columns = "rate, fee_rate as \"FeeRate\", follows_activity as \"FollowsActivity\", phi_cap as \"PhiCap\", least_minor as \"LeastMinor\", most_minor as \"MostMinor\", least_backing as \"LeastBacking\", set_by as \"SetBy\", since";

    /// <summary>The terms that hold now.</summary>
    internal static async Task<ExchangeTerms> NowAsync(TenantSession session, CancellationToken cancel) =>
        await session.Connection.QuerySingleOrDefaultAsync<ExchangeTerms>(new CommandDefinition(
            $"select {Columns} from payments.exchange_terms where tenant_id = kernel.current_tenant() order by since desc, id desc limit 1", cancellationToken: cancel)) ?? new ExchangeTerms();

    /// <exception cref="Refusal"><c>payments.terms_invalid</c>.</exception>
    internal ExchangeTerms Require()
    {
        if (Rate is < ActivityRate.Least or > ActivityRate.Most) throw Invalid($"the rate lies from {ActivityRate.Least} to {ActivityRate.Most}");
        if (FeeRate is < 0 or > 0.5m) throw Invalid("the fee lies from 0 to 0.5");
        if (PhiCap is < 0 or > 1) throw Invalid("the promotion's cap lies from 0 to 1");
        if (LeastMinor < 1 || MostMinor < LeastMinor) throw Invalid("the most is not below the least, and both are above 0");
        if (LeastBacking is < 0 or > 100) throw Invalid("the backing lies from 0 to 100");
        return this;
    }

    private static Refusal Invalid(string why) => new(PaymentRefusals.TermsInvalid, $"These terms cannot be: {why}.", 422);
}

/// <summary>
/// A rate that follows activity: <c>clamp(base · (1 + exchanges / 200 · 0.8), 0.05, 0.50)</c>, where exchanges are those of the last
/// 24 hours, 100 at most. Anybody can reckon it; there is no chance in it.
/// </summary>
internal static class ActivityRate
{
    public const decimal Least = 0.05m, Most = 0.50m;
    private const decimal Factor = 0.8m, Scale = 200m;
    private const int MostCounted = 100;

    /// <summary>The rule in words, for people.</summary>
    public const string Rule = "clamp(base × (1 + exchanges in 24 h (100 at most) / 200 × 0.8), 0.05, 0.50)";

    /// <summary>Dollars for a ducat.</summary>
    public static decimal Of(decimal rate, int exchanges) => Math.Clamp(rate * (1 + (Math.Clamp(exchanges, 0, MostCounted) / Scale * Factor)), Least, Most);

    /// <summary>The rate now.</summary>
    public static async Task<decimal> NowAsync(TenantSession session, ExchangeTerms terms, DateTimeOffset now, CancellationToken cancel) => !terms.FollowsActivity
        ? terms.Rate
        : Of(terms.Rate, await session.Connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*) from (select from payments.quotes where tenant_id = kernel.current_tenant() and accepted_at > @since limit @MostCounted) counted",
            new { since = now.AddDays(-1), MostCounted }, cancellationToken: cancel)));
}
