using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

/// <summary>Two nodes on one database, and real connections to both.</summary>
public sealed class LiveFeedTests : IAsyncLifetime
{
    private const string Topic = "note:1";
    private readonly TenantId ada = TenantId.New(), bob = TenantId.New();
    private TestDatabase test = null!;
    private Database second = null!;
    private TestHost one = null!, two = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        test = await TestDatabase.CreateAsync(Notes.Schema);
        second = await test.OpenSecondNodeAsync(Notes.Schema);
        (one, two) = (await StartAsync(test.Database), await StartAsync(second));
        foreach (var host in new[] { one, two })
        {
            host.As("ada", ada);
            host.As("reader", ada, "notes.read");
            host.As("guest", ada, "sites.read");
            host.As("bob", bob);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await one.DisposeAsync();
        await two.DisposeAsync();
        await second.DisposeAsync();
        await test.DisposeAsync();
    }

    [Fact]
    public async Task What_one_node_publishes_followers_on_all_nodes_get_in_order()
    {
        await using var here = await BeginAsync(one, "ada");
        await using var there = await BeginAsync(two, "reader");
        for (var value = 1; value <= 30; value++) await PublishAsync(value % 2 == 0 ? test.Database : second, ada, value);
        (await TakeAsync(here, 30)).Values.ShouldBe(Enumerable.Range(1, 30));
        (await TakeAsync(there, 30)).Values.ShouldBe(Enumerable.Range(1, 30));
    }

    [Fact]
    public async Task Who_comes_back_gets_exactly_what_was_missed_also_from_the_other_node()
    {
        string at;
        await using (var client = await BeginAsync(one, "ada"))
        {
            await PublishAsync(test.Database, ada, 1, 2, 3);
            (_, at) = await TakeAsync(client, 2);
        }
        await PublishAsync(test.Database, ada, 4, 5);
        await using var back = await ConnectAsync(two, "ada");
        await back.FollowAsync(Topic, at, Cancel);
        (await back.NextAsync(Cancel)).ShouldSatisfyAllConditions(begin => begin.Kind.ShouldBe("begin"), begin => begin.At.ShouldBe(at));
        (await TakeAsync(back, 3)).Values.ShouldBe([3, 4, 5]);
        await PublishAsync(second, ada, 6);
        (await TakeAsync(back, 1)).Values.ShouldBe([6]);
    }

    [Fact]
    public async Task Who_was_away_too_long_is_told_to_load_anew_and_goes_on()
    {
        string at;
        await using (var client = await BeginAsync(one, "ada"))
        {
            await PublishAsync(test.Database, ada, 1);
            (_, at) = await TakeAsync(client, 1);
        }
        await PublishAsync(test.Database, ada, [.. Enumerable.Range(2, LiveTopics.MostKept + 1)]);
        await using var back = await ConnectAsync(one, "ada");
        await back.FollowAsync(Topic, at, Cancel);
        var told = await back.NextAsync(Cancel);
        told.Kind.ShouldBe("reload");
        await PublishAsync(test.Database, ada, 9999);
        (await TakeAsync(back, 1)).Values.ShouldBe([9999]);
        // Exactly as many as are kept is not too many.
        await PublishAsync(test.Database, ada, [.. Enumerable.Range(1, LiveTopics.MostKept - 1)]);
        await using var third = await ConnectAsync(two, "ada");
        await third.FollowAsync(Topic, told.At, Cancel);
        (await third.NextAsync(Cancel)).Kind.ShouldBe("begin");
        (await TakeAsync(third, LiveTopics.MostKept)).Values.First().ShouldBe(9999);
    }

    [Fact]
    public async Task After_a_crash_of_the_database_the_epoch_is_another_and_followers_load_anew()
    {
        await using var client = await BeginAsync(one, "ada");
        await PublishAsync(test.Database, ada, 1, 2);
        var (_, at) = await TakeAsync(client, 2);
        // A crash empties unlogged tables.
        await using (var super = await test.OpenSuperAsync()) await super.ExecuteAsync("truncate kernel.live_topics, kernel.live_messages");
        await PublishAsync(test.Database, ada, 3, 4, 5);
        (await client.NextAsync(Cancel)).Kind.ShouldBe("reload");
        await using var back = await ConnectAsync(two, "ada");
        await back.FollowAsync(Topic, at, Cancel);
        (await back.NextAsync(Cancel)).Kind.ShouldBe("reload");
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("00000000000000000000000000000000-x")]
    [InlineData("0197-5")]
    public async Task A_place_that_is_none_is_answered_by_load_anew(string at)
    {
        await using var client = await ConnectAsync(one, "ada");
        await client.FollowAsync(Topic, at, Cancel);
        (await client.NextAsync(Cancel)).Kind.ShouldBe("reload");
    }

    [Fact]
    public async Task What_is_taken_back_was_never_published()
    {
        await using var client = await BeginAsync(one, "ada");
        await using (var session = await test.Database.BeginAsync(ada, Cancel)) await session.PublishAsync(Topic, new Number(1), KernelTestJson.Default.Number, Cancel);
        await PublishAsync(test.Database, ada, 2);
        (await TakeAsync(client, 1)).Values.ShouldBe([2]);
    }

    [Fact]
    public async Task Many_writers_at_once_leave_no_gap_and_no_double()
    {
        await using var client = await BeginAsync(two, "ada");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var turn = 0; turn < 10; turn++) await PublishAsync(writer % 2 == 0 ? test.Database : second, ada, writer * 10 + turn);
        })));
        var (values, _) = await TakeAsync(client, 80);
        values.Order().ShouldBe(Enumerable.Range(0, 80));
        // Each writer's own order is kept.
        foreach (var group in values.GroupBy(value => value / 10)) group.ShouldBe(group.Order());
    }

    [Fact]
    public async Task A_topic_of_another_tenant_is_like_one_nobody_publishes_to()
    {
        await PublishAsync(test.Database, ada, 1);
        await using var spy = await BeginAsync(one, "bob");
        await PublishAsync(test.Database, ada, 2, 3);
        await PublishAsync(test.Database, bob, 77);
        (await TakeAsync(spy, 1)).Values.ShouldBe([77]);
    }

    [Theory]
    [InlineData("guest", Topic, "caller.not_allowed")]
    [InlineData("guest", "events", "caller.not_allowed")]
    [InlineData("reader", "events:publishing", "caller.not_allowed")]
    [InlineData("reader", "job:0197a2b0-0000-7000-8000-000000000000", "caller.not_allowed")]
    [InlineData("ada", "dance:1", "live.topic_unknown")]
    [InlineData("ada", "note:", "live.topic_unknown")]
    [InlineData("ada", "job:x", "live.topic_unknown")]
    [InlineData("ada", "events:x' or 'y", "live.topic_unknown")]
    public async Task Who_may_not_follow_is_refused_by_name(string caller, string topic, string code)
    {
        await using var client = await ConnectAsync(one, caller);
        await client.FollowAsync(topic, null, Cancel);
        var answer = await client.NextAsync(Cancel);
        (answer.Kind, answer.Error).ShouldBe(("refused", code));
        (await client.NextAsync(Cancel)).ShouldBe(new LiveAnswer("end", "", null, null, answer.Stream));
        using var http = one.As(caller + "-", ada, caller == "ada" ? "*" : caller == "guest" ? "sites.read" : "notes.read");
        using var streamed = await http.GetAsync("/live/stream?topic=" + Uri.EscapeDataString(topic), Cancel);
        JsonNode.Parse(await streamed.Content.ReadAsStringAsync(Cancel))!["code"]!.ToString().ShouldBe(code);
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_name()
    {
        (await Should.ThrowAsync<LiveRefusedException>(() => LiveClient.ConnectAsync(Address(one), null, Cancel))).Status.ShouldBe(401);
        (await Should.ThrowAsync<LiveRefusedException>(() => LiveClient.ConnectAsync(Address(one), "stranger", Cancel))).Status.ShouldBe(401);
        await using var byQuery = await LiveClient.ConnectAsync(Address(one), null, Cancel, path: "/live?access_token=ada");
        await byQuery.FollowAsync(Topic, null, Cancel);
        (await byQuery.NextAsync(Cancel)).Kind.ShouldBe("begin");
        using var nobody = one.Anonymous();
        (await nobody.GetAsync("/live/stream?topic=note:1", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("http://127.0.0.1", 403)]
    [InlineData("https://app.example.org", 200)]
    [InlineData("self", 200)]
    public async Task Only_our_own_pages_may_open_connections(string origin, int status)
    {
        if (origin == "self") origin = "http://" + Address(one).Authority;
        using (var http = one.As("ada", ada))
        {
            http.DefaultRequestHeaders.Add("Origin", origin);
            using var streamed = await http.GetAsync("/live/stream?topic=note:1", HttpCompletionOption.ResponseHeadersRead, Cancel);
            ((int)streamed.StatusCode).ShouldBe(status);
        }
        if (status == 200) await (await LiveClient.ConnectAsync(Address(one), "ada", Cancel, origin)).DisposeAsync();
        else (await Should.ThrowAsync<LiveRefusedException>(() => LiveClient.ConnectAsync(Address(one), "ada", Cancel, origin))).Status.ShouldBe(status);
    }

    [Fact]
    public async Task One_connection_follows_many_topics_but_not_any_number()
    {
        await using var client = await ConnectAsync(one, "ada");
        for (var topic = 0; topic < 50; topic++)
        {
            await client.FollowAsync($"note:{topic}", null, Cancel);
            (await client.NextAsync(Cancel)).Kind.ShouldBe("begin");
        }
        await client.FollowAsync("note:50", null, Cancel);
        (await client.NextAsync(Cancel)).Error.ShouldBe("live.too_many");
    }

    [Fact]
    public async Task A_topic_nobody_follows_any_more_is_not_read_any_more()
    {
        var feed = one.Services.GetRequiredService<LiveFeed>();
        var client = await ConnectAsync(one, "ada");
        var stream = await client.FollowAsync(Topic, null, Cancel);
        (await client.NextAsync(Cancel)).Kind.ShouldBe("begin");
        feed.Open.ShouldBe(1);
        await client.LeaveAsync(stream, Cancel);
        await Eventually.Happens(() => feed.Open == 0);
        await client.FollowAsync(Topic, null, Cancel);
        await Eventually.Happens(() => feed.Open == 1);
        await client.DisposeAsync();
        await Eventually.Happens(() => feed.Open == 0);
    }

    [Fact]
    public async Task A_browsers_event_source_comes_back_with_its_last_id()
    {
        using var http = one.As("ada", ada);
        using var first = await OpenStreamAsync(http, null);
        (await first.NextAsync()).Event.ShouldBe("begin");
        await PublishAsync(second, ada, 1);
        var message = await first.NextAsync();
        (message.Event, (int)message.Data["data"]!["Value"]!, message.Data["at"]!.ToString()).ShouldBe(("message", 1, message.Id));
        await PublishAsync(test.Database, ada, 2);
        using var again = await OpenStreamAsync(http, message.Id);
        (await again.NextAsync()).Event.ShouldBe("begin");
        ((int)(await again.NextAsync()).Data["data"]!["Value"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Events_are_followed_by_module_and_missed_ones_come_from_the_log()
    {
        await using var client = await ConnectAsync(two, "reader");
        await client.FollowAsync("events:notes", null, Cancel);
        (await client.NextAsync(Cancel)).Kind.ShouldBe("begin");
        await AnnounceAsync(ada, "first");
        await AnnounceAsync(bob, "foreign");
        var event1 = await client.NextAsync(Cancel);
        (event1.Data!["name"]!.ToString(), event1.Data["data"]!["text"]!.ToString()).ShouldBe(("notes.written", "first"));
        await client.DisposeAsync();
        await AnnounceAsync(ada, "missed");
        await using var back = await ConnectAsync(one, "ada");
        await back.FollowAsync("events:notes", event1.At, Cancel);
        (await back.NextAsync(Cancel)).Kind.ShouldBe("begin");
        (await back.NextAsync(Cancel)).Data!["data"]!["text"]!.ToString().ShouldBe("missed");
        await back.FollowAsync("events:other", event1.At, Cancel);
        (await back.NextAsync(Cancel)).Kind.ShouldBe("begin");
        await back.FollowAsync("events", event1.At, Cancel);
        (await back.NextAsync(Cancel)).Kind.ShouldBe("begin");
        (await back.NextAsync(Cancel)).Data!["data"]!["text"]!.ToString().ShouldBe("missed");
    }

    [Fact]
    public async Task A_job_is_followed_from_its_present_state_to_its_end()
    {
        var kind = new JobKind<Number>("test.watched", "deployment", KernelTestJson.Default.Number);
        Guid id;
        await using (var session = await test.Database.BeginAsync(ada, Cancel))
        {
            id = (await session.EnqueueAsync(kind, new Number(1), cancel: Cancel));
            await session.CommitAsync(Cancel);
        }
        await using var client = await ConnectAsync(two, "ada");
        await client.FollowAsync($"job:{id}", null, Cancel);
        (await client.NextAsync(Cancel)).Kind.ShouldBe("begin");
        (await client.NextAsync(Cancel)).Data!["state"]!.ToString().ShouldBe("waiting");
        var mayEnd = new TaskCompletionSource();
        var runner = new JobRunner(test.Database, [JobHandler.For(kind, async (_, job, cancel) =>
        {
            await job.ReportAsync(0.5, "half", cancel);
            await mayEnd.Task.WaitAsync(cancel);
        })], one.Services);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = runner.RunAsync(stop.Token);
        await UntilAsync(client, data => data["progressNote"]?.ToString() == "half");
        mayEnd.SetResult();
        await UntilAsync(client, data => data["state"]!.ToString() == "done");
        await stop.CancelAsync();
        await running;
    }

    private static async Task UntilAsync(LiveClient client, Func<JsonNode, bool> reached)
    {
        while (!reached((await client.NextAsync(Cancel)).Data!)) { }
    }

    private static Task<TestHost> StartAsync(Database database) => TestHost.StartAsync(database, _ => { }, services =>
    {
        services.AddSingleton(new LiveTopicKind("note", "notes.read"));
        services.AddSingleton(provider => SettingLayers.Read(provider.GetServices<Setting>(), null, name => name == "RIALTO_LIVE__ORIGINS" ? "https://other.example https://app.example.org" : null));
    });

    private static Uri Address(TestHost host)
    {
        using var client = host.Anonymous();
        return client.BaseAddress!;
    }

    private static Task<LiveClient> ConnectAsync(TestHost host, string caller) => LiveClient.ConnectAsync(Address(host), caller, Cancel);

    private static async Task<LiveClient> BeginAsync(TestHost host, string caller)
    {
        var client = await ConnectAsync(host, caller);
        await client.FollowAsync(Topic, null, Cancel);
        (await client.NextAsync(Cancel)).Kind.ShouldBe("begin");
        return client;
    }

    private static async Task<(List<int> Values, string At)> TakeAsync(LiveClient client, int count)
    {
        var values = new List<int>();
        var at = "";
        while (values.Count < count)
        {
            var answer = await client.NextAsync(Cancel);
            answer.Kind.ShouldBe("message", answer.Error);
            values.Add((int)answer.Data!["Value"]!);
            at = answer.At;
        }
        return (values, at);
    }

    private static async Task PublishAsync(Database database, TenantId tenant, params int[] values)
    {
        foreach (var value in values)
        {
            await using var session = await database.BeginAsync(tenant, Cancel);
            await session.PublishAsync(Topic, new Number(value), KernelTestJson.Default.Number, Cancel);
            await session.CommitAsync(Cancel);
        }
    }

    private async Task AnnounceAsync(TenantId tenant, string text)
    {
        await using var session = await test.Database.BeginAsync(tenant, Cancel);
        await session.AnnounceAsync(Notes.Written, new Note { Id = Guid.NewGuid(), Text = text, Rank = 1, Version = 1 }, cancel: Cancel);
        await session.CommitAsync(Cancel);
    }

    private static async Task<EventReader> OpenStreamAsync(HttpClient http, string? last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/live/stream?topic=" + Topic);
        if (last is not null) request.Headers.Add("Last-Event-ID", last);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventReader(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel)));
    }

    private sealed record EventReader(HttpResponseMessage Answer, StreamReader Lines) : IDisposable
    {
        public async Task<(string Id, string Event, JsonNode Data)> NextAsync()
        {
            var fields = new Dictionary<string, string>();
            while (true)
            {
                var line = await Lines.ReadLineAsync(Cancel) ?? throw new EndOfStreamException();
                if (line.Length == 0 && fields.Count == 3) return (fields["id"], fields["event"], JsonNode.Parse(fields["data"])!);
                if (line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon) fields[line[..colon]] = line[(colon + 2)..];
            }
        }

        public void Dispose()
        {
            Lines.Dispose();
            Answer.Dispose();
        }
    }
}
