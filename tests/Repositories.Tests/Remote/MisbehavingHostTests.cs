using Microsoft.AspNetCore.Http;
using System.Security.Cryptography;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Remote;

/// <summary>Hosts that lead elsewhere, stall, break off or send too much: each ends in a refusal that says so, and nothing stays behind.</summary>
public sealed class MisbehavingHostTests
{
    [Fact]
    public async Task Private_hosts_are_refused_by_default_before_anything_is_sent()
    {
        await using var bench = await BenchAsync();
        bench.Limits = new SourceLimits();
        await bench.RefusedAsync(bench.Host.Url("acme/rocket.git"), "source.private_host");
        await bench.RefusedAsync($"https://127.0.0.1:{bench.Host.Port}/acme/rocket.git", "source.private_host");
        bench.Host.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(301, false)]
    [InlineData(307, true)]
    public async Task Redirects_are_refused_wherever_they_lead(int status, bool onlyFetches)
    {
        await using var bench = await BenchAsync();
        await using var other = await RemoteBench.StartAsync();
        foreach (var target in (string[])[bench.Host.Url("moved"), $"https://127.0.0.1:{other.Host.Port}", other.Host.Url("elsewhere"), $"http://localhost:{other.Host.Port}", "http://169.254.169.254", "file:///etc"])
        {
            bench.Host.Asked.Clear();
            bench.Host.Misbehaviour = Misbehaviours.Redirect(target, status, onlyFetches);
            await bench.RefusedAsync(bench.Host.Url("acme/rocket.git"), "repository.redirected");
            bench.Host.Asked.ShouldAllBe(asked => asked.Path.StartsWith("/acme/rocket.git/"));
        }
        other.Host.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_that_wants_the_name_with_git_at_its_end_is_asked_for_that()
    {
        await using var bench = await BenchAsync();
        bench.Host.Misbehaviour = (context, honestly) => context.Request.Path.StartsWithSegments("/acme/rocket.git") ? honestly() : Misbehaviours.Redirect("https://evil.example")(context, honestly);
        await using var tree = await bench.OpenAsync(bench.Host.Url("acme/rocket"));
        tree.Entries.Count.ShouldBe(1);
        tree.Identity.Source.ShouldBe(bench.Host.Url("acme/rocket"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_host_that_stalls_is_given_up_when_the_time_is_over(bool onlyFetches)
    {
        await using var bench = await BenchAsync();
        bench.Limits = bench.Limits with { FetchTimeoutSeconds = 3 };
        bench.Host.Misbehaviour = Misbehaviours.Stall(onlyFetches);
        var refusal = await bench.RefusedAsync(bench.Host.Url("acme/rocket.git"), "repository.fetch_timeout");
        refusal.Message.ShouldContain("RIALTO_FETCH_TIMEOUT_SECONDS");
        refusal.Details["value"].ShouldBe("3");
    }

    [Fact]
    public async Task A_fetch_is_stopped_while_it_comes_when_it_grows_over_its_limit()
    {
        await using var bench = await BenchAsync(sizeBytes: 24 * 1024 * 1024);
        bench.Limits = bench.Limits with { MaxFetchBytes = 1024 * 1024 };
        var stopped = new TaskCompletionSource();
        // After four megabytes the host stops without an end: only a limit that is watched during the fetch can refuse it.
        bench.Host.Misbehaviour = Misbehaviours.StallAfter(4 * 1024 * 1024, stopped);
        var refusal = await bench.RefusedAsync(bench.Host.Url("acme/rocket.git"), "repository.fetch_too_large");
        refusal.Message.ShouldContain("RIALTO_MAX_FETCH_BYTES");
        await stopped.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_history_that_does_not_come_costs_the_history_and_not_the_files()
    {
        await using var bench = await BenchAsync();
        var broken = 0;
        bench.Host.Misbehaviour = async (context, honestly) =>
        {
            if (!await Misbehaviours.IsFetchAsync(context.Request, "filter tree:0"))
            {
                await honestly();
                return;
            }
            Interlocked.Increment(ref broken);
            context.Abort();
        };
        await using var tree = await bench.OpenAsync(bench.Host.Url("acme/rocket.git"));
        broken.ShouldBeGreaterThan(0);
        tree.Entries.Count.ShouldBe(1);
        tree.Identity.IsShallow.ShouldBeTrue();
        (await tree.LogAsync(10, TestContext.Current.CancellationToken)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Files_that_do_not_come_end_the_fetch_of_the_history_before_its_folder_goes()
    {
        await using var bench = await BenchAsync();
        var ended = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        bench.Host.Misbehaviour = async (context, honestly) =>
        {
            if (!await Misbehaviours.IsFetchAsync(context.Request)) await honestly();
            else if (await Misbehaviours.IsFetchAsync(context.Request, "filter tree:0"))
            {
                begun.TrySetResult();
                try
                {
                    await Misbehaviours.Stall()(context, honestly);
                }
                finally
                {
                    ended.TrySetResult();
                }
            }
            else
            {
                await begun.Task;
                context.Abort();
            }
        };
        await bench.RefusedAsync(bench.Host.Url("acme/rocket.git"), "repository.unreachable");
        await ended.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task A_connection_that_breaks_off_is_a_refusal(int afterBytes)
    {
        await using var bench = await BenchAsync(sizeBytes: 8 * 1024 * 1024);
        bench.Host.Misbehaviour = Misbehaviours.Drop(afterBytes);
        (await bench.RefusedAsync(bench.Host.Url("acme/rocket.git"), "repository.unreachable")).Message.ShouldContain("connection broke");
    }

    [Fact]
    public async Task Garbage_is_a_refusal_that_cannot_steer_the_terminal()
    {
        await using var bench = await BenchAsync();
        bench.Host.Misbehaviour = Misbehaviours.Garbage();
        var refusal = await bench.RefusedAsync(bench.Host.Url("acme/rocket.git"), "repository.unreachable");
        refusal.Message.Any(char.IsControl).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_a_refusal()
    {
        await using var bench = await BenchAsync();
        var url = bench.Host.Url("acme/rocket.git");
        await bench.Host.StopAsync();
        await bench.RefusedAsync(url, "repository.unreachable");
    }

    [Fact]
    public async Task A_cancelled_fetch_leaves_nothing()
    {
        await using var bench = await BenchAsync();
        using var stop = new CancellationTokenSource();
        bench.Host.Misbehaviour = async (context, honestly) =>
        {
            if (!await Misbehaviours.IsFetchAsync(context.Request))
            {
                await honestly();
                return;
            }
            await stop.CancelAsync();
            await Misbehaviours.Stall()(context, honestly);
        };
        await Should.ThrowAsync<OperationCanceledException>(bench.OpenAsync(bench.Host.Url("acme/rocket.git"), stop.Token));
        bench.Leftovers.ShouldBeEmpty();
    }

    private static async Task<RemoteBench> BenchAsync(int sizeBytes = 100)
    {
        var bench = await RemoteBench.StartAsync();
        using var repository = new TestRepository().Write("a.bin", RandomNumberGenerator.GetBytes(sizeBytes));
        repository.Commit();
        bench.Host.Publish(repository, "acme/rocket.git");
        return bench;
    }
}
