using Dapper;
using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class ScheduleTests : JobTestBed
{
    [Fact]
    public async Task A_due_schedule_makes_one_job_however_many_nodes_look()
    {
        await Set("* * * * *");
        await using var super = await Test.OpenSuperAsync();
        await super.ExecuteAsync("update kernel.schedules set next_at = now() - interval '3 hours'");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => new ScheduleTicker(Test.Database).TickAsync(Cancel)));
        (await super.QuerySingleAsync<string>("select kind || ' ' || payload from kernel.jobs")).ShouldBe("test.work {\"Value\": 7}");
        (await super.ExecuteScalarAsync<bool>("select next_at > now() from kernel.schedules")).ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_made_before_its_time_and_the_wait_is_told()
    {
        await Set("0 0 1 1 *");
        (await new ScheduleTicker(Test.Database).TickAsync(Cancel)).ShouldNotBeNull();
        await using var super = await Test.OpenSuperAsync();
        (await super.ExecuteScalarAsync<int>("select count(*)::int from kernel.jobs")).ShouldBe(0);
    }

    [Theory]
    [InlineData("0 0 30 2 *", "UTC", "schedules.never")]
    [InlineData("@daily", "Mars/Olympus", "schedules.time_zone_unknown")]
    [InlineData("daily", "UTC", "schedules.cron_invalid")]
    public async Task A_schedule_that_makes_no_sense_is_refused(string cron, string zone, string code)
    {
        await using var session = await Test.Database.BeginAsync(Ada, Cancel);
        (await Should.ThrowAsync<Refusal>(() => session.SetScheduleAsync("a", Work, new Number(1), cron, zone, Cancel))).Code.ShouldBe(code);
    }

    private async Task Set(string cron)
    {
        await using var session = await Test.Database.BeginAsync(Ada, Cancel);
        await session.SetScheduleAsync("a", Work, new Number(7), cron, "Europe/Rome", Cancel);
        await session.CommitAsync(Cancel);
    }
}
