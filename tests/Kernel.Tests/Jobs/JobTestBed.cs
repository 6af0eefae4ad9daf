using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Testing;
using Xunit;

namespace Rialto.Kernel.Tests;

/// <summary>A database, a tenant and nodes that come and go.</summary>
public abstract class JobTestBed : IAsyncLifetime
{
    internal static readonly JobKind<Number> Work = new("test.work", "deployment", KernelTestJson.Default.Number);
    private readonly ServiceProvider services = new ServiceCollection().BuildServiceProvider();

    protected static readonly SchemaSource Marks = new("marks", [new Migration(1, "0001_marks", """
        create table marks.marks (tenant_id uuid not null default kernel.current_tenant(), number int not null, process int not null);
        select kernel.tenant_wall('marks.marks');
        """)]);

    protected TenantId Ada { get; } = TenantId.New();

    protected TestDatabase Test { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Test = await TestDatabase.CreateAsync(Marks);

    public async ValueTask DisposeAsync()
    {
        await Test.DisposeAsync();
        await services.DisposeAsync();
    }

    internal async Task<Guid> Ask(JobKind<Number> kind, int number, JobRequest? request = null)
    {
        await using var session = await Test.Database.BeginAsync(Ada, Cancel);
        var id = await session.EnqueueAsync(kind, new Number(number), request, Cancel);
        await session.CommitAsync(Cancel);
        return id;
    }

    protected async Task<JobStatus> Look(Guid id)
    {
        await using var session = await Test.Database.BeginAsync(Ada, Cancel);
        return await session.FindJobAsync(id, Cancel);
    }

    protected Task Until(Guid id, string state) => Eventually.Happens(async () => (await Look(id)).State == state);

    /// <summary>Makes waiting jobs due at once, so that no test waits for a pause.</summary>
    protected async Task Hurry()
    {
        await using var super = await Test.OpenSuperAsync();
        await super.ExecuteAsync("update kernel.jobs set run_at = now() where state = 'waiting'");
        Test.Database.Bell.Ring(JobQueue.QueueTopic("deployment"));
    }

    /// <summary>Runs a node with these handlers while <paramref name="story"/> goes on, then stops it.</summary>
    protected async Task WithNode(JobHandler[] handlers, Func<Task> story, JobRunnerOptions? options = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var node = await Test.OpenSecondNodeAsync(Marks);
        var running = new JobRunner(node, handlers, services, options).RunAsync(stop.Token);
        await story();
        await stop.CancelAsync();
        await running;
    }
}
