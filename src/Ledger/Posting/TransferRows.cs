using System.Text.Json;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Transfers as rows.</summary>
internal static class TransferRows
{
    public const string Columns =
        "id, key, state, leg_accounts, leg_amounts, leg_currencies, posted_amounts, description, cause, reverses, batch, actor, effective_at, recorded_at, expires_at, ended_at, end_reason, metadata::text";

    /// <summary>Number of <see cref="Columns"/>: what is selected after them begins here.</summary>
    public const int ColumnCount = 18;

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    public static Transfer Read(NpgsqlDataReader row)
    {
        var (accounts, amounts, currencies) = (row.GetFieldValue<string[]>(3), row.GetFieldValue<long[]>(4), row.GetFieldValue<string[]>(5));
        return new Transfer
        {
            Id = row.GetGuid(0), Key = row.GetString(1), State = ParseState(row.GetString(2)),
            Legs = [.. amounts.Select((amount, index) => new Leg(accounts[index], amount >= 0 ? Side.Debit : Side.Credit, Math.Abs(amount), Currency.Find(currencies[index])))],
            PostedMinor = row.IsDBNull(6) ? null : [.. row.GetFieldValue<long[]>(6).Select(Math.Abs)],
            Description = row.GetString(7), Cause = row.IsDBNull(8) ? null : row.GetString(8), Reverses = row.IsDBNull(9) ? null : row.GetGuid(9), Batch = row.GetGuid(10), Actor = row.GetString(11),
            EffectiveAt = row.GetFieldValue<DateTimeOffset>(12), RecordedAt = row.GetFieldValue<DateTimeOffset>(13), ExpiresAt = Time(row, 14), EndedAt = Time(row, 15),
            EndReason = row.IsDBNull(16) ? null : row.GetString(16), Metadata = row.IsDBNull(17) ? Nothing : ReadMetadata(row.GetString(17)),
        };
    }

    public static async Task<IReadOnlyList<Transfer>> ReadAllAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        var found = new List<Transfer>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) found.Add(Read(row));
        return found;
    }

    /// <summary>The transfer, locked against another's ending or reversing it at the same time when <paramref name="locked"/>.</summary>
    /// <exception cref="Refusal"><c>ledger.transfer_not_found</c>.</exception>
    public static async Task<Transfer> FindAsync(TenantSession session, Guid id, bool locked, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from ledger.transfers where tenant_id = $1 and id = $2{(locked ? " for no key update" : "")}", session.Connection);
        command.Parameters.AddWithValue(session.Tenant.Value);
        command.Parameters.AddWithValue(id);
        return (await ReadAllAsync(command, cancel)).FirstOrDefault() ?? throw new Refusal(LedgerRefusals.TransferNotFound, "There is no such transfer.", 404);
    }

    public static string Word(TransferState state) => state switch
    {
        TransferState.Pending => "pending", TransferState.Posted => "posted", TransferState.Voided => "voided", _ => "expired",
    };

    public static TransferState ParseState(string word) => word switch
    {
        "pending" => TransferState.Pending, "posted" => TransferState.Posted, "voided" => TransferState.Voided, _ => TransferState.Expired,
    };

    public static string? WriteMetadata(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Count == 0 ? null : JsonSerializer.Serialize(metadata, LedgerJson.Default.IReadOnlyDictionaryStringString);

    public static IReadOnlyDictionary<string, string> ReadMetadata(string json) => JsonSerializer.Deserialize(json, LedgerJson.Default.IReadOnlyDictionaryStringString)!;

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
