using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Rialto.Kernel;

/// <summary>The statements workers live by, across tenants.</summary>
internal sealed class JobStore(Database database, string node)
{
    /// <summary>Takes up to <paramref name="count"/> waiting jobs of the kinds this node knows.</summary>
    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(string queue, string[] kinds, int count, double leaseSeconds, CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        await using var command = new NpgsqlCommand(
            """
            with candidates as (
              select tenant_id, id, exclusive_key from kernel.jobs j
              where queue = $1 and state = 'waiting' and run_at <= clock_timestamp() and kind = any ($2)
                and (exclusive_key is null or not exists (
                  select from kernel.jobs r where r.tenant_id = j.tenant_id and r.queue = j.queue and r.exclusive_key = j.exclusive_key and r.state = 'running'))
              order by priority, run_at limit $3 for update skip locked),
            chosen as (
              select tenant_id, id, row_number() over (partition by tenant_id, coalesce(exclusive_key, id::text)) as place from candidates)
            update kernel.jobs j set state = 'running', lease = $4, lease_until = clock_timestamp() + make_interval(secs => $5), node = $6,
              attempts = attempts + 1, started_at = clock_timestamp(), progress = null, progress_note = null
            from chosen c where j.tenant_id = c.tenant_id and j.id = c.id and c.place = 1
            returning j.tenant_id, j.id, j.kind, j.payload::text, j.attempts, j.max_attempts, j.timeout_seconds, j.trace_parent, j.priority, j.run_at
            """, connection);
        var lease = Guid.NewGuid();
        command.Parameters.AddWithValue(queue);
        command.Parameters.AddWithValue(kinds);
        command.Parameters.AddWithValue(count);
        command.Parameters.AddWithValue(lease);
        command.Parameters.AddWithValue(leaseSeconds);
        command.Parameters.AddWithValue(node);
        try
        {
            var claimed = new List<(short Priority, DateTime RunAt, ClaimedJob Job)>();
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
                claimed.Add((row.GetInt16(8), row.GetDateTime(9), new ClaimedJob(
                    new TenantId(row.GetGuid(0)), row.GetGuid(1), lease, row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5),
                    row.GetDouble(6), row.IsDBNull(7) ? null : row.GetString(7))));
            // RETURNING has no order of its own.
            return [.. claimed.OrderBy(job => job.Priority).ThenBy(job => job.RunAt).Select(job => job.Job)];
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another node began a job with the same exclusive key in the same moment. Nothing was taken; the next look sees it run.
            return [];
        }
    }

    /// <summary>When the next job of the queue comes due; null when none waits.</summary>
    public async Task<TimeSpan?> NextDueAsync(string queue, CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        var seconds = await connection.ExecuteScalarAsync<double?>(
            "select extract(epoch from min(run_at) - clock_timestamp())::float8 from kernel.jobs where queue = @queue and state = 'waiting' and run_at > clock_timestamp()", new { queue });
        return seconds is { } due ? TimeSpan.FromSeconds(Math.Clamp(due, 0, 3600)) : null;
    }

    /// <summary>Marks jobs done whose leases still hold.</summary>
    public Task CompleteAsync(IReadOnlyCollection<ClaimedJob> jobs, CancellationToken cancel) => ForEachAsync(jobs,
        """
        update kernel.jobs j set state = 'done', finished_at = clock_timestamp(), lease = null, lease_until = null, progress = 1
        from unnest($1, $2, $3) as d(tenant_id, id, lease)
        where j.tenant_id = d.tenant_id and j.id = d.id and j.lease = d.lease and j.state = 'running' returning j.id, false
        """, cancel);

    /// <summary>Prolongs leases. Returns the jobs still held, each with whether it was asked to stop; what is not among them was lost.</summary>
    public Task<Dictionary<Guid, bool>> ProlongAsync(IReadOnlyCollection<ClaimedJob> jobs, double leaseSeconds, CancellationToken cancel) => ForEachAsync(jobs,
        FormattableString.Invariant($"""
        update kernel.jobs j set lease_until = clock_timestamp() + make_interval(secs => {leaseSeconds})
        from unnest($1, $2, $3) as d(tenant_id, id, lease)
        where j.tenant_id = d.tenant_id and j.id = d.id and j.lease = d.lease and j.state = 'running' returning j.id, j.cancel_requested
        """), cancel);

    /// <summary>Puts jobs back as if they had never been taken: the node stops.</summary>
    public Task ReleaseAsync(IReadOnlyCollection<ClaimedJob> jobs, CancellationToken cancel) => ForEachAsync(jobs,
        """
        update kernel.jobs j set state = 'waiting', attempts = greatest(0, attempts - 1), lease = null, lease_until = null, dedupe_key = null
        from unnest($1, $2, $3) as d(tenant_id, id, lease)
        where j.tenant_id = d.tenant_id and j.id = d.id and j.lease = d.lease and j.state = 'running' returning j.id, false
        """, cancel);

    /// <summary>Writes a failed attempt down: to be tried after <paramref name="retryAfter"/>, or given up when that is null.</summary>
    public async Task FailAsync(ClaimedJob job, string code, string words, TimeSpan? retryAfter, bool cancelled, CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        await using var command = new NpgsqlCommand(
            """
            update kernel.jobs set lease = null, lease_until = null, error_code = $4, error = left($5, 4000), dedupe_key = null,
              state = $6, run_at = case when $6 = 'waiting' then clock_timestamp() + make_interval(secs => $7) else run_at end,
              finished_at = case when $6 = 'waiting' then null else clock_timestamp() end
            where tenant_id = $1 and id = $2 and lease = $3 and state = 'running'
            """, connection);
        command.Parameters.AddWithValue(job.Tenant.Value);
        command.Parameters.AddWithValue(job.Id);
        command.Parameters.AddWithValue(job.Lease);
        command.Parameters.AddWithValue(code);
        command.Parameters.AddWithValue(words);
        command.Parameters.AddWithValue(cancelled ? "cancelled" : retryAfter is null ? "failed" : "waiting");
        command.Parameters.AddWithValue(retryAfter?.TotalSeconds ?? 0);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Takes back the jobs whose leases ran out with their nodes. Returns the queues that have work again.</summary>
    public async Task<IReadOnlyList<string>> ReclaimAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        var queues = await connection.QueryAsync<string>(new CommandDefinition(
            """
            update kernel.jobs j set lease = null, lease_until = null, dedupe_key = null, error_code = 'jobs.worker_lost', error = 'The node that ran it vanished.',
              state = case when cancel_requested then 'cancelled' when attempts >= max_attempts then 'failed' else 'waiting' end,
              finished_at = case when cancel_requested or attempts >= max_attempts then clock_timestamp() end
            from (select tenant_id, id from kernel.jobs where state = 'running' and lease_until < clock_timestamp() limit 500 for update skip locked) lost
            where j.tenant_id = lost.tenant_id and j.id = lost.id returning queue
            """, cancellationToken: cancel));
        return [.. queues.Distinct()];
    }

    /// <summary>Removes ended jobs older than <paramref name="days"/> days, some thousands at a time; failed ones stay until a person decides.</summary>
    public async Task<int> ForgetAsync(int days, CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from kernel.jobs j using (
              select tenant_id, id from kernel.jobs where state in ('done', 'cancelled') and finished_at < now() - make_interval(days => @days) limit 5000) old
            where j.tenant_id = old.tenant_id and j.id = old.id
            """, new { days }, cancellationToken: cancel));
    }

    private async Task<Dictionary<Guid, bool>> ForEachAsync(IReadOnlyCollection<ClaimedJob> jobs, string sql, CancellationToken cancel)
    {
        var touched = new Dictionary<Guid, bool>(jobs.Count);
        if (jobs.Count == 0) return touched;
        await using var connection = await database.OpenSystemAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (Guid[] column in new[] { jobs.Select(job => job.Tenant.Value).ToArray(), jobs.Select(job => job.Id).ToArray(), jobs.Select(job => job.Lease).ToArray() })
            command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Uuid, column);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) touched[row.GetGuid(0)] = row.GetBoolean(1);
        return touched;
    }
}
