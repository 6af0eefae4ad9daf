using Dapper;
using Npgsql;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class MigratorTests
{
    private static SchemaSource Shop(params string[] steps) =>
        new("shop", [.. steps.Select((sql, index) => new Migration(index + 1, $"{index + 1:0000}_step", sql))]);

    [Fact]
    public async Task Steps_run_once_and_in_order_however_many_nodes_start()
    {
        var address = await TestDatabase.CreateEmptyAsync();
        var shop = Shop("create table shop.a (id int)", "alter table shop.a add column name text", "insert into shop.a values (1, 'x')");
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrator.RunAsync(address.Owner, [shop], TestContext.Current.CancellationToken)));
        applied.Sum().ShouldBe(3 + SchemaSource.Kernel.Migrations.Count);
        await using var connection = new NpgsqlConnection(address.Owner + ";Pooling=false");
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from shop.a")).ShouldBe(1);
    }

    [Fact]
    public async Task A_step_changed_after_it_was_applied_is_refused()
    {
        var address = await TestDatabase.CreateEmptyAsync();
        await Migrator.RunAsync(address.Owner, [Shop("create table shop.a (id int)")], TestContext.Current.CancellationToken);
        var refusal = await Should.ThrowAsync<Refusal>(() => Migrator.RunAsync(address.Owner, [Shop("create table shop.a (id bigint)")], TestContext.Current.CancellationToken));
        refusal.Code.ShouldBe("database.migration_changed");
        refusal.Message.ShouldContain("shop/0001_step");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        var address = await TestDatabase.CreateEmptyAsync();
        await Migrator.RunAsync(address.Owner, [Shop("select 1", "select 2")], TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<Refusal>(() => Migrator.RunAsync(address.Owner, [Shop("select 1")], TestContext.Current.CancellationToken)))
            .Code.ShouldBe("database.newer");
    }

    [Fact]
    public async Task A_failing_step_leaves_nothing_behind_and_says_where()
    {
        var address = await TestDatabase.CreateEmptyAsync();
        var failure = await Should.ThrowAsync<InvalidOperationException>(() =>
            Migrator.RunAsync(address.Owner, [Shop("create table shop.a (id int); select wrong")], TestContext.Current.CancellationToken));
        failure.Message.ShouldStartWith("shop/0001_step: column \"wrong\" does not exist");
        await using var connection = new NpgsqlConnection(address.Owner + ";Pooling=false");
        (await connection.ExecuteScalarAsync<bool>("select to_regclass('shop.a') is null")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_application_can_neither_change_the_schema_nor_pass_the_wall()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var app = await test.OpenAppAsync();
        (await Should.ThrowAsync<PostgresException>(() => app.ExecuteAsync("create table kernel.mine (id int)"))).SqlState.ShouldBe("42501");
        (await Should.ThrowAsync<PostgresException>(() => app.ExecuteAsync("set role rialto_owner"))).SqlState.ShouldBe("42501");
        (await app.ExecuteScalarAsync<bool>("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1_x.sql")]
    [InlineData("0001.sql")]
    public void A_badly_named_file_is_a_bug(string name) => Should.Throw<InvalidOperationException>(() => Migration.Parse(name, ""));

    [Fact]
    public void Line_ends_do_not_change_a_checksum() =>
        new Migration(1, "a", "select 1;\r\nselect 2;").Checksum.ShouldBe(new Migration(1, "a", "select 1;\nselect 2;").Checksum);
}
