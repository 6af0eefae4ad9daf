using System.Collections.Concurrent;
using Dapper;
using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class JobTests : JobTestBed
{
    [Fact]
    public void The_queues_are_those_of_the_definition() => QueueDefinition.All.Take(4).ShouldBe(
    [
        new("ai_analysis", QueuePriority.High, 4, 30), new("deployment", QueuePriority.High, 8, 60),
        new("video_generation", QueuePriority.Medium, 2, 300), new("commission_tracking", QueuePriority.Low, 2, 10),
    ]);

    [Fact]
    public async Task A_job_exists_exactly_when_its_transaction_does()
    {
        var done = new ConcurrentQueue<int>();
        await using (var session = await Test.Database.BeginAsync(Ada, Cancel)) await session.EnqueueAsync(Work, new Number(1), cancel: Cancel);
        var id = await Ask(Work, 2);
        await WithNode([Doing(done)], () => Until(id, "done"));
        done.ShouldBe([2]);
    }

    [Fact]
    public async Task Another_tenant_can_neither_see_nor_cancel_it()
    {
        var id = await Ask(Work, 1);
        await using var session = await Test.Database.BeginAsync(TenantId.New(), Cancel);
        (await Should.ThrowAsync<Refusal>(() => session.FindJobAsync(id, Cancel))).Code.ShouldBe("jobs.not_found");
        (await Should.ThrowAsync<Refusal>(() => session.CancelJobAsync(id, Cancel))).Code.ShouldBe("jobs.not_found");
    }

    [Fact]
    public async Task Many_jobs_on_three_nodes_are_each_done_once()
    {
        var done = new ConcurrentQueue<int>();
        await using (var session = await Test.Database.BeginAsync(Ada, Cancel))
        {
            await session.EnqueueManyAsync(Work, Enumerable.Range(0, 1500).Select(number => new Number(number)), Cancel);
            await session.CommitAsync(Cancel);
        }
        await WithNode([Doing(done)], () => WithNode([Doing(done)], () => WithNode([Doing(done)], () => Eventually.Happens(() => done.Count >= 1500))));
        done.Order().ShouldBe(Enumerable.Range(0, 1500));
    }

    [Fact]
    public async Task More_urgent_jobs_go_first()
    {
        var done = new ConcurrentQueue<int>();
        var kind = Work with { Queue = "video_generation" };
        for (var number = 0; number < 6; number++) await Ask(kind, number, new JobRequest { Priority = number < 3 ? QueuePriority.Low : QueuePriority.High });
        await WithNode([Doing(done, kind)], () => Eventually.Happens(() => done.Count == 6));
        done.Take(2).ShouldAllBe(number => number >= 3);
        done.TakeLast(2).ShouldAllBe(number => number < 3);
    }

    [Fact]
    public async Task A_job_for_later_waits()
    {
        var done = new ConcurrentQueue<int>();
        var later = await Ask(Work, 1, new JobRequest { RunAt = DateTimeOffset.UtcNow.AddHours(1) });
        var now = await Ask(Work, 2);
        await WithNode([Doing(done)], async () =>
        {
            await Until(now, "done");
            (await Look(later)).State.ShouldBe("waiting");
            await Hurry();
            await Until(later, "done");
        });
        done.ShouldBe([2, 1]);
    }

    [Fact]
    public async Task A_bug_is_tried_again_and_at_last_given_up_and_can_be_retried_by_hand()
    {
        var tries = 0;
        var id = await Ask(Work with { MaxAttempts = 3 }, 1);
        var failing = JobHandler.For(Work, (_, _, _) => ++tries <= 3 ? throw new InvalidOperationException("broken") : Task.CompletedTask);
        await WithNode([failing], async () =>
        {
            await Eventually.Happens(async () => { await Hurry(); return (await Look(id)).State == "failed"; });
            var status = await Look(id);
            (status.Attempts, status.ErrorCode, status.Error).ShouldBe((3, "bug", "broken"));
            await using (var session = await Test.Database.BeginAsync(Ada, Cancel))
            {
                await session.RetryJobAsync(id, Cancel);
                await session.CommitAsync(Cancel);
            }
            await Until(id, "done");
        });
        tries.ShouldBe(4);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again_unless_its_status_says_so()
    {
        var final = await Ask(Work, 1);
        var busy = await Ask(Work, 2);
        var refusing = JobHandler.For(Work, (payload, _, _) => throw new Refusal("test.no", "No.", payload.Value == 1 ? 422 : 503));
        await WithNode([refusing], async () =>
        {
            await Until(final, "failed");
            await Eventually.Happens(async () => (await Look(busy)) is { State: "waiting", Attempts: > 0 });
        });
        (await Look(final)).ErrorCode.ShouldBe("test.no");
        (await Look(busy)).RunAt.ShouldBeGreaterThan((await Look(busy)).StartedAt!.Value);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_stopped_even_when_it_does_not_listen()
    {
        var id = await Ask(Work with { MaxAttempts = 1 }, 1, new JobRequest { TimeoutSeconds = 0.2 });
        var deaf = JobHandler.For(Work, (_, _, _) => Task.Delay(Timeout.Infinite, CancellationToken.None));
        await WithNode([deaf], () => Until(id, "failed"));
        (await Look(id)).ErrorCode.ShouldBe("jobs.timeout");
    }

    [Fact]
    public async Task A_waiting_job_that_is_cancelled_never_starts_and_a_running_one_is_told()
    {
        var started = new TaskCompletionSource();
        var running = await Ask(Work, 1);
        await WithNode([JobHandler.For(Work, async (_, _, cancel) => { started.SetResult(); await Task.Delay(Timeout.Infinite, cancel); })], async () =>
        {
            await started.Task;
            (await CancelJob(running)).ShouldBeTrue();
            await Until(running, "cancelled");
            (await CancelJob(running)).ShouldBeFalse();
        });
        var waiting = await Ask(Work, 2);
        await CancelJob(waiting);
        (await Look(waiting)).State.ShouldBe("cancelled");
    }

    [Fact]
    public async Task While_one_with_the_same_key_waits_asking_again_gives_that_one()
    {
        var request = new JobRequest { DedupeKey = "site-1" };
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Ask(Work, number, request)));
        ids.Distinct().ShouldHaveSingleItem();
        var done = new ConcurrentQueue<int>();
        await WithNode([Doing(done)], () => Until(ids[0], "done"));
        (await Ask(Work, 99, request)).ShouldNotBe(ids[0]);
    }

    [Fact]
    public async Task Jobs_with_the_same_exclusive_key_never_run_together_on_any_node()
    {
        int now = 0, most = 0, ended = 0;
        for (var number = 0; number < 12; number++) await Ask(Work, number, new JobRequest { ExclusiveKey = "site-1" });
        var alone = JobHandler.For(Work, async (_, _, cancel) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(5, cancel);
            Interlocked.Decrement(ref now);
            Interlocked.Increment(ref ended);
        });
        await WithNode([alone], () => WithNode([alone], () => Eventually.Happens(() => { Test.Database.Bell.Ring("jobs:deployment"); return ended == 12; })));
        most.ShouldBe(1);
    }

    [Fact]
    public async Task Progress_can_be_seen_while_it_runs()
    {
        var look = new TaskCompletionSource();
        var id = await Ask(Work, 1);
        var reporting = JobHandler.For(Work, async (_, job, cancel) =>
        {
            await job.ReportAsync(0.5, "half way", cancel);
            await look.Task.WaitAsync(cancel);
        });
        await WithNode([reporting], async () =>
        {
            await Eventually.Happens(async () => (await Look(id)) is { Progress: 0.5f, ProgressNote: "half way" });
            look.SetResult();
            await Until(id, "done");
        });
    }

    [Fact]
    public async Task A_stopping_node_gives_back_what_it_runs_without_counting_the_attempt()
    {
        var started = new TaskCompletionSource();
        var id = await Ask(Work, 1);
        var endless = JobHandler.For(Work, async (_, _, cancel) => { started.TrySetResult(); await Task.Delay(Timeout.Infinite, cancel); });
        await WithNode([endless], () => started.Task, new JobRunnerOptions { StopPatienceSeconds = 0.1 });
        var status = await Look(id);
        (status.State, status.Attempts).ShouldBe(("waiting", 0));
    }

    private async Task<bool> CancelJob(Guid id)
    {
        await using var session = await Test.Database.BeginAsync(Ada, Cancel);
        var cancelled = await session.CancelJobAsync(id, Cancel);
        await session.CommitAsync(Cancel);
        return cancelled;
    }

    private static JobHandler Doing(ConcurrentQueue<int> done, JobKind<Number>? kind = null) => JobHandler.For(kind ?? Work, (payload, _, _) =>
    {
        done.Enqueue(payload.Value);
        return Task.CompletedTask;
    });
}
