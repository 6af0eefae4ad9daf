using Dapper;
using Npgsql;
using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Server.Tests.Wall;

/// <summary>Every table of the running node, asked with the application's own role: outside any organisation, and inside another one's.</summary>
[Collection(nameof(WalledNode))]
public sealed class TableWallTests(WalledNode node)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_of_every_module_has_the_wall_or_a_reason()
    {
        await using var owner = new NpgsqlConnection(node.Database.Address.Owner);
        await owner.OpenAsync(Cancel);
        (await TenantWall.FindHolesAsync(owner, TenantWall.KernelTables)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_organisation_no_table_has_rows_and_none_takes_any()
    {
        var filled = await FillAsync();
        await using var bare = await OpenAsync(node.Database.Address.App);
        foreach (var table in filled) (await bare.ExecuteScalarAsync<long>($"select count(*) from {table}")).ShouldBe(0, table);
        await bare.ExecuteAsync("select set_config('rialto.tenant', '', false)");
        foreach (var table in filled) (await bare.ExecuteScalarAsync<long>($"select count(*) from {table}")).ShouldBe(0, table);
    }

    [Fact]
    public async Task Inside_one_organisation_no_row_of_another_is_seen_changed_or_removed()
    {
        var filled = await FillAsync();
        foreach (var table in filled)
        {
            var theirs = await CountAsync(table);
            await using var session = await node.Database.BeginAsync(node.Acme.Organisation.Tenant, Cancel);
            (await session.Connection.ExecuteScalarAsync<long>($"select count(*) from {table} where tenant_id = @Id", new { node.Other.Organisation.Id })).ShouldBe(0, table);
            foreach (var verb in new[] { $"update {table} set tenant_id = tenant_id where tenant_id = @id", $"delete from {table} where tenant_id = @id" })
                (await TryAsync(session, verb, node.Other.Organisation.Id)).ShouldBe(0, verb);
            (await CountAsync(table)).ShouldBe(theirs, table);
        }
    }

    [Fact]
    public async Task A_pooled_connection_takes_nothing_of_its_last_organisation_along()
    {
        var filled = await FillAsync();
        await using var pool = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(node.Database.Address.App) { MaxPoolSize = 1, Pooling = true }.ConnectionString);
        for (var end = 0; end < 4; end++)
        {
            await using (var connection = await pool.OpenConnectionAsync(Cancel))
            {
                var transaction = await connection.BeginTransactionAsync(Cancel);
                await connection.ExecuteAsync("select set_config('rialto.tenant', @Id, true), set_config('rialto.noting', 'on', true), set_config('rialto.changes', 'hers', true)", new { Id = node.Other.Organisation.Id.ToString() });
                (await connection.ExecuteScalarAsync<long>("select count(*) from kernel.events")).ShouldBeGreaterThan(0);
                // Each way in which a request can end.
                if (end == 0) await transaction.CommitAsync(Cancel);
                if (end == 1) await transaction.RollbackAsync(Cancel);
                if (end == 2) await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync("select 1 / 0"));
            }
            await using var next = await pool.OpenConnectionAsync(Cancel);
            (await next.ExecuteScalarAsync<string>("select concat(current_setting('rialto.tenant', true), current_setting('rialto.noting', true), current_setting('rialto.changes', true))")).ShouldBe("");
            foreach (var table in filled) (await next.ExecuteScalarAsync<long>($"select count(*) from {table}")).ShouldBe(0, table);
        }
    }

    // Tables in which Other has rows: those in which a hole would show.
    private async Task<IReadOnlyList<string>> FillAsync()
    {
        foreach (var make in Things.ByPath.Where(one => one.Key.Split('{').Length == 2).Select(one => one.Value)) await make(node.Other, new Dictionary<string, string>());
        await using var session = await node.Database.BeginAsync(node.Other.Organisation.Tenant, Cancel);
        var tables = await session.Connection.QueryAsync<string>("""
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema' and has_table_privilege(c.oid, 'select')
              and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') order by 1
            """);
        var filled = new List<string>();
        foreach (var table in tables)
            if (await session.Connection.ExecuteScalarAsync<bool>($"select exists (select from {table})")) filled.Add(table);
        filled.Count.ShouldBeGreaterThan(9, "too few tables have rows for this to prove anything");
        return filled;
    }

    private async Task<long> CountAsync(string table)
    {
        await using var session = await node.Database.BeginAsync(node.Other.Organisation.Tenant, Cancel);
        return await session.Connection.ExecuteScalarAsync<long>($"select count(*) from {table} where tenant_id = @Id", new { node.Other.Organisation.Id });
    }

    private static async Task<int> TryAsync(TenantSession session, string sql, Guid id)
    {
        try
        {
            await session.Connection.ExecuteAsync("savepoint here");
            return await session.Connection.ExecuteAsync(sql, new { id });
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await session.Connection.ExecuteAsync("rollback to here");
            return 0;
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(string address)
    {
        var connection = new NpgsqlConnection(address + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        return connection;
    }
}
