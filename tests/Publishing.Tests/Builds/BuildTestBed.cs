using System.Diagnostics;
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
    protected async Task<SitePublication> Push(string name = "lantern")
    {
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        var asked = await Service<ISitePublishing>().PublishAsync(session, Repository.Path, name, Cancel);
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
    protected async Task WithNode(Func<Task> story, JobRunnerOptions? options = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = new JobRunner(Test.Database, Host.Services.GetServices<JobHandler>(), Host.Services, options).RunAsync(stop.Token);
        await story();
        await stop.CancelAsync();
        await running;
    }

    /// <summary>Starts a node that only builds, as a process of its own that can be killed.</summary>
    protected async Task<Process> StartNode()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "PublishingNode", "bin", configuration, "net10.0", "Rialto.PublishingNode"));
        var address = Test.Database.Address;
        var node = Process.Start(new ProcessStartInfo(program, [address.Owner, address.App, address.System, Path.Combine(Folder, "blobs"), "6"]) { RedirectStandardOutput = true })!;
        await node.StandardOutput.ReadLineAsync(Cancel);
        return node;
    }

    /// <summary>Kills it as the kernel does when memory is out.</summary>
    protected static async Task Kill(Process node)
    {
        node.Kill();
        await node.WaitForExitAsync(Cancel);
    }

    /// <summary>Waits until nothing waits or runs.</summary>
    protected Task Quiet() => Eventually.Happens(async () => await Ask<int>("select count(*)::int from kernel.jobs where state in ('waiting', 'running')") == 0);
}
