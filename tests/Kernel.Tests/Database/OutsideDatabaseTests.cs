using Dapper;
using Npgsql;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class OutsideDatabaseTests
{
    [Fact]
    public async Task One_connection_string_is_enough_and_the_application_is_still_held_by_the_wall()
    {
        await using var test = await TestDatabase.CreateAsync();
        var super = new NpgsqlConnectionStringBuilder(test.Database.Address.Owner) { Username = "rialto_super" }.ConnectionString;
        await using var outside = await Database.StartAsync("unused", [], super, TestContext.Current.CancellationToken);
        await using var session = await outside.BeginAsync(TenantId.New(), TestContext.Current.CancellationToken);
        (await session.Connection.ExecuteScalarAsync<string>("select current_user")).ShouldBe("rialto_app");
        await session.Connection.ExecuteAsync("reset role");
        (await session.Connection.ExecuteScalarAsync<string>("select current_user")).ShouldBe("rialto_app");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_a_refusal_that_names_the_variable()
    {
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            Database.StartAsync("unused", [], "Host=127.0.0.1;Port=1;Username=x;Timeout=2", TestContext.Current.CancellationToken));
        refusal.Code.ShouldBe("database.unreachable");
        refusal.Message.ShouldContain("RIALTO_DATABASE");
    }
}
