using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Balances of other times, and sums over accounts.</summary>
internal static class BalanceReading
{
    // Begins at the last closed period and adds what came after it: the cost is that of the entries since, not of all there ever were.
    private const string Effective =
        """
        with start as (
          select ends_at, posted from ledger.closing_balances where tenant_id = $1 and account_id = $2 and ends_at <= $3 order by ends_at desc limit 1)
        select coalesce((select posted from start), 0) + coalesce(sum(amount), 0)::bigint
        from ledger.entries where tenant_id = $1 and account_id = $2 and layer = 'P' and effective_at < $3
          and effective_at >= coalesce((select ends_at from start), '-infinity')
        """;

    // Numbers and recording times of an account rise together, and every entry says what it left: the last one before the time, found by halving.
    private const string Recorded = "select posted_after, recorded_at from ledger.entries where tenant_id = $1 and account_id = $2 and number = $3";

    public static async Task<Money> AsOfAsync(TenantSession session, string code, DateTimeOffset at, TimeAxis axis, CancellationToken cancel)
    {
        var account = await AccountStore.FindAsync(session, code, cancel);
        var net = axis == TimeAxis.Effective ? await EffectiveAsync(session, account.Id, at, cancel) : await RecordedAsync(session, account, at, cancel);
        return new Money(account.Kind is AccountKind.Asset or AccountKind.Expense ? net : -net, account.Currency);
    }

    public static async Task<IReadOnlyList<TagBalance>> ByTagAsync(TenantSession session, string tag, CancellationToken cancel)
    {
        var rows = await session.Connection.QueryAsync<(string Currency, string Kind, int Accounts, long Posted, long Available)>(new CommandDefinition(
            """
            select currency, kind, count(*)::int, sum(case when kind in ('asset', 'expense') then 1 else -1 end * (debits_posted - credits_posted))::bigint,
              sum(case when kind in ('asset', 'expense') then debits_posted - credits_posted - credits_pending else credits_posted - debits_posted - debits_pending end)::bigint
            from ledger.accounts where tenant_id = @tenant and tags @> array[@tag] and tags <> '{}' group by currency, kind order by currency, kind
            """, new { tenant = session.Tenant.Value, tag }, cancellationToken: cancel));
        return [.. rows.Select(row => new TagBalance(Currency.Find(row.Currency), AccountKinds.Parse(row.Kind), row.Accounts, row.Posted, row.Available))];
    }

    private static async Task<long> EffectiveAsync(TenantSession session, Guid account, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Effective, session.Connection);
        command.Parameters.AddWithValue(session.Tenant.Value);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(at.ToUniversalTime());
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<long> RecordedAsync(TenantSession session, Account account, DateTimeOffset at, CancellationToken cancel)
    {
        long after = 0, low = 1, high = account.Entries;
        while (low <= high)
        {
            var middle = low + (high - low) / 2;
            await using var command = new NpgsqlCommand(Recorded, session.Connection);
            command.Parameters.AddWithValue(session.Tenant.Value);
            command.Parameters.AddWithValue(account.Id);
            command.Parameters.AddWithValue(middle);
            await using var row = await command.ExecuteReaderAsync(cancel);
            await row.ReadAsync(cancel);
            if (row.GetFieldValue<DateTimeOffset>(1) < at) (after, low) = (row.GetInt64(0), middle + 1);
            else high = middle - 1;
        }
        return after;
    }
}
