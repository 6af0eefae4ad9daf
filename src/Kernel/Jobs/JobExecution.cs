using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>Runs one attempt and writes down how it went wrong, when it does.</summary>
internal sealed partial class JobExecution(Database database, IServiceProvider services, JobStore store, ILogger logger)
{
    public async Task<JobEnd> RunAsync(HeldJob held, JobHandler handler, CancellationToken abort)
    {
        var claimed = held.Claimed;
        if (held.Reason == JobStop.LeaseLost) return JobEnd.Settled;
        using var activity = RialtoTelemetry.Continue("job " + claimed.Kind, claimed.TraceParent);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(held.Stopping, abort);
        limit.CancelAfter(TimeSpan.FromSeconds(claimed.TimeoutSeconds));
        var job = new Job(database, claimed);
        try
        {
            await using (var scope = services.CreateAsyncScope())
            {
                limit.Token.ThrowIfCancellationRequested();
                // A handler that does not look at its token is not waited for: its worker would be lost with it.
                await handler.RunAsync(scope.ServiceProvider, claimed.Payload, job, limit.Token).WaitAsync(limit.Token);
            }
            return job.IsCompleted ? JobEnd.Settled : JobEnd.Done;
        }
        catch (Exception failure)
        {
            if (job.IsCompleted) return JobEnd.Settled;
            if (held.Reason == JobStop.LeaseLost) return JobEnd.Settled;
            if (held.Reason == JobStop.Cancelled) return await WriteAsync(claimed, "jobs.cancelled", "It was cancelled.", null, cancelled: true);
            if (abort.IsCancellationRequested && failure is OperationCanceledException) return JobEnd.GiveBack;
            return await FailAsync(claimed, limit.IsCancellationRequested && failure is OperationCanceledException
                ? new Refusal("jobs.timeout", $"It took longer than {claimed.TimeoutSeconds:0.###} seconds.", 503)
                : failure);
        }
    }

    private async Task<JobEnd> FailAsync(ClaimedJob job, Exception failure)
    {
        var refusal = failure as Refusal;
        var mayHelp = refusal is null || refusal.Status is 429 or 503;
        TimeSpan? retryAfter = mayHelp && job.Attempt < job.MaxAttempts ? Later(Backoff.Delay(job.Attempt), refusal) : null;
        AttemptFailed(logger, refusal is null ? failure : null, job.Kind, job.Id, job.Attempt, refusal?.Code ?? "bug", failure.Message);
        return await WriteAsync(job, refusal?.Code ?? "bug", failure.Message, retryAfter, cancelled: false);
    }

    // Who refuses may say when it will not any more; asking before is worse than waiting.
    private static TimeSpan Later(TimeSpan backoff, Refusal? refusal) =>
        refusal?.Details.GetValueOrDefault(RateLimits.RetryAfterSeconds) is { } text && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, backoff.TotalSeconds, 3600)) : backoff;

    private async Task<JobEnd> WriteAsync(ClaimedJob job, string code, string words, TimeSpan? retryAfter, bool cancelled)
    {
        try
        {
            await store.FailAsync(job, code, Redaction.Clean(words), retryAfter, cancelled, CancellationToken.None);
        }
        catch (Exception lost) when (lost is NpgsqlException or Refusal { Code: "database.unreachable" })
        {
            // The lease runs out and says the same a little later.
        }
        return JobEnd.Settled;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {JobId} failed at attempt {Attempt} with {Code}: {Words}")]
    private static partial void AttemptFailed(ILogger logger, Exception? failure, string kind, Guid jobId, int attempt, string code, string words);
}
