using Dapper;

namespace Rialto.Kernel;

/// <summary>Gives an organisation new keys: a tenant key that wraps its data keys anew, data keys that new values take, and a job that brings the old values over.</summary>
public static class KeyRotation
{
    private const double MostSeconds = 6 * 3600;

    /// <summary>Rotates every key of the session's tenant; readers see the old keys or the new ones, whole. Returns what was done.</summary>
    /// <param name="session">Whose. Commit it afterwards.</param>
    /// <param name="cipher">Knows the root keys.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task<RotatedKeys> RotateAsync(TenantSession session, FieldCipher cipher, CancellationToken cancel = default)
    {
        // Two rotations at once would make one key twice.
        await session.Connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(hashtextextended('rialto keys ' || kernel.current_tenant(), 0))", cancellationToken: cancel));
        var tables = (await session.Connection.QueryAsync<string>(new CommandDefinition("select distinct \"table\" from kernel.data_keys where tenant_id = kernel.current_tenant() order by 1", cancellationToken: cancel))).AsList();
        await cipher.RotateTenantKeyAsync(session, cancel);
        foreach (var table in tables) await cipher.RotateDataKeyAsync(session, table, cancel);
        var job = tables.Count == 0 ? (Guid?)null : await session.EnqueueAsync(Reencryption.Kind, new Reencrypt(), new JobRequest { DedupeKey = "all", ExclusiveKey = "all", TimeoutSeconds = MostSeconds }, cancel);
        var version = await session.Connection.ExecuteScalarAsync<int>(new CommandDefinition("select max(version) from kernel.tenant_keys where tenant_id = kernel.current_tenant()", cancellationToken: cancel));
        return new RotatedKeys { TenantKey = version, Tables = tables, Job = job };
    }
}

/// <summary>What a rotation did.</summary>
public sealed record RotatedKeys
{
    /// <summary>Version of the tenant key that wraps now.</summary>
    public required int TenantKey { get; init; }

    /// <summary>Tables that have a new data key.</summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>The job that brings older values over; null when there are none.</summary>
    public Guid? Job { get; init; }
}
