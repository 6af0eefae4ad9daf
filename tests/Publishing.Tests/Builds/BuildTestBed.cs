using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Testing;

namespace Rialto.Publishing.Tests;

/// <summary>A real repository, and nodes that build it.</summary>
public abstract class BuildTestBed : PublishingTestBed
{
    protected TestRepository Repository { get; } = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Repository.Dispose();
    }

    /// <summary>Asks for a build, as a push would; the site is made by the first.</summary>
    protected async Task<SitePublication> Push()
    {
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        var asked = await Service<ISitePublishing>().PublishAsync(session, Repository.Path, "lantern", Cancel);
        await session.CommitAsync(Cancel);
        return asked;
    }

    /// <summary>Announces one commit of one branch.</summary>
    protected async Task Pushed(string branch, string commit)
    {
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        await Service<ISitePublishing>().PushedAsync(session, Repository.Path, branch, commit, Cancel);
        await session.CommitAsync(Cancel);
    }

    /// <summary>Runs a node while <paramref name="story"/> goes on.</summary>
    protected async Task WithNode(Func<Task> story)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = new JobRunner(Test.Database, Host.Services.GetServices<JobHandler>(), Host.Services).RunAsync(stop.Token);
        await story();
        await stop.CancelAsync();
        await running;
    }

    /// <summary>Waits until nothing waits or runs.</summary>
    protected Task Quiet() => Eventually.Happens(async () => await Ask<int>("select count(*)::int from kernel.jobs where state in ('waiting', 'running')") == 0);
}
