using System.Diagnostics;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>The attempt that runs: who asks, how often it was tried, and ways to report and to finish.</summary>
public sealed class Job
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(300);
    private readonly Database database;
    private long reportedAt;

    internal Job(Database database, ClaimedJob claimed) => (this.database, Claimed) = (database, claimed);

    /// <summary>The job's id, the same at every attempt.</summary>
    public Guid Id => Claimed.Id;

    /// <summary>Whose.</summary>
    public TenantId Tenant => Claimed.Tenant;

    /// <summary>1 for the first attempt.</summary>
    public int Attempt => Claimed.Attempt;

    internal ClaimedJob Claimed { get; }

    internal bool IsCompleted { get; private set; }

    /// <summary>
    /// Begins a transaction of the job's tenant. Keep it short: commit often, or work first and write at the end.
    /// An open writing transaction holds back the readers of events.
    /// </summary>
    public async Task<TenantSession> BeginAsync(CancellationToken cancel = default)
    {
        var session = await database.BeginAsync(Tenant, cancel);
        session.Actor = "job:" + Id.ToString("D");
        session.Operation = Claimed.Kind;
        return session;
    }

    /// <summary>
    /// Marks the job done inside <paramref name="session"/>: what the session writes and the end of the job become true together,
    /// exactly once, even when this node is killed in between. Commit the session afterwards.
    /// </summary>
    /// <exception cref="OperationCanceledException">The lease was lost: the job is another node's now and nothing of this session may last.</exception>
    public async Task CompleteAsync(TenantSession session, CancellationToken cancel = default)
    {
        await using var command = new NpgsqlCommand(
            """
            update kernel.jobs set state = 'done', finished_at = clock_timestamp(), lease = null, lease_until = null, progress = 1
            where tenant_id = $1 and id = $2 and lease = $3 and state = 'running'
            """, session.Connection);
        command.Parameters.AddWithValue(Tenant.Value);
        command.Parameters.AddWithValue(Id);
        command.Parameters.AddWithValue(Claimed.Lease);
        if (await command.ExecuteNonQueryAsync(cancel) == 0) throw new OperationCanceledException("The lease on the job was lost.");
        session.AfterCommit(() => IsCompleted = true);
    }

    /// <summary>Says how far it is, from 0 to 1, and what it does. Calls that come faster than three a second are passed over, except the last step.</summary>
    public async Task ReportAsync(double fraction, string note, CancellationToken cancel = default)
    {
        var now = Stopwatch.GetTimestamp();
        if (fraction < 1 && reportedAt != 0 && Stopwatch.GetElapsedTime(reportedAt, now) < BetweenReports) return;
        reportedAt = now;
        await using var session = await database.BeginAsync(Tenant, cancel);
        await using var command = new NpgsqlCommand(
            "update kernel.jobs set progress = $4, progress_note = $5 where tenant_id = $1 and id = $2 and lease = $3", session.Connection);
        command.Parameters.AddWithValue(Tenant.Value);
        command.Parameters.AddWithValue(Id);
        command.Parameters.AddWithValue(Claimed.Lease);
        command.Parameters.AddWithValue((float)Math.Clamp(fraction, 0, 1));
        command.Parameters.AddWithValue(note);
        await command.ExecuteNonQueryAsync(cancel);
        await session.CommitAsync(cancel);
        database.Bell.Ring(JobQueue.ProgressTopic(Id));
    }
}

/// <summary>A job as a worker holds it.</summary>
internal sealed record ClaimedJob(
    TenantId Tenant, Guid Id, Guid Lease, string Kind, string Payload, int Attempt, int MaxAttempts, double TimeoutSeconds, string? TraceParent);
