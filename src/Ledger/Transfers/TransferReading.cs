using Npgsql;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Transfers, found by what is known of them.</summary>
internal static class TransferReading
{
    public const int MostByCause = 1_000;

    public static async Task<Transfer?> FindByKeyAsync(TenantSession session, string key, CancellationToken cancel) => (await SelectAsync(session, "key = $2", key, 1, cancel)).FirstOrDefault();

    public static Task<IReadOnlyList<Transfer>> FindByCauseAsync(TenantSession session, string cause, CancellationToken cancel) => SelectAsync(session, "cause = $2", cause, MostByCause, cancel);

    /// <summary>Everything that reverses <paramref name="original"/>, oldest first.</summary>
    public static Task<IReadOnlyList<Transfer>> ReversalsAsync(TenantSession session, Guid original, CancellationToken cancel) => SelectAsync(session, "reverses = $2", original, int.MaxValue, cancel);

    private static async Task<IReadOnlyList<Transfer>> SelectAsync(TenantSession session, string condition, object value, int limit, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select {TransferRows.Columns} from ledger.transfers where tenant_id = $1 and {condition} order by recorded_at, id limit $3", session.Connection);
        command.Parameters.AddWithValue(session.Tenant.Value);
        command.Parameters.AddWithValue(value);
        command.Parameters.AddWithValue(limit);
        return await TransferRows.ReadAllAsync(command, cancel);
    }
}
