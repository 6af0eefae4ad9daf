using System.Text.Json;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Rialto.Kernel;

/// <summary>Asking for work and looking after it, as one tenant sees it.</summary>
public static class JobQueue
{
    internal static string QueueTopic(string queue) => "jobs:" + queue;

    internal static string ProgressTopic(Guid job) => "job:" + job.ToString("N");

    internal const string CancelTopic = "jobs.cancel";

    /// <summary>
    /// Asks for one job in the session's transaction: it exists exactly when that commits, and is begun soon after.
    /// Returns its id, or that of the waiting job with the same <see cref="JobRequest.DedupeKey"/>.
    /// </summary>
    public static async Task<Guid> EnqueueAsync<T>(this TenantSession session, JobKind<T> kind, T payload, JobRequest? request = null, CancellationToken cancel = default)
    {
        request ??= new JobRequest();
        var queue = QueueDefinition.Of(kind.Queue);
        await using var command = new NpgsqlCommand(
            """
            insert into kernel.jobs (id, queue, kind, payload, priority, run_at, max_attempts, timeout_seconds, dedupe_key, exclusive_key, trace_parent)
            values ($1, $2, $3, $4, $5, coalesce($6, now()), $7, $8, $9, $10, $11)
            on conflict (tenant_id, queue, dedupe_key) where state = 'waiting' and dedupe_key is not null
            do update set run_at = least(jobs.run_at, excluded.run_at)
            returning id
            """, session.Connection);
        command.Parameters.AddWithValue(Guid.CreateVersion7());
        command.Parameters.AddWithValue(kind.Queue);
        command.Parameters.AddWithValue(kind.Name);
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(payload, kind.Json));
        command.Parameters.AddWithValue((short)(request.Priority ?? queue.Priority));
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, (object?)request.RunAt?.ToUniversalTime() ?? DBNull.Value);
        command.Parameters.AddWithValue(kind.MaxAttempts);
        command.Parameters.AddWithValue(request.TimeoutSeconds ?? queue.TimeoutSeconds);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)request.DedupeKey ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)request.ExclusiveKey ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)RialtoTelemetry.TraceParent ?? DBNull.Value);
        var id = (Guid)(await command.ExecuteScalarAsync(cancel))!;
        var bell = session.Bell;
        session.AfterCommit(() => bell.Ring(QueueTopic(kind.Queue)));
        return id;
    }

    /// <summary>Asks for many jobs of one kind at once, without keys. One statement, whatever their number.</summary>
    public static async Task EnqueueManyAsync<T>(this TenantSession session, JobKind<T> kind, IEnumerable<T> payloads, CancellationToken cancel = default)
    {
        var queue = QueueDefinition.Of(kind.Queue);
        await using var command = new NpgsqlCommand(
            """
            insert into kernel.jobs (queue, kind, payload, priority, max_attempts, timeout_seconds, trace_parent)
            select $1, $2, payload, $3, $4, $5, $6 from unnest($7) as payload
            """, session.Connection);
        command.Parameters.AddWithValue(kind.Queue);
        command.Parameters.AddWithValue(kind.Name);
        command.Parameters.AddWithValue((short)queue.Priority);
        command.Parameters.AddWithValue(kind.MaxAttempts);
        command.Parameters.AddWithValue(queue.TimeoutSeconds);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)RialtoTelemetry.TraceParent ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Jsonb, payloads.Select(payload => JsonSerializer.Serialize(payload, kind.Json)).ToArray());
        await command.ExecuteNonQueryAsync(cancel);
        var bell = session.Bell;
        session.AfterCommit(() => bell.Ring(QueueTopic(kind.Queue)));
    }

    /// <summary>Cancels a job: one that waits never starts; one that runs is told to stop. Returns false when it had already ended.</summary>
    /// <exception cref="Refusal"><c>jobs.not_found</c>.</exception>
    public static async Task<bool> CancelJobAsync(this TenantSession session, Guid id, CancellationToken cancel = default)
    {
        var state = await session.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            """
            update kernel.jobs set cancel_requested = true,
              state = case state when 'waiting' then 'cancelled' else state end,
              finished_at = case state when 'waiting' then clock_timestamp() else finished_at end
            where tenant_id = @tenant and id = @id and state in ('waiting', 'running') returning state
            """, new { tenant = session.Tenant.Value, id }, cancellationToken: cancel));
        if (state is null)
        {
            await session.FindJobAsync(id, cancel);
            return false;
        }
        var bell = session.Bell;
        session.AfterCommit(() => bell.Ring(CancelTopic));
        return true;
    }

    /// <summary>Brings a job back that failed or was cancelled, with its attempts counted anew.</summary>
    /// <exception cref="Refusal"><c>jobs.not_found</c>; <c>jobs.not_ended</c> when it waits, runs or is done.</exception>
    public static async Task RetryJobAsync(this TenantSession session, Guid id, CancellationToken cancel = default)
    {
        var queue = await session.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            """
            update kernel.jobs set state = 'waiting', attempts = 0, run_at = now(), cancel_requested = false, dedupe_key = null,
              error = null, error_code = null, progress = null, progress_note = null, finished_at = null
            where tenant_id = @tenant and id = @id and state in ('failed', 'cancelled') returning queue
            """, new { tenant = session.Tenant.Value, id }, cancellationToken: cancel));
        if (queue is null)
        {
            var job = await session.FindJobAsync(id, cancel);
            throw new Refusal("jobs.not_ended", $"The job is {job.State}; only a failed or cancelled one can be tried again.", 409);
        }
        var bell = session.Bell;
        session.AfterCommit(() => bell.Ring(QueueTopic(queue)));
    }

    /// <summary>The job as it is now.</summary>
    /// <exception cref="Refusal"><c>jobs.not_found</c>.</exception>
    public static async Task<JobStatus> FindJobAsync(this TenantSession session, Guid id, CancellationToken cancel = default) =>
        await session.Connection.QuerySingleOrDefaultAsync<JobStatus>(new CommandDefinition(
            """
            select id, queue, kind, state, attempts, max_attempts as MaxAttempts, progress, progress_note as ProgressNote, error_code as ErrorCode, error,
                   created_at as CreatedAt, run_at as RunAt, started_at as StartedAt, finished_at as FinishedAt
            from kernel.jobs where tenant_id = @tenant and id = @id
            """, new { tenant = session.Tenant.Value, id }, cancellationToken: cancel))
        ?? throw new Refusal("jobs.not_found", "There is no such job; it may have been removed a week after its end.", 404);
}
