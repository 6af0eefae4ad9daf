using System.Security.Cryptography;
using Dapper;

namespace Rialto.Kernel;

/// <summary>Makes proofs for outsiders from a tenant's tree.</summary>
internal sealed class AuditProver(TenantSession session)
{
    /// <summary>That a row stands under the newest checkpoint.</summary>
    public async Task<AuditProof> ProveAsync(Guid id, AuditKeys keys, CancellationToken cancel)
    {
        var leaf = await session.Connection.QuerySingleOrDefaultAsync<(long Number, byte[] Hash)?>(new CommandDefinition(
            "select number, hash from kernel.audit_leaves where tenant_id = kernel.current_tenant() and id = @id", new { id }, cancellationToken: cancel));
        var row = await AuditSearch.FindAsync(session, id, cancel);
        if (leaf is null && row is null) throw AuditSearch.NotFound();
        var (size, note) = await SignedAsync(cancel);
        if (leaf is not { } there || there.Number >= size)
            throw new Refusal("audit.not_signed_yet", "The row is not under a signed checkpoint yet; ask again in a few seconds.", 409);
        return new AuditProof
        {
            Organisation = session.Tenant.Value, Id = id, Number = there.Number, Entry = row?.Entry(), LeafHash = there.Hash,
            Path = await Proofs(cancel).InclusionAsync(there.Number, size), Checkpoint = note!, PublicKey = SignerOf(note!, keys).ExportSubjectPublicKeyInfoPem(),
        };
    }

    /// <summary>That the tree of <paramref name="to"/> rows, the newest signed when null, begins with that of <paramref name="from"/>.</summary>
    public async Task<AuditConsistency> ConsistentAsync(long from, long? to, CancellationToken cancel)
    {
        var size = await session.Connection.ExecuteScalarAsync<long?>(new CommandDefinition("select size from kernel.audit_trees where tenant_id = kernel.current_tenant()", cancellationToken: cancel)) ?? 0;
        var later = to ?? (await SignedAsync(cancel)).Size;
        if (from < 0 || from > later || later > size) throw new Refusal("audit.size_unknown", $"The log has {size} rows; ask for 0 ≤ from ≤ to ≤ {size}.", 400);
        var proofs = Proofs(cancel);
        return new AuditConsistency { From = from, To = later, FromRoot = await proofs.RootAsync(from), ToRoot = await proofs.RootAsync(later), Path = await proofs.ConsistencyAsync(from, later) };
    }

    /// <summary>The newest signed note.</summary>
    public async Task<(long Size, string? Note)> SignedAsync(CancellationToken cancel) =>
        await session.Connection.QuerySingleOrDefaultAsync<(long, string?)>(new CommandDefinition("select signed_size, note from kernel.audit_trees where tenant_id = kernel.current_tenant()", cancellationToken: cancel));

    /// <summary>The key that signed a note.</summary>
    public static ECDsa SignerOf(string note, AuditKeys keys) => keys.SignKeys.FirstOrDefault(key => Checkpoint.Open(note, [key]) is not null) ?? keys.SignKey(keys.Current);

    private MerkleProofs Proofs(CancellationToken cancel) => new(async (level, number) =>
    {
        var (table, condition) = level == 0 ? ("audit_leaves", "true") : ("audit_tiles", "level = @level");
        return (await session.Connection.QueryAsync<byte[]>(new CommandDefinition(
            $"select hash from kernel.{table} where tenant_id = kernel.current_tenant() and {condition} and number >= @from and number < @from + 256 order by number",
            new { level, from = number << MerkleProofs.TileBits }, cancellationToken: cancel))).AsList();
    });
}
