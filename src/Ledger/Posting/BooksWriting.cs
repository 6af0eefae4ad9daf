using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Writes a round's rows: a statement for each table, whatever the number of transfers, all in one exchange with the database.</summary>
internal static class BooksWriting
{
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text, Times = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, Longs = NpgsqlDbType.Array | NpgsqlDbType.Bigint;

    private const string InsertTransfers =
        """
        insert into ledger.transfers (tenant_id, id, key, hash, state, leg_accounts, leg_amounts, leg_currencies, description, cause, reverses, batch, actor, effective_at, recorded_at, expires_at, metadata)
        select $1, id, key, hash, state, accounts::text[], amounts::bigint[], currencies::text[], description, cause, reverses, batch, actor, effective_at, $2, expires_at, metadata::jsonb
        from unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
          as made (id, key, hash, state, accounts, amounts, currencies, description, cause, reverses, batch, actor, effective_at, expires_at, metadata)
        """;

    private const string InsertEntries =
        """
        insert into ledger.entries (tenant_id, account_id, number, transfer_id, leg, layer, amount, currency, posted_after, held_after, effective_at, recorded_at)
        select $1, account_id, number, transfer_id, leg, layer::"char", amount, currency, posted_after, held_after, effective_at, $2
        from unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as entered (account_id, number, transfer_id, leg, layer, amount, currency, posted_after, held_after, effective_at)
        """;

    private const string UpdateAccounts =
        """
        update ledger.accounts as account set debits_posted = sums.debits_posted, credits_posted = sums.credits_posted,
          debits_pending = sums.debits_pending, credits_pending = sums.credits_pending, entries = sums.entries
        from unnest($2, $3, $4, $5, $6, $7) as sums (id, debits_posted, credits_posted, debits_pending, credits_pending, entries)
        where account.tenant_id = $1 and account.id = sums.id
        """;

    private const string EndTransfers =
        """
        update ledger.transfers as transfer set state = ended.state, posted_amounts = ended.posted::bigint[], effective_at = ended.effective_at, ended_at = $2, end_reason = ended.reason
        from unnest($3, $4, $5, $6, $7) as ended (id, state, posted, effective_at, reason)
        where transfer.tenant_id = $1 and transfer.id = ended.id
        """;

    private const string InsertRefused =
        """
        insert into ledger.refused_keys (tenant_id, key, hash, code, message, status, details)
        select $1, key, hash, code, message, status, details::jsonb from unnest($2, $3, $4, $5, $6, $7) as refused (key, hash, code, message, status, details)
        on conflict (tenant_id, key) do update set hash = excluded.hash, code = excluded.code, message = excluded.message, status = excluded.status, details = excluded.details, at = excluded.at
          where refused_keys.at <= now() - interval '30 days'
        """;

    /// <summary>
    /// Writes transfers, entries, balances and events; with <paramref name="keepRefusals"/> also the keys that were refused. The statement
    /// <paramref name="last"/>, if there is one, is run after the rows.
    /// </summary>
    public static async Task WriteAsync(TenantSession session, Books books, bool keepRefusals, string? last, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(session.Connection);
        var tenant = session.Tenant.Value;
        if (books.Made.Count > 0) batch.BatchCommands.Add(Transfers(tenant, books));
        if (books.Ended.Count > 0) batch.BatchCommands.Add(Ended(tenant, books));
        if (books.Entries.Count > 0)
        {
            batch.BatchCommands.Add(Entries(tenant, books));
            batch.BatchCommands.Add(Accounts(tenant, [.. books.Accounts.Values.Where(account => account.IsTouched)]));
        }
        if (keepRefusals && books.Refused.Count > 0) batch.BatchCommands.Add(RefusedKeys(tenant, books.Refused));
        if (last is not null) batch.BatchCommands.Add(new NpgsqlBatchCommand(last));
        if (batch.BatchCommands.Count == 0) return;
        await batch.ExecuteNonQueryAsync(cancel);
        await TransferAnnouncements.WriteAsync(session, books, cancel);
    }

    private static NpgsqlBatchCommand Transfers(Guid tenant, Books books)
    {
        var made = books.Made;
        var command = new NpgsqlBatchCommand(InsertTransfers);
        Add(command, tenant, books.Now);
        Add(command, made.Select(one => one.Transfer.Id).ToArray());
        Add(command, made.Select(one => one.Transfer.Key).ToArray());
        Add(command, made.Select(one => one.Hash).ToArray());
        Add(command, made.Select(one => TransferRows.Word(one.Transfer.State)).ToArray());
        Add(command, made.Select(one => Literal(one.Transfer.Legs, static (text, leg) => text.Append('"').Append(leg.Account).Append('"'))).ToArray());
        Add(command, made.Select(one => Literal(one.Transfer.Legs, static (text, leg) => text.Append(leg.SignedMinor))).ToArray());
        Add(command, made.Select(one => Literal(one.Transfer.Legs, static (text, leg) => text.Append(leg.Currency.Code))).ToArray());
        Add(command, made.Select(one => one.Transfer.Description).ToArray());
        command.Parameters.AddWithValue(Texts, made.Select(one => one.Transfer.Cause).ToArray());
        command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Uuid, made.Select(one => one.Transfer.Reverses).ToArray());
        Add(command, made.Select(one => one.Transfer.Batch).ToArray());
        Add(command, made.Select(one => one.Transfer.Actor).ToArray());
        command.Parameters.AddWithValue(Times, made.Select(one => one.Transfer.EffectiveAt.UtcDateTime).ToArray());
        command.Parameters.AddWithValue(Times, made.Select(one => one.Transfer.ExpiresAt?.UtcDateTime).ToArray());
        command.Parameters.AddWithValue(Texts, made.Select(one => TransferRows.WriteMetadata(one.Transfer.Metadata)).ToArray());
        return command;
    }

    private static NpgsqlBatchCommand Ended(Guid tenant, Books books)
    {
        var command = new NpgsqlBatchCommand(EndTransfers);
        Add(command, tenant, books.Now);
        Add(command, books.Ended.Select(one => one.Id).ToArray());
        Add(command, books.Ended.Select(one => TransferRows.Word(one.State)).ToArray());
        command.Parameters.AddWithValue(Texts, books.Ended.Select(Posted).ToArray());
        command.Parameters.AddWithValue(Times, books.Ended.Select(one => one.EffectiveAt.UtcDateTime).ToArray());
        command.Parameters.AddWithValue(Texts, books.Ended.Select(one => one.EndReason).ToArray());
        return command;
    }

    private static string? Posted(Transfer transfer) => transfer.PostedMinor is { } parts
        ? "{" + string.Join(',', parts.Select((part, index) => transfer.Legs[index].Side == Side.Debit ? part : -part)) + "}"
        : null;

    private static NpgsqlBatchCommand Entries(Guid tenant, Books books)
    {
        var entries = books.Entries;
        var command = new NpgsqlBatchCommand(InsertEntries);
        Add(command, tenant, books.Now);
        Add(command, entries.Select(entry => entry.Account).ToArray());
        Add(command, entries.Select(entry => entry.Number).ToArray());
        Add(command, entries.Select(entry => entry.Transfer).ToArray());
        Add(command, entries.Select(entry => entry.Leg).ToArray());
        Add(command, entries.Select(entry => entry.Layer.Letter()).ToArray());
        Add(command, entries.Select(entry => entry.Amount).ToArray());
        Add(command, entries.Select(entry => entry.Currency.Code).ToArray());
        Add(command, entries.Select(entry => entry.PostedAfter).ToArray());
        Add(command, entries.Select(entry => entry.HeldAfter).ToArray());
        command.Parameters.AddWithValue(Times, entries.Select(entry => entry.EffectiveAt.UtcDateTime).ToArray());
        return command;
    }

    private static NpgsqlBatchCommand Accounts(Guid tenant, AccountState[] accounts)
    {
        var command = new NpgsqlBatchCommand(UpdateAccounts);
        command.Parameters.AddWithValue(tenant);
        Add(command, accounts.Select(account => account.Id).ToArray());
        foreach (var sum in new Func<Totals, long>[] { sums => sums.DebitsPosted, sums => sums.CreditsPosted, sums => sums.DebitsPending, sums => sums.CreditsPending, sums => sums.Entries })
            command.Parameters.AddWithValue(Longs, accounts.Select(account => sum(account.Now)).ToArray());
        return command;
    }

    private static NpgsqlBatchCommand RefusedKeys(Guid tenant, List<RefusedKey> refused)
    {
        var command = new NpgsqlBatchCommand(InsertRefused);
        command.Parameters.AddWithValue(tenant);
        Add(command, refused.Select(one => one.Key).ToArray());
        Add(command, refused.Select(one => one.Hash).ToArray());
        Add(command, refused.Select(one => one.Refusal.Code).ToArray());
        Add(command, refused.Select(one => one.Refusal.Message).ToArray());
        Add(command, refused.Select(one => one.Refusal.Status).ToArray());
        Add(command, refused.Select(one => JsonSerializer.Serialize(one.Refusal.Details, LedgerJson.Default.IReadOnlyDictionaryStringString)).ToArray());
        return command;
    }

    // An array of arrays would be one table to PostgreSQL; so each inner one travels as its text.
    private static string Literal(IReadOnlyList<Leg> legs, Action<StringBuilder, Leg> write)
    {
        var text = new StringBuilder("{", 64);
        for (var index = 0; index < legs.Count; index++)
        {
            if (index > 0) text.Append(',');
            write(text, legs[index]);
        }
        return text.Append('}').ToString();
    }

    private static void Add(NpgsqlBatchCommand command, Guid tenant, DateTimeOffset now)
    {
        command.Parameters.AddWithValue(tenant);
        command.Parameters.AddWithValue(now.UtcDateTime);
    }

    private static void Add(NpgsqlBatchCommand command, object value) => command.Parameters.AddWithValue(value);
}
