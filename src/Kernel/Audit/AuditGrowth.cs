using Npgsql;
using NpgsqlTypes;

namespace Rialto.Kernel;

/// <summary>New leaves and tiles of many tenants' trees, written in one statement each.</summary>
internal sealed class AuditGrowth
{
    private readonly List<Guid> tenants = [], ids = [], tileTenants = [];
    private readonly List<long> numbers = [], tileNumbers = [];
    private readonly List<int> tileLevels = [];
    private readonly List<byte[]> hashes = [], tileHashes = [];

    public void Add(Guid tenant, Guid id, byte[] hash, MerkleEdge tree)
    {
        tenants.Add(tenant);
        ids.Add(id);
        numbers.Add(tree.Size);
        hashes.Add(hash);
        tree.Add(hash, (height, number, root) =>
        {
            if (height % MerkleProofs.TileBits != 0) return;
            tileTenants.Add(tenant);
            tileLevels.Add(height / MerkleProofs.TileBits);
            tileNumbers.Add(number);
            tileHashes.Add(root);
        });
    }

    public async Task WriteAsync(NpgsqlConnection connection, IReadOnlyDictionary<Guid, MerkleEdge> trees, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        Put(batch, "insert into kernel.audit_leaves (tenant_id, number, id, hash) select * from unnest($1, $2, $3, $4)", tenants.ToArray(), numbers.ToArray(), ids.ToArray(), hashes.ToArray());
        if (tileTenants.Count > 0)
            Put(batch, "insert into kernel.audit_tiles (tenant_id, level, number, hash) select * from unnest($1, $2, $3, $4)", tileTenants.ToArray(), tileLevels.ToArray(), tileNumbers.ToArray(), tileHashes.ToArray());
        Put(batch, "insert into kernel.audit_trees (tenant_id, size, edge) select * from unnest($1, $2, $3) on conflict (tenant_id) do update set size = excluded.size, edge = excluded.edge",
            trees.Keys.ToArray(), trees.Values.Select(tree => tree.Size).ToArray(), trees.Values.Select(tree => tree.Write()).ToArray());
        Put(batch, "delete from kernel.audit_pending p using unnest($1, $2) as d(tenant_id, id) where p.tenant_id = d.tenant_id and p.id = d.id", tenants.ToArray(), ids.ToArray());
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private static void Put(NpgsqlBatch batch, string sql, params Array[] columns)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns)
            command.Parameters.Add(new NpgsqlParameter { Value = column, NpgsqlDbType = NpgsqlDbType.Array | column switch
            {
                Guid[] => NpgsqlDbType.Uuid, long[] => NpgsqlDbType.Bigint, int[] => NpgsqlDbType.Integer, _ => NpgsqlDbType.Bytea,
            } });
        batch.BatchCommands.Add(command);
    }
}
