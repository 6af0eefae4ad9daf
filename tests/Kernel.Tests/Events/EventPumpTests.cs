using System.Collections.Concurrent;
using Dapper;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class EventPumpTests : IAsyncLifetime
{
    private static readonly EventKind<Number> Counted = new("test.counted", KernelTestJson.Default.Number), Ignored = new("test.ignored", KernelTestJson.Default.Number);
    private static readonly SchemaSource Tally = new("tally", [new Migration(1, "0001_tally", """
        create table tally.tally (tenant_id uuid not null default kernel.current_tenant(), number int not null);
        select kernel.tenant_wall('tally.tally');
        """)]);

    private readonly TenantId ada = TenantId.New(), bob = TenantId.New();
    private TestDatabase test = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => test = await TestDatabase.CreateAsync(Tally);

    public ValueTask DisposeAsync() => test.DisposeAsync();

    [Fact]
    public async Task A_reader_gets_its_kinds_in_order_each_in_its_tenants_session()
    {
        var reader = new Tallying();
        await Announce(ada, Enumerable.Range(0, 5));
        await Announce(bob, [5]);
        await using (var session = await test.Database.BeginAsync(ada, Cancel))
        {
            await session.AnnounceAsync(Ignored, new Number(9), cancel: Cancel);
            await session.CommitAsync(Cancel);
        }
        await RunUntil([reader], async () => (await Tallied()).Count == 6);
        reader.Seen.ShouldBe([0, 1, 2, 3, 4, 5]);
        await using var his = await test.Database.BeginAsync(bob, Cancel);
        (await his.Connection.QueryAsync<int>("select number from tally.tally")).ShouldBe([5]);
    }

    [Fact]
    public async Task Four_nodes_with_the_same_reader_act_once_for_each_event()
    {
        var readers = Enumerable.Range(0, 4).Select(_ => new Tallying()).ToArray();
        var writing = Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Announce(writer % 2 == 0 ? ada : bob, Enumerable.Range(writer * 50, 50), oneByOne: true)));
        await RunUntil(readers, async () => (await Tallied()).Count >= 300);
        await writing;
        (await Tallied()).Order().ShouldBe(Enumerable.Range(0, 300));
    }

    [Fact]
    public async Task An_event_delivered_again_after_a_crash_before_the_cursor_was_saved_acts_once()
    {
        await Announce(ada, [1]);
        var reader = new Tallying();
        await RunUntil([reader], async () => (await Tallied()).Count == 1);
        // What a crash between the reaction's commit and the cursor leaves: the receipt is there and the cursor is not.
        await using var super = await test.OpenSuperAsync();
        await super.ExecuteAsync("""
            update kernel.event_cursors set transaction = '0', position = 0;
            insert into kernel.event_receipts (tenant_id, reader, event_id) select tenant_id, 'test.tally', id from kernel.events
            """);
        await Announce(ada, [2]);
        await RunUntil([reader], async () => (await Tallied()).Count == 2);
        (await Tallied()).ShouldBe([1, 2]);
        (await super.ExecuteScalarAsync<int>("select count(*)::int from kernel.event_receipts")).ShouldBe(0);
    }

    [Fact]
    public async Task A_failing_reaction_leaves_nothing_comes_again_and_keeps_the_order()
    {
        var reader = new Tallying { FailuresOf = { [2] = 2 } };
        await Announce(ada, [1, 2, 3]);
        await RunUntil([reader], async () => { await HurryAsync(); return (await Tallied()).Count == 3; });
        (await Tallied()).ShouldBe([1, 2, 3]);
        reader.Seen.ShouldBe([1, 2, 2, 2, 3]);
    }

    [Fact]
    public async Task An_event_that_always_fails_is_parked_and_can_be_retried_later()
    {
        var reader = new Tallying { FailuresOf = { [1] = EventPump.MostAttempts } };
        await Announce(ada, [1, 2]);
        await RunUntil([reader], async () => { await HurryAsync(); return (await Tallied()).Count == 1; });
        (await Tallied()).ShouldBe([2]);
        reader.Seen.Count(number => number == 1).ShouldBe(EventPump.MostAttempts);
        (await EventReplay.RetryParkedAsync(test.Database, ada, reader, Cancel)).ShouldBe(1);
        (await Tallied()).ShouldBe([2, 1]);
        (await EventReplay.RetryParkedAsync(test.Database, ada, reader, Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task A_rewound_reader_reads_again_what_came_since()
    {
        var reader = new Tallying();
        await Announce(ada, [1, 2]);
        await RunUntil([reader], async () => (await Tallied()).Count == 2);
        await EventReplay.RewindAsync(test.Database, "test.tally", DateTimeOffset.UtcNow.AddHours(-1), Cancel);
        await RunUntil([reader], async () => (await Tallied()).Count == 4);
        reader.Seen.ShouldBe([1, 2, 1, 2]);
    }

    private async Task RunUntil(Tallying[] readers, Func<Task<bool>> happened)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var nodes = new List<Database>();
        foreach (var _ in readers) nodes.Add(await test.OpenSecondNodeAsync(Tally));
        var pumps = readers.Select((reader, index) => new EventPump(nodes[index], reader).RunAsync(stop.Token)).ToArray();
        await Eventually.Happens(happened);
        await stop.CancelAsync();
        await Task.WhenAll(pumps);
        foreach (var node in nodes) await node.DisposeAsync();
    }

    private async Task HurryAsync()
    {
        await using var super = await test.OpenSuperAsync();
        await super.ExecuteAsync("update kernel.event_cursors set retry_at = '-infinity' where retry_at > now()");
        test.Database.Bell.Ring(EventLog.Topic);
    }

    private async Task Announce(TenantId tenant, IEnumerable<int> numbers, bool oneByOne = false)
    {
        foreach (var batch in oneByOne ? numbers.Chunk(1) : [numbers.ToArray()])
        {
            await using var session = await test.Database.BeginAsync(tenant, Cancel);
            foreach (var number in batch) await session.AnnounceAsync(Counted, new Number(number), cancel: Cancel);
            await session.CommitAsync(Cancel);
        }
    }

    private async Task<IReadOnlyList<int>> Tallied()
    {
        await using var super = await test.OpenSuperAsync();
        return [.. await super.QueryAsync<int>("select number from tally.tally")];
    }

    private sealed class Tallying : IEventReader
    {
        public ConcurrentQueue<int> Seen { get; } = new();

        public Dictionary<int, int> FailuresOf { get; } = [];

        public string Name => "test.tally";

        public IReadOnlyCollection<string>? Kinds { get; } = [Counted.Name];

        public async Task HandleAsync(RecordedEvent happened, TenantSession session, CancellationToken cancel)
        {
            var number = happened.Read(Counted).Value;
            Seen.Enqueue(number);
            await session.Connection.ExecuteAsync("insert into tally.tally (number) values (@number)", new { number });
            if (FailuresOf.GetValueOrDefault(number) <= 0) return;
            FailuresOf[number]--;
            throw new InvalidOperationException("not this time");
        }
    }
}
