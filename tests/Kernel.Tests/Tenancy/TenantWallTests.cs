using Dapper;
using Npgsql;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class TenantWallTests : IAsyncLifetime
{
    private static readonly SchemaSource Notes = new("notes", [new Migration(1, "0001_notes", """
        create table notes.notes (
          tenant_id uuid not null default kernel.current_tenant(), id uuid not null default uuidv7(), text text not null,
          primary key (tenant_id, id));
        select kernel.tenant_wall('notes.notes');
        """)]);

    private readonly TenantId ada = TenantId.New(), bob = TenantId.New();
    private TestDatabase test = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => test = await TestDatabase.CreateAsync(Notes);

    public ValueTask DisposeAsync() => test.DisposeAsync();

    [Fact]
    public async Task Ada_sees_her_note_and_Bob_does_not()
    {
        await Write(ada, "hers");
        (await Read(ada)).ShouldBe(["hers"]);
        (await Read(bob)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bob_can_neither_change_nor_delete_nor_plant_a_row_in_Adas_name()
    {
        await Write(ada, "hers");
        await using var session = await test.Database.BeginAsync(bob, Cancel);
        (await session.Connection.ExecuteAsync("update notes.notes set text = 'his'")).ShouldBe(0);
        (await session.Connection.ExecuteAsync("delete from notes.notes")).ShouldBe(0);
        (await Should.ThrowAsync<PostgresException>(() =>
            session.Connection.ExecuteAsync("insert into notes.notes (tenant_id, text) values (@tenant, 'planted')", new { tenant = ada.Value }))).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task Raw_SQL_without_a_tenant_sees_no_row_not_even_as_the_owner()
    {
        await Write(ada, "hers");
        await using var app = await test.OpenAppAsync();
        (await app.ExecuteScalarAsync<int>("select count(*)::int from notes.notes")).ShouldBe(0);
        await using var owner = await test.OpenOwnerAsync();
        (await owner.ExecuteScalarAsync<int>("select count(*)::int from notes.notes")).ShouldBe(0);
    }

    [Fact]
    public async Task A_pooled_connection_carries_no_tenant_to_the_next_user()
    {
        await Write(ada, "hers");
        await using var pool = NpgsqlDataSource.Create(test.Database.Address.App + ";Maximum Pool Size=1");
        for (var turn = 0; turn < 3; turn++)
        {
            await using (var connection = await pool.OpenConnectionAsync(Cancel))
            {
                await using var transaction = await connection.BeginTransactionAsync(Cancel);
                await connection.ExecuteAsync("select set_config('rialto.tenant', @tenant, true)", new { tenant = ada.ToString() });
                (await connection.ExecuteScalarAsync<int>("select count(*)::int from notes.notes")).ShouldBe(1);
                if (turn % 2 == 0) await transaction.CommitAsync(Cancel);
            }
            await using var next = await pool.OpenConnectionAsync(Cancel);
            (await next.ExecuteScalarAsync<int>("select count(*)::int from notes.notes")).ShouldBe(0);
        }
    }

    [Fact]
    public async Task Many_tenants_at_once_never_see_each_other()
    {
        var tenants = Enumerable.Range(0, 40).Select(_ => TenantId.New()).ToArray();
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel }, async (turn, cancel) =>
        {
            var tenant = tenants[turn % tenants.Length];
            await Write(tenant, tenant.ToString());
            (await Read(tenant)).ShouldAllBe(text => text == tenant.ToString());
        });
    }

    [Fact]
    public async Task A_session_disposed_twice_leaves_the_next_user_of_its_connection_alone()
    {
        var first = await test.Database.BeginAsync(ada, Cancel);
        await first.DisposeAsync();
        await using (var next = await test.Database.BeginAsync(bob, Cancel))
        {
            await next.Connection.ExecuteAsync("insert into notes.notes (text) values ('his')");
            await first.DisposeAsync();
            await next.CommitAsync(Cancel);
        }
        (await Read(bob)).ShouldBe(["his"]);
        await Should.ThrowAsync<ObjectDisposedException>(() => first.CommitAsync(Cancel));
    }

    [Fact]
    public async Task Without_a_commit_nothing_lasts()
    {
        await using (var session = await test.Database.BeginAsync(ada, Cancel))
            await session.Connection.ExecuteAsync("insert into notes.notes (text) values ('lost')");
        (await Read(ada)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_table_of_the_catalogue_has_the_wall_or_a_reason()
    {
        await using var super = await test.OpenSuperAsync();
        (await TenantWall.FindHolesAsync(super, TenantWall.KernelTables)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("create table notes.bare (id int)", "notes.bare has no wall")]
    [InlineData("create table notes.bare (tenant_id uuid not null)", "notes.bare has no wall")]
    [InlineData("create table notes.bare (tenant_id uuid); select kernel.tenant_wall('notes.bare')", "notes.bare has no wall")]
    [InlineData("create table notes.bare (tenant_id uuid not null); select kernel.tenant_wall('notes.bare'); alter table notes.bare no force row level security", "notes.bare has no wall")]
    [InlineData("create table notes.bare (tenant_id uuid not null); alter table notes.bare enable row level security, force row level security; create policy tenant_wall on notes.bare using (true) with check (true)", "notes.bare has no wall")]
    public async Task A_table_without_the_wall_is_found(string sql, string hole)
    {
        await using var super = await test.OpenSuperAsync();
        await super.ExecuteAsync(sql);
        (await TenantWall.FindHolesAsync(super, TenantWall.KernelTables)).ShouldHaveSingleItem().ShouldStartWith(hole);
    }

    private async Task Write(TenantId tenant, string text)
    {
        await using var session = await test.Database.BeginAsync(tenant, Cancel);
        await session.Connection.ExecuteAsync("insert into notes.notes (text) values (@text)", new { text });
        await session.CommitAsync(Cancel);
    }

    private async Task<IReadOnlyList<string>> Read(TenantId tenant)
    {
        await using var session = await test.Database.BeginAsync(tenant, Cancel);
        return [.. await session.Connection.QueryAsync<string>("select text from notes.notes")];
    }
}
