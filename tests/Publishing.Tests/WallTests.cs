using Dapper;
using Npgsql;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class WallTests : PublishingTestBed
{
    [Fact]
    public async Task Every_table_has_the_wall()
    {
        await using var super = await Test.OpenSuperAsync();
        (await TenantWall.FindHolesAsync(super, TenantWall.KernelTables)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_platform_reads_what_visitors_are_shown_and_can_change_none_of_it()
    {
        await Live(("index.html", "hers"));
        await using var platform = await Test.Database.BeginAsync(TenantId.Platform, Cancel);
        (await platform.Connection.ExecuteScalarAsync<int>("select count(*)::int from publishing.sites")).ShouldBe(1);
        (await platform.Connection.ExecuteScalarAsync<int>("select count(*)::int from publishing.builds")).ShouldBe(0);
        (await platform.Connection.ExecuteAsync("update publishing.sites set is_pinned = true")).ShouldBe(0);
        (await platform.Connection.ExecuteAsync("delete from publishing.releases")).ShouldBe(0);
    }

    [Fact]
    public async Task A_name_is_given_once_on_the_whole_platform()
    {
        await Site();
        await using var bobs = await Test.Database.BeginAsync(TenantId.New(), Cancel);
        (await Should.ThrowAsync<Refusal>(() => CreateSiteOperation.CreateAsync(bobs, "lantern", "bob/lantern", null, null, Cancel))).Code.ShouldBe("publishing.name_taken");
    }
}
