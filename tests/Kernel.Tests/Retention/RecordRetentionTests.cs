using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class RecordRetentionTests : NotesTestBed
{
    private RecordRetention Retention => Host.Services.GetRequiredService<RecordRetention>();

    [Fact]
    public async Task Answers_to_keys_go_after_their_days_and_the_young_stay()
    {
        await Write(Ada, "old", key: "k1");
        await Write(Ada, "young", key: "k2");
        await Do("update kernel.idempotency set created_at = now() - interval '30 days 1 second' where key = 'k1'");
        (await Retention.RunAsync(Cancel)).Answers.ShouldBe(1);
        (await Count("kernel.idempotency")).ShouldBe(1);
        (await Write(Ada, "young", key: "k2")).Answer.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
    }

    [Fact]
    public async Task Events_go_when_they_are_old_and_read_by_all()
    {
        for (var number = 0; number < 4; number++) await Write(Ada, $"note {number}");
        await Do("update kernel.events set at = now() - interval '401 days' where data->>'text' <> 'note 3'");
        // A reader that has read two of them, one of which is parked.
        await Do("insert into kernel.event_cursors (reader, transaction, position) select 'slow', transaction, 0 from kernel.events where data->>'text' = 'note 2'");
        await Do("insert into kernel.event_parked (tenant_id, reader, event_id, attempts, error) select tenant_id, 'slow', id, 8, '' from kernel.events where data->>'text' = 'note 1'");
        (await Retention.RunAsync(Cancel)).Events.ShouldBe(1);
        (await Texts()).ShouldBe(["note 1", "note 2", "note 3"]);
        await Do("delete from kernel.event_parked; update kernel.event_cursors set transaction = '9000000000'");
        (await Retention.RunAsync(Cancel)).Events.ShouldBe(2);
        (await Texts()).ShouldBe(["note 3"]);
    }

    [Fact]
    public async Task For_ever_is_for_ever()
    {
        await Write(Ada, "old");
        await Do("update kernel.events set at = now() - interval '9000 days'");
        var settings = SettingLayers.Read([RecordRetention.EventDays, RecordRetention.JobDays], null, name => name == "RIALTO_RETENTION__EVENT_DAYS" ? "0" : null);
        (await new RecordRetention(Test.Database, settings, new OperationOptions()).RunAsync(Cancel)).Events.ShouldBe(0);
        KernelModule.JobOptions(settings).KeepDays.ShouldBe(7);
    }

    [Fact]
    public async Task Live_messages_of_yesterday_go_and_their_topics_with_them()
    {
        foreach (var topic in new[] { "note:old", "note:new" })
        {
            await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
            await session.PublishAsync(topic, new Number(1), KernelTestJson.Default.Number, Cancel);
            await session.CommitAsync(Cancel);
        }
        await Do("update kernel.live_topics set at = now() - interval '25 hours' where topic = 'note:old'; update kernel.live_messages set at = now() - interval '25 hours' where topic = 'note:old'");
        (await Retention.RunAsync(Cancel)).Live.ShouldBe(2);
        (await Count("kernel.live_topics")).ShouldBe(1);
        (await Count("kernel.live_messages")).ShouldBe(1);
    }

    [Fact]
    public async Task The_application_itself_cannot_remove_an_event()
    {
        await Write(Ada, "kept");
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => session.Connection.ExecuteAsync("delete from kernel.events"));
    }

    private async Task Do(string sql)
    {
        await using var super = await Test.OpenSuperAsync();
        await super.ExecuteAsync(sql);
    }

    private async Task<IEnumerable<string>> Texts()
    {
        await using var super = await Test.OpenSuperAsync();
        return await super.QueryAsync<string>("select data->>'text' from kernel.events order by transaction, position");
    }
}
