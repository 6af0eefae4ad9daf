using System.Buffers.Binary;
using System.Security.Cryptography;
using Dapper;

namespace Rialto.Kernel;

/// <summary>
/// Encrypts single values of a tenant's rows: AES-256-GCM under a data key of the table, bound to tenant, table, row, column and key
/// version. What is kept is one byte of format, four of key version, then nonce, ciphertext and tag.
/// </summary>
public sealed class FieldCipher(RootKeys roots)
{
    private const byte Format = 1;
    private const int HeadBytes = 5;
    private const string TenantKeys = "kernel.tenant_keys", DataKeys = "kernel.data_keys";

    /// <summary>Encrypts with the newest key of the table, made when there is none.</summary>
    public async Task<byte[]> EncryptAsync(TenantSession session, FieldAddress where, ReadOnlyMemory<byte> plain, CancellationToken cancel = default)
    {
        var key = await FindDataKeyAsync(session, where.Table, null, cancel) ?? await MakeDataKeyAsync(session, where.Table, 1, cancel);
        var text = Gcm.Seal(key.Bytes, plain.Span, where.Associated(session.Tenant, key.Version));
        var kept = new byte[HeadBytes + text.Length];
        kept[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(kept.AsSpan(1), key.Version);
        text.CopyTo(kept, HeadBytes);
        return kept;
    }

    /// <summary>Opens what stands at <paramref name="where"/>.</summary>
    /// <exception cref="Refusal"><c>encryption.unreadable</c>: changed, moved from elsewhere, or of a key that is gone; <c>encryption.key_damaged</c>: so is the key itself.</exception>
    public async Task<byte[]> DecryptAsync(TenantSession session, FieldAddress where, ReadOnlyMemory<byte> kept, CancellationToken cancel = default)
    {
        if (kept.Length < HeadBytes || kept.Span[0] != Format) throw Unreadable(where);
        var version = BinaryPrimitives.ReadInt32BigEndian(kept.Span[1..]);
        var key = await FindDataKeyAsync(session, where.Table, version, cancel) ?? throw Unreadable(where);
        try
        {
            return Gcm.Open(key.Bytes, kept.Span[HeadBytes..], where.Associated(session.Tenant, version));
        }
        catch (CryptographicException)
        {
            throw Unreadable(where);
        }
    }

    /// <summary>A new data key for the table: new values take it, old values stay readable by theirs.</summary>
    public async Task RotateDataKeyAsync(TenantSession session, string table, CancellationToken cancel = default) =>
        await MakeDataKeyAsync(session, table, 1 + await session.Connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select coalesce(max(version), 0) from kernel.data_keys where tenant_id = kernel.current_tenant() and \"table\" = @table", new { table }, cancellationToken: cancel)), cancel);

    /// <summary>A new tenant key that wraps all data keys anew. Readers see the old wrapping or the new one, whole.</summary>
    public async Task RotateTenantKeyAsync(TenantSession session, CancellationToken cancel = default)
    {
        var old = await CurrentTenantKeyAsync(session, cancel);
        var fresh = await MakeTenantKeyAsync(session, old.Version + 1, cancel);
        foreach (var (table, version, tenantKey, wrapped) in await session.Connection.QueryAsync<(string, int, int, byte[])>(new CommandDefinition(
            "select \"table\", version, tenant_key, wrapped from kernel.data_keys where tenant_id = kernel.current_tenant() for update", cancellationToken: cancel)))
        {
            var holder = tenantKey == old.Version ? old : await TenantKeyAsync(session, tenantKey, cancel);
            var bytes = OpenKey(holder.Bytes, wrapped, DataKeyAt(table, version).Associated(session.Tenant, holder.Version));
            await session.Connection.ExecuteAsync(new CommandDefinition(
                "update kernel.data_keys set tenant_key = @holds, wrapped = @again where tenant_id = kernel.current_tenant() and \"table\" = @table and version = @version",
                new { holds = fresh.Version, again = Gcm.Seal(fresh.Bytes, bytes, DataKeyAt(table, version).Associated(session.Tenant, fresh.Version)), table, version }, cancellationToken: cancel));
        }
    }

    /// <summary>Wraps the tenant's keys with the newest root key; returns how many were wrapped by an older one.</summary>
    public async Task<int> RewrapAsync(TenantSession session, CancellationToken cancel = default)
    {
        var older = (await session.Connection.QueryAsync<TenantKeyRow>(new CommandDefinition(
            "select version, root, wrapped from kernel.tenant_keys where tenant_id = kernel.current_tenant() and root <> @Current for update", new { roots.Current }, cancellationToken: cancel))).AsList();
        foreach (var row in older)
            await session.Connection.ExecuteAsync(new CommandDefinition(
                "update kernel.tenant_keys set root = @Current, wrapped = @wrapped where tenant_id = kernel.current_tenant() and version = @version",
                new { roots.Current, wrapped = Gcm.Seal(roots.Find(roots.Current), Unwrap(session, row).Bytes, TenantKeyAt(roots.Current).Associated(session.Tenant, row.Version)), version = row.Version }, cancellationToken: cancel));
        return older.Count;
    }

    // One statement: a rotation that commits in between shows either both old or both new.
    private async Task<Key?> FindDataKeyAsync(TenantSession session, string table, int? version, CancellationToken cancel)
    {
        var row = await session.Connection.QuerySingleOrDefaultAsync<DataKeyRow>(new CommandDefinition(
            """
            select d.version as "DataVersion", d.wrapped as "DataWrapped", t.version, t.root, t.wrapped
            from kernel.data_keys d join kernel.tenant_keys t on t.tenant_id = d.tenant_id and t.version = d.tenant_key
            where d.tenant_id = kernel.current_tenant() and d."table" = @table and (@version::int is null or d.version = @version)
            order by d.version desc limit 1
            """, new { table, version }, cancellationToken: cancel));
        if (row is null) return null;
        var holder = Unwrap(session, row);
        return new Key(row.DataVersion, OpenKey(holder.Bytes, row.DataWrapped, DataKeyAt(table, row.DataVersion).Associated(session.Tenant, holder.Version)));
    }

    private async Task<Key> MakeDataKeyAsync(TenantSession session, string table, int version, CancellationToken cancel)
    {
        var holder = await CurrentTenantKeyAsync(session, cancel);
        var wrapped = Gcm.Seal(holder.Bytes, RandomNumberGenerator.GetBytes(Gcm.KeyBytes), DataKeyAt(table, version).Associated(session.Tenant, holder.Version));
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "insert into kernel.data_keys (\"table\", version, tenant_key, wrapped) values (@table, @version, @holds, @wrapped) on conflict do nothing",
            new { table, version, holds = holder.Version, wrapped }, cancellationToken: cancel));
        // Perhaps another transaction was first: what stands there now is the key.
        return (await FindDataKeyAsync(session, table, version, cancel))!;
    }

    private async Task<Key> CurrentTenantKeyAsync(TenantSession session, CancellationToken cancel)
    {
        var version = await session.Connection.ExecuteScalarAsync<int?>(new CommandDefinition("select max(version) from kernel.tenant_keys where tenant_id = kernel.current_tenant()", cancellationToken: cancel));
        return version is { } known ? await TenantKeyAsync(session, known, cancel) : await MakeTenantKeyAsync(session, 1, cancel);
    }

    private async Task<Key> MakeTenantKeyAsync(TenantSession session, int version, CancellationToken cancel)
    {
        var wrapped = Gcm.Seal(roots.Find(roots.Current), RandomNumberGenerator.GetBytes(Gcm.KeyBytes), TenantKeyAt(roots.Current).Associated(session.Tenant, version));
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "insert into kernel.tenant_keys (version, root, wrapped) values (@version, @Current, @wrapped) on conflict do nothing", new { version, roots.Current, wrapped }, cancellationToken: cancel));
        return await TenantKeyAsync(session, version, cancel);
    }

    private async Task<Key> TenantKeyAsync(TenantSession session, int version, CancellationToken cancel) =>
        Unwrap(session, await session.Connection.QuerySingleAsync<TenantKeyRow>(new CommandDefinition(
            "select version, root, wrapped from kernel.tenant_keys where tenant_id = kernel.current_tenant() and version = @version", new { version }, cancellationToken: cancel)));

    private Key Unwrap(TenantSession session, TenantKeyRow row) =>
        new(row.Version, OpenKey(roots.Find(row.Root), row.Wrapped, TenantKeyAt(row.Root).Associated(session.Tenant, row.Version)));

    // A wrapped key that does not open was changed, or is not of this key file: nothing under it can be read until both are of one time again.
    private static byte[] OpenKey(ReadOnlySpan<byte> by, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> associated)
    {
        try
        {
            return Gcm.Open(by, wrapped, associated);
        }
        catch (CryptographicException)
        {
            throw new Refusal("encryption.key_damaged", "A key of this organisation cannot be opened: it was changed in the database, or the root key is not the one it was made with. Restore the database and root.key from the same time.", 503);
        }
    }

    private static FieldAddress TenantKeyAt(string root) => new(TenantKeys, root, "wrapped");

    private static FieldAddress DataKeyAt(string table, int version) => new(DataKeys, FormattableString.Invariant($"{table} {version}"), "wrapped");

    private static Refusal Unreadable(FieldAddress where) => new("encryption.unreadable", $"An encrypted value in {where.Table} cannot be read; enter it once more.", 503);

    private sealed record Key(int Version, byte[] Bytes);

    private class TenantKeyRow
    {
        public required int Version { get; init; }

        public required string Root { get; init; }

        public required byte[] Wrapped { get; init; }
    }

    private sealed class DataKeyRow : TenantKeyRow
    {
        public required int DataVersion { get; init; }

        public required byte[] DataWrapped { get; init; }
    }
}
