using Dapper;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Closing of periods.</summary>
internal static class PeriodClosing
{
    public static async Task<Period> CloseAsync(TenantSession session, DateTimeOffset endsAt, CancellationToken cancel)
    {
        var (tenant, end) = (session.Tenant.Value, endsAt.UtcDateTime);
        // Alone with the books: whoever is entering a transfer ends first, and whoever comes next sees the new end.
        await session.Connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(ledger.books_lock())", cancellationToken: cancel));
        var (last, isFuture) = await session.Connection.QuerySingleAsync<(DateTime? Last, bool IsFuture)>(new CommandDefinition(
            "select (select max(ends_at) from ledger.periods where tenant_id = @tenant), @end > clock_timestamp()", new { tenant, end }, cancellationToken: cancel));
        if (isFuture) throw new Refusal(LedgerRefusals.PeriodInvalid, "Only time that has passed can be closed.", 422);
        if (last >= end) throw new Refusal(LedgerRefusals.PeriodInvalid, $"The books are closed until {last:u} already; name a later end.", 422);
        // Closed balances build on those of the period before, so that closing costs the entries of one period.
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into ledger.closing_balances (account_id, ends_at, posted)
            select a.id, @end, coalesce(before.posted, 0) + coalesce(during.posted, 0)
            from ledger.accounts a
            left join ledger.closing_balances before on before.tenant_id = @tenant and before.account_id = a.id and before.ends_at = @last
            left join (select account_id, sum(amount) as posted from ledger.entries
              where tenant_id = @tenant and layer = 'P' and effective_at < @end and effective_at >= coalesce(@last, '-infinity') group by account_id) during on during.account_id = a.id
            where a.tenant_id = @tenant and (before.posted is not null or during.posted is not null)
            """, new { tenant, end, last }, commandTimeout: 0, cancellationToken: cancel));
        var row = await session.Connection.QuerySingleAsync<(Guid Id, DateTime ClosedAt)>(new CommandDefinition(
            "insert into ledger.periods (ends_at, closed_by) values (@end, @Actor) returning id, closed_at", new { end, session.Actor }, cancellationToken: cancel));
        await session.AnnounceAsync(LedgerEvents.PeriodClosed, new PeriodFact(endsAt), $"period:{row.Id}", cancel);
        return new Period(row.Id, endsAt, row.ClosedAt, session.Actor);
    }
}
