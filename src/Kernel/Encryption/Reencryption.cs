using System.Globalization;
using Dapper;

namespace Rialto.Kernel;

/// <summary>
/// Brings encrypted values over to the newest data keys, some rows in each transaction, while everybody reads and writes. It needs no list of
/// encrypted columns: the table of data keys says which tables have any, and only what opens at its own place is one.
/// </summary>
internal sealed class Reencryption(FieldCipher cipher) : IJobHandler<Reencrypt>
{
    public static readonly JobKind<Reencrypt> Kind = new("kernel.reencrypt", QueueDefinition.Default, KernelJson.Default.Reencrypt);
    private const int RowsAtOnce = 100;

    private const string Columns = """
        select a.attname as "Name", (select string_agg(k.attname, ',') from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any (i.indkey)
          where i.indrelid = a.attrelid and i.indisprimary and k.attname <> 'tenant_id') as "Key",
          (select max(version) from kernel.data_keys where tenant_id = kernel.current_tenant() and "table" = @table) as "Newest"
        from pg_attribute a where a.attrelid = to_regclass(@table) and a.attnum > 0 and not a.attisdropped and a.atttypid = 'bytea'::regtype and has_column_privilege(a.attrelid, a.attname, 'update')
        order by a.attname
        """;

    public async Task HandleAsync(Reencrypt payload, Job job, CancellationToken cancel)
    {
        var places = await FindPlacesAsync(job, cancel);
        long done = 0, whole = Math.Max(1, places.Sum(place => place.Rows));
        foreach (var place in places)
            for (var (last, isMore) = ("", true); isMore;)
            {
                await using (var session = await job.BeginAsync(cancel))
                {
                    var rows = await StepAsync(session, place, last, cancel);
                    isMore = rows.Count == RowsAtOnce;
                    if (isMore) last = rows[^1];
                    done += rows.Count;
                    await session.CommitAsync(cancel);
                }
                await job.ReportAsync(Math.Min(1, (double)done / whole), string.Create(CultureInfo.InvariantCulture, $"{place.Table}.{place.Column}: {done} of {whole} values"), cancel);
            }
    }

    private async Task<IReadOnlyList<Place>> FindPlacesAsync(Job job, CancellationToken cancel)
    {
        await using var session = await job.BeginAsync(cancel);
        var places = new List<Place>();
        foreach (var table in await session.Connection.QueryAsync<string>(new CommandDefinition("select distinct \"table\" from kernel.data_keys where tenant_id = kernel.current_tenant() order by 1", cancellationToken: cancel)))
            foreach (var (name, key, newest) in await session.Connection.QueryAsync<(string Name, string? Key, int Newest)>(new CommandDefinition(Columns, new { table }, cancellationToken: cancel)))
            {
                // A row is named by one column; one of several would have no address.
                if (key is null || key.Contains(',', StringComparison.Ordinal)) continue;
                var place = new Place(table, DatabaseRoles.Quote(name), name, DatabaseRoles.Quote(key), newest, 0);
                places.Add(place with { Rows = await session.Connection.ExecuteScalarAsync<long>(new CommandDefinition($"select count(*) from {table} where {place.IsOlder}", new { newest }, cancellationToken: cancel)) });
            }
        return places;
    }

    // Row by row, in the order of their names: what another transaction has brought over meanwhile is no longer older.
    private async Task<IReadOnlyList<string>> StepAsync(TenantSession session, Place place, string after, CancellationToken cancel)
    {
        var rows = (await session.Connection.QueryAsync<(string Row, byte[] Kept)>(new CommandDefinition(
            $"select {place.Key}::text, {place.Quoted} from {place.Table} where {place.IsOlder} and {place.Key}::text > @after order by {place.Key}::text limit {RowsAtOnce} for update",
            new { newest = place.Newest, after }, cancellationToken: cancel))).AsList();
        foreach (var (row, kept) in rows)
        {
            var where = new FieldAddress(place.Table, row, place.Column);
            if (await OpenAsync(session, where, kept, cancel) is not { } plain) continue;
            var again = await cipher.EncryptAsync(session, where, plain, cancel);
            await session.Connection.ExecuteAsync(new CommandDefinition($"update {place.Table} set {place.Quoted} = @again where tenant_id = kernel.current_tenant() and {place.Key}::text = @row", new { again, row }, cancellationToken: cancel));
        }
        return [.. rows.Select(one => one.Row)];
    }

    // Bytes that only look like ours (a hash, a picture) do not open, and are left alone.
    private async Task<byte[]?> OpenAsync(TenantSession session, FieldAddress where, byte[] kept, CancellationToken cancel)
    {
        try
        {
            return await cipher.DecryptAsync(session, where, kept, cancel);
        }
        catch (Refusal refusal) when (refusal.Code == "encryption.unreadable")
        {
            return null;
        }
    }

    private sealed record Place(string Table, string Quoted, string Column, string Key, int Newest, long Rows)
    {
        // The first byte is the format, the next four the version of the data key.
        public string IsOlder => $"""
            tenant_id = kernel.current_tenant() and length({Quoted}) > 32 and get_byte({Quoted}, 0) = 1
            and (get_byte({Quoted}, 1)::bigint << 24) + (get_byte({Quoted}, 2) << 16) + (get_byte({Quoted}, 3) << 8) + get_byte({Quoted}, 4) < @newest
            """;
    }
}

/// <summary>Asks for values of older data keys to be brought over.</summary>
internal sealed record Reencrypt;
