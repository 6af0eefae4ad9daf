using System.Text.Json;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Opens the books: locks the accounts in the order of their ids, and reads what else the rules need, in one exchange with the database.</summary>
internal static class BooksReading
{
    private const string Accounts =
        """
        select id, code, kind, currency, floor, ceiling, is_frozen, frozen_reason, is_closed, debits_posted, credits_posted, debits_pending, credits_pending, entries
        from ledger.accounts where tenant_id = $1 and code = any ($2) order by id for no key update
        """;

    /// <summary>
    /// Opens the books for the accounts and keys named, after the statement <paramref name="first"/> if there is one. Whoever comes later with one of
    /// these accounts waits for the end of the session.
    /// </summary>
    public static async Task<Books> OpenAsync(TenantSession session, IReadOnlyCollection<string> codes, IReadOnlyCollection<string> keys, string? first, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(session.Connection);
        if (first is not null) Add(batch, first);
        // Shared by all that post; alone for who closes a period, so that nothing slips into it.
        Add(batch, "select pg_advisory_xact_lock_shared(ledger.books_lock())");
        Add(batch, Accounts, session.Tenant.Value, codes.ToArray());
        Add(batch, "select clock_timestamp(), (select max(ends_at) from ledger.periods where tenant_id = $1)", session.Tenant.Value);
        if (keys.Count > 0)
        {
            Add(batch, $"select {TransferRows.Columns}, hash from ledger.transfers where tenant_id = $1 and key = any ($2)", session.Tenant.Value, keys.ToArray());
            Add(batch, "select key, hash, code, message, status, details::text from ledger.refused_keys where tenant_id = $1 and key = any ($2) and at > now() - interval '30 days'", session.Tenant.Value, keys.ToArray());
        }
        await using var row = await batch.ExecuteReaderAsync(cancel);
        await row.NextResultAsync(cancel);
        var accounts = new Dictionary<string, AccountState>(codes.Count, StringComparer.Ordinal);
        while (await row.ReadAsync(cancel)) accounts.Add(row.GetString(1), ReadAccount(row));
        await row.NextResultAsync(cancel);
        await row.ReadAsync(cancel);
        var now = row.GetFieldValue<DateTimeOffset>(0);
        var closedUntil = row.IsDBNull(1) ? DateTimeOffset.MinValue : row.GetFieldValue<DateTimeOffset>(1);
        var used = new Dictionary<string, UsedKey>(StringComparer.Ordinal);
        var refused = new Dictionary<string, RefusedKey>(StringComparer.Ordinal);
        if (keys.Count > 0)
        {
            await row.NextResultAsync(cancel);
            while (await row.ReadAsync(cancel)) used.Add(row.GetString(1), new UsedKey(row.GetFieldValue<byte[]>(TransferRows.ColumnCount), TransferRows.Read(row)));
            await row.NextResultAsync(cancel);
            while (await row.ReadAsync(cancel)) refused.Add(row.GetString(0), ReadRefused(row));
        }
        return new Books { Accounts = accounts, Used = used, RefusedBefore = refused, Now = now, ClosedUntil = closedUntil };
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        batch.BatchCommands.Add(command);
    }

    private static AccountState ReadAccount(NpgsqlDataReader row)
    {
        var sums = new Totals(row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12), row.GetInt64(13));
        return new AccountState
        {
            Id = row.GetGuid(0), Code = row.GetString(1), Kind = AccountKinds.Parse(row.GetString(2)), Currency = Currency.Find(row.GetString(3)), FloorMinor = row.IsDBNull(4) ? null : row.GetInt64(4),
            CeilingMinor = row.IsDBNull(5) ? null : row.GetInt64(5), IsFrozen = row.GetBoolean(6), FrozenReason = row.IsDBNull(7) ? null : row.GetString(7), IsClosed = row.GetBoolean(8), Stored = sums, Now = sums,
        };
    }

    private static RefusedKey ReadRefused(NpgsqlDataReader row) => new(row.GetString(0), row.GetFieldValue<byte[]>(1), new Refusal(row.GetString(2), row.GetString(3), row.GetInt32(4))
    {
        Details = JsonSerializer.Deserialize(row.GetString(5), LedgerJson.Default.IReadOnlyDictionaryStringString)!,
    });
}
