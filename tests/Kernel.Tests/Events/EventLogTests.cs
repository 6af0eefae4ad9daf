using Dapper;
using Npgsql;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class EventLogTests : IAsyncLifetime
{
    private static readonly EventKind<Number> Counted = new("test.counted", KernelTestJson.Default.Number);
    private readonly TenantId ada = TenantId.New(), bob = TenantId.New();
    private TestDatabase test = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => test = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => test.DisposeAsync();

    [Fact]
    public async Task An_event_exists_exactly_when_its_transaction_does()
    {
        await using (var session = await test.Database.BeginAsync(ada, Cancel)) await session.AnnounceAsync(Counted, new Number(1), cancel: Cancel);
        await Announce(ada, 2);
        (await ReadAll(ada)).Select(happened => happened.Read(Counted).Value).ShouldBe([2]);
    }

    [Fact]
    public async Task A_tenant_reads_only_its_own()
    {
        await Announce(ada, 1);
        await Announce(bob, 2);
        (await ReadAll(bob)).ShouldHaveSingleItem().Tenant.ShouldBe(bob);
    }

    [Fact]
    public async Task The_log_cannot_be_changed_by_the_application()
    {
        await Announce(ada, 1);
        foreach (var sql in new[] { "update kernel.events set name = 'other'", "delete from kernel.events", "truncate kernel.events" })
        {
            await using var session = await test.Database.BeginAsync(ada, Cancel);
            (await Should.ThrowAsync<PostgresException>(() => session.Connection.ExecuteAsync(sql))).SqlState.ShouldBe("42501");
        }
    }

    [Fact]
    public async Task Many_events_written_together_keep_their_order_and_their_actors()
    {
        await using (var session = await test.Database.BeginAsync(ada, Cancel))
        {
            session.Actor = "user:ada";
            await session.AnnounceManyAsync(Counted, [.. Enumerable.Range(1, 50).Select(number => new Announcement<Number>(new Number(number), $"number:{number}", number == 50 ? "user:bob" : null))], Cancel);
            await session.AnnounceManyAsync(Counted, [], Cancel);
            await session.CommitAsync(Cancel);
        }
        var read = await ReadAll(ada);
        read.Select(happened => happened.Read(Counted).Value).ShouldBe(Enumerable.Range(1, 50));
        (read[0].Subject, read[0].Actor, read[49].Actor).ShouldBe(("number:1", "user:ada", "user:bob"));
    }

    [Fact]
    public async Task An_event_that_commits_late_is_not_passed_by()
    {
        await using var slow = await test.Database.BeginAsync(ada, Cancel);
        await slow.AnnounceAsync(Counted, new Number(1), cancel: Cancel);
        await Announce(ada, 2);
        // The second is committed but the first may still come before it: a reader that took it now would lose the first.
        (await ReadAll(ada)).ShouldBeEmpty();
        await slow.CommitAsync(Cancel);
        (await ReadAll(ada)).Select(happened => happened.Read(Counted).Value).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Readers_that_page_while_many_write_and_some_roll_back_see_each_event_once()
    {
        const int writers = 8, each = 40;
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var number = 0; number < each; number++)
            {
                await using var session = await test.Database.BeginAsync(ada, Cancel);
                await session.AnnounceAsync(Counted, new Number(writer * each + number), cancel: Cancel);
                await Task.Delay(random.Next(4), Cancel);
                if (number % 10 == 9) continue;
                await session.CommitAsync(Cancel);
            }
        }, Cancel)));
        var seen = new List<int>();
        var cursor = EventCursor.Start;
        while (true)
        {
            var isOver = writing.IsCompleted;
            await using var session = await test.Database.BeginAsync(ada, Cancel);
            var page = await EventLog.ReadAsync(session, cursor, 7, cancel: Cancel);
            seen.AddRange(page.Select(happened => happened.Read(Counted).Value));
            if (page.Count > 0) cursor = EventCursor.Parse(page[^1].Cursor.ToString());
            else if (isOver) break;
        }
        await writing;
        seen.Order().ShouldBe(Enumerable.Range(0, writers * each).Where(number => number % each % 10 != 9));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1-2-3")]
    [InlineData("-1-2")]
    [InlineData("x-2")]
    public void A_foreign_cursor_is_refused(string text) => Should.Throw<Refusal>(() => EventCursor.Parse(text)).Code.ShouldBe("events.cursor_invalid");

    private async Task Announce(TenantId tenant, int number)
    {
        await using var session = await test.Database.BeginAsync(tenant, Cancel);
        await session.AnnounceAsync(Counted, new Number(number), cancel: Cancel);
        await session.CommitAsync(Cancel);
    }

    private async Task<IReadOnlyList<RecordedEvent>> ReadAll(TenantId tenant)
    {
        // The horizon is that of the whole server, which other tests share: what they have open passes.
        await using var super = await test.OpenSuperAsync();
        var last = await super.ExecuteScalarAsync<string>("select coalesce(max(transaction), '0')::text from kernel.events");
        await Eventually.Happens(async () =>
            await super.ExecuteScalarAsync<bool>(
                """
                select not exists (select from pg_stat_activity where datname <> current_database() and backend_xid is not null and backend_xid::text::bigint <= (@last::text::bigint & 4294967295))
                """, new { last }));
        await using var session = await test.Database.BeginAsync(tenant, Cancel);
        return await EventLog.ReadAsync(session, EventCursor.Start, cancel: Cancel);
    }
}
