using Dapper;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>What is wrong with a tenant's audit log.</summary>
/// <param name="Code"><c>row_changed</c>, <c>row_forged</c>, <c>row_missing</c>, <c>row_outside</c>, <c>leaf_missing</c>, <c>tail_missing</c>, <c>rewritten</c>, <c>checkpoint_forged</c>, <c>checkpoints_cut</c>, <c>tree_changed</c>.</param>
/// <param name="Number">Number of the first bad row, from 0; null when it is not about one.</param>
/// <param name="Row">Its id.</param>
/// <param name="Sentence">In words.</param>
public sealed record AuditFault(string Code, long? Number, Guid? Row, string Sentence);

/// <summary>What was found when a tenant's whole log was read.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Rows">Rows in the tree.</param>
/// <param name="Waiting">Rows that have yet to join it.</param>
/// <param name="Retired">Rows that were retired by rule.</param>
/// <param name="SignedSize">Rows that a good checkpoint outside the database covers.</param>
/// <param name="Checkpoints">Good checkpoints read.</param>
/// <param name="Faults">Empty when all is well.</param>
public sealed record AuditReport(TenantId Tenant, long Rows, long Waiting, long Retired, long SignedSize, int Checkpoints, IReadOnlyList<AuditFault> Faults);

/// <summary>Reads the audit log against its hashes, its seals and the checkpoints outside the database.</summary>
public sealed class AuditVerifier
{
    private const int PageRows = 5000, MostFaults = 20;
    private readonly Database database;
    private readonly AuditKeys keys;
    private readonly CheckpointFiles files;

    /// <param name="database">What is to be checked.</param>
    /// <param name="roots">The root keys, from outside the database.</param>
    /// <param name="checkpointFolder">Folder of the signed checkpoints.</param>
    public AuditVerifier(Database database, RootKeys roots, string checkpointFolder) =>
        (this.database, keys, files) = (database, new AuditKeys(roots), new CheckpointFiles(checkpointFolder));

    /// <summary>Every tenant of whom there is anything, in the database or in the files.</summary>
    public async Task<IReadOnlyList<TenantId>> TenantsAsync(CancellationToken cancel = default)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        var inside = await connection.QueryAsync<Guid>(new CommandDefinition(
            "select tenant_id from kernel.audit_trees union select tenant_id from kernel.audit_leaves union select tenant_id from kernel.audit_rows", cancellationToken: cancel));
        return [.. inside.Select(id => new TenantId(id)).Union(files.Tenants).OrderBy(tenant => tenant.Value)];
    }

    /// <summary>Checks one tenant's log from its first row to its last.</summary>
    public async Task<AuditReport> VerifyAsync(TenantId tenant, CancellationToken cancel = default)
    {
        var notes = await files.ReadAsync(tenant, cancel);
        var check = new AuditCheck(tenant, notes, keys);
        await using var connection = await database.OpenSystemAsync(cancel);
        // One state of the database for the whole reading.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        while (check.Faults.Count < MostFaults)
        {
            await using var command = new NpgsqlCommand(
                $"""
                select l.number, l.id, l.hash, r.{AuditLog.Columns.Replace(", ", ", r.", StringComparison.Ordinal)}
                from kernel.audit_leaves l left join kernel.audit_rows r on r.tenant_id = l.tenant_id and r.id = l.id
                where l.tenant_id = $1 and l.number >= $2 order by l.number limit {PageRows}
                """, connection);
            command.Parameters.AddWithValue(tenant.Value);
            command.Parameters.AddWithValue(check.Next);
            var read = 0;
            await using (var row = await command.ExecuteReaderAsync(cancel))
                for (; await row.ReadAsync(cancel); read++)
                    check.Leaf(row.GetInt64(0), row.GetGuid(1), row.GetFieldValue<byte[]>(2), row.IsDBNull(3) ? null : AuditLog.Read(row, 3));
            if (read < PageRows) break;
        }
        check.Tree(await connection.QuerySingleOrDefaultAsync<(long Size, byte[] Edge, long SignedSize)?>(
            "select size, edge, signed_size from kernel.audit_trees where tenant_id = @Value", new { tenant.Value }));
        foreach (var stray in await connection.QueryAsync<Guid>(
            """
            select r.id from kernel.audit_rows r where r.tenant_id = @Value
              and not exists (select from kernel.audit_leaves l where l.tenant_id = r.tenant_id and l.id = r.id)
              and not exists (select from kernel.audit_pending p where p.tenant_id = r.tenant_id and p.id = r.id) order by r.id limit 5
            """, new { tenant.Value }))
            check.Stray(stray);
        return check.Report(await connection.ExecuteScalarAsync<long>("select count(*) from kernel.audit_pending where tenant_id = @Value", new { tenant.Value }));
    }
}
