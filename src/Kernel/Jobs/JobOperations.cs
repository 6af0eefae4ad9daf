using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Rialto.Kernel;

/// <summary>Jobs as operations: look, cancel, try again.</summary>
internal static class JobOperations
{
    private static readonly RefusalNote NotFound = new("jobs.not_found", 404, "there is no such job");

    private static readonly Listing<JobStatus> Jobs = new(
        "kernel.jobs", "id, queue, kind, state, attempts, max_attempts, progress, progress_note, error_code, error, created_at, run_at, started_at, finished_at",
        row => new JobStatus
        {
            Id = row.GetGuid(0), Queue = row.GetString(1), Kind = row.GetString(2), State = row.GetString(3), Attempts = row.GetInt32(4), MaxAttempts = row.GetInt32(5),
            Progress = row.IsDBNull(6) ? null : row.GetFloat(6), ProgressNote = row.IsDBNull(7) ? null : row.GetString(7),
            ErrorCode = row.IsDBNull(8) ? null : row.GetString(8), Error = row.IsDBNull(9) ? null : row.GetString(9), CreatedAt = row.GetDateTime(10), RunAt = row.GetDateTime(11),
            StartedAt = row.IsDBNull(12) ? null : row.GetDateTime(12), FinishedAt = row.IsDBNull(13) ? null : row.GetDateTime(13),
        },
        [("createdAt", "created_at", "timestamptz"), ("runAt", "run_at", "timestamptz")],
        [("state", "state", "text"), ("queue", "queue", "text"), ("kind", "kind", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/jobs", List).As(new Operation("jobs.list", "jobs.read", "Lists jobs, newest first."));
        routes.MapGet("/api/v1/jobs/{id:guid}", Get).As(new Operation("jobs.get", "jobs.read", "Shows one job.") { Refusals = [NotFound] });
        routes.MapPost("/api/v1/jobs/{id:guid}/cancel", Cancel).As(new Operation("jobs.cancel", "jobs.write", "Cancels a job that waits or runs.") { Changes = true, Refusals = [NotFound] });
        routes.MapPost("/api/v1/jobs/{id:guid}/retry", Retry).As(new Operation("jobs.retry", "jobs.write", "Brings a failed or cancelled job back.")
        {
            Changes = true, Refusals = [NotFound, new RefusalNote("jobs.not_ended", 409, "it waits, runs or is done")],
        });
    }

    private static async Task<Ok<Page<JobStatus>>> List([AsParameters] PageQuery page, string? state, string? queue, string? kind, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await Jobs.ReadAsync(session, page, new Dictionary<string, string?> { ["state"] = state, ["queue"] = queue, ["kind"] = kind }, cancel));

    private static async Task<Ok<JobStatus>> Get(Guid id, TenantSession session, CancellationToken cancel) => TypedResults.Ok(await session.FindJobAsync(id, cancel));

    private static async Task<Ok<JobStatus>> Cancel(Guid id, TenantSession session, CancellationToken cancel)
    {
        await session.CancelJobAsync(id, cancel);
        return TypedResults.Ok(await session.FindJobAsync(id, cancel));
    }

    private static async Task<Ok<JobStatus>> Retry(Guid id, TenantSession session, CancellationToken cancel)
    {
        await session.RetryJobAsync(id, cancel);
        return TypedResults.Ok(await session.FindJobAsync(id, cancel));
    }
}
