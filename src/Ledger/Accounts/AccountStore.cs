using Npgsql;
using NpgsqlTypes;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Accounts as rows: opened, found, read.</summary>
internal static class AccountStore
{
    public const string Columns =
        "id, code, name, kind, currency, owner, floor, ceiling, is_frozen, frozen_reason, is_closed, tags, debits_posted, credits_posted, debits_pending, credits_pending, entries, metadata::text, opened_at";

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    public static async Task<Account> OpenAsync(TenantSession session, NewAccount wanted, CancellationToken cancel)
    {
        AccountForm.Require(wanted);
        await using var command = new NpgsqlCommand(
            $"""
            insert into ledger.accounts (tenant_id, code, kind, currency, name, owner, floor, ceiling, tags, metadata) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (tenant_id, code) do nothing returning {Columns}
            """, session.Connection);
        command.Parameters.AddWithValue(session.Tenant.Value);
        command.Parameters.AddWithValue(wanted.Code);
        command.Parameters.AddWithValue(wanted.Kind.Word());
        command.Parameters.AddWithValue(wanted.Currency.Code);
        command.Parameters.AddWithValue(wanted.Name ?? wanted.Code);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)wanted.Owner ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, (object?)wanted.FloorMinor ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, (object?)wanted.CeilingMinor ?? DBNull.Value);
        command.Parameters.AddWithValue(wanted.Tags.ToArray());
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, (object?)TransferRows.WriteMetadata(wanted.Metadata) ?? DBNull.Value);
        var opened = await RunAsync(command, cancel);
        if (opened is null)
        {
            var there = await FindAsync(session, wanted.Code, cancel);
            return IsSame(there, wanted) ? there : throw new Refusal(LedgerRefusals.AccountExists, $"There is another account {wanted.Code}; choose another code.", 409);
        }
        await session.AnnounceAsync(LedgerEvents.AccountOpened, Fact(opened), Subject(opened), cancel);
        await AuditLedger.EnsureScheduledAsync(session, cancel);
        return opened;
    }

    /// <exception cref="Refusal"><c>ledger.account_not_found</c>.</exception>
    public static async Task<Account> FindAsync(TenantSession session, string code, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from ledger.accounts where tenant_id = $1 and code = $2", session.Connection);
        command.Parameters.AddWithValue(session.Tenant.Value);
        command.Parameters.AddWithValue(code);
        return await RunAsync(command, cancel) ?? throw NotFound(code);
    }

    public static Refusal NotFound(string code) => new(LedgerRefusals.AccountNotFound, $"There is no account {code}; open it first.", 404) { Details = new Dictionary<string, string> { ["account"] = code } };

    public static AccountFact Fact(Account account) => new(account.Id, account.Code, account.Kind, account.Currency, account.Owner, account.FrozenReason);

    public static string Subject(Account account) => "account:" + account.Code;

    public static Account Read(NpgsqlDataReader row)
    {
        var kind = AccountKinds.Parse(row.GetString(3));
        return new Account
        {
            Id = row.GetGuid(0), Code = row.GetString(1), Name = row.GetString(2), Kind = kind, Currency = Currency.Find(row.GetString(4)), Owner = Text(row, 5),
            FloorMinor = row.IsDBNull(6) ? null : row.GetInt64(6), CeilingMinor = row.IsDBNull(7) ? null : row.GetInt64(7), IsFrozen = row.GetBoolean(8), FrozenReason = Text(row, 9), IsClosed = row.GetBoolean(10),
            Tags = row.GetFieldValue<string[]>(11), Balance = AccountState.ToBalance(kind, new Totals(row.GetInt64(12), row.GetInt64(13), row.GetInt64(14), row.GetInt64(15), row.GetInt64(16))),
            Entries = row.GetInt64(16), Metadata = row.IsDBNull(17) ? Nothing : TransferRows.ReadMetadata(row.GetString(17)), OpenedAt = row.GetFieldValue<DateTimeOffset>(18),
        };
    }

    public static async Task<Account?> RunAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? Read(row) : null;
    }

    // Name, tags and metadata may have been changed since; what the account is, not.
    private static bool IsSame(Account there, NewAccount wanted) =>
        (there.Kind, there.Currency, there.Owner, there.FloorMinor, there.CeilingMinor) == (wanted.Kind, wanted.Currency, wanted.Owner, wanted.FloorMinor, wanted.CeilingMinor);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
