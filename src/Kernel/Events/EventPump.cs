using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace Rialto.Kernel;

/// <summary>
/// Carries the log to one reader. Many nodes may run the same reader; an advisory lock lets one of them work at a time.
/// No transaction is open while the reader works, for its own sake: an open one would hold back what all readers may see.
/// </summary>
public sealed partial class EventPump(Database database, IEventReader reader, ILogger<EventPump>? logger = null)
{
    /// <summary>Failures after which an event is parked and the reader goes on.</summary>
    public const int MostAttempts = 8;

    private const int BatchSize = 200;

    // A filter may pass over many events; the cursor then follows the horizon now and then, so that they are not scanned again.
    private const ulong LagBeforeSkip = 1000;
    private readonly ILogger logger = logger ?? NullLogger<EventPump>.Instance;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(5), Elsewhere = TimeSpan.FromSeconds(1);

    /// <summary>Reads until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var heard = database.Bell.Count(EventLog.Topic);
                var (handled, wait) = await RunOnceAsync(cancel);
                if (handled == 0) await database.Bell.WaitAsync(EventLog.Topic, heard, wait, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or Refusal { Code: "database.unreachable" })
            {
                DatabaseLost(logger, reader.Name, failure.Message);
                await Task.Delay(Elsewhere, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Carries one batch. Returns how many events were handled and, when none, how long to wait at most.</summary>
    internal async Task<(int Handled, TimeSpan Wait)> RunOnceAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        if (!await connection.ExecuteScalarAsync<bool>("select pg_try_advisory_lock(hashtextextended('reader ' || @Name, 0))", reader)) return (0, Elsewhere);
        try
        {
            return await PumpAsync(connection, cancel);
        }
        finally
        {
            if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
                await connection.ExecuteAsync("select pg_advisory_unlock(hashtextextended('reader ' || @Name, 0))", reader);
        }
    }

    private async Task<(int, TimeSpan)> PumpAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await connection.ExecuteAsync("insert into kernel.event_cursors (reader) values (@Name) on conflict do nothing", reader);
        var state = await ReadStateAsync(connection, cancel);
        if (state.Wait > TimeSpan.Zero) return (0, state.Wait);

        IReadOnlyList<RecordedEvent> batch;
        await using (var command = EventLog.Select(connection, $"transaction < {EventLog.Horizon}", state.Cursor, BatchSize, reader.Kinds))
            batch = await EventLog.ReadAllAsync(command, cancel);
        var done = new List<RecordedEvent>();
        foreach (var happened in batch)
        {
            if (await HandleAsync(happened, state, done, cancel) is not { } failure)
            {
                done.Add(happened);
                continue;
            }
            if (state.Attempts + 1 < MostAttempts || done.Count > 0)
            {
                // After a success in this batch the count starts again with the event that now comes first.
                var attempts = done.Count > 0 ? 1 : state.Attempts + 1;
                await SaveAsync(connection, done.Count > 0 ? done[^1].Cursor : state.Cursor, done, attempts, Backoff.Delay(attempts), failure);
                return (done.Count, TimeSpan.FromMilliseconds(100));
            }
            await ParkAsync(connection, happened, failure);
            done.Add(happened);
            state = state with { Attempts = 0 };
        }
        if (done.Count > 0) await SaveAsync(connection, done[^1].Cursor, done, 0, TimeSpan.Zero, null);
        else if (state.Horizon > state.Cursor.Transaction + LagBeforeSkip) await SaveAsync(connection, new EventCursor(state.Horizon, 0), done, 0, TimeSpan.Zero, null);
        // Something was committed but is still above the horizon when a bell rang: look again soon.
        return (done.Count, state.IsBehind ? TimeSpan.FromMilliseconds(50) : IdlePoll);
    }

    private async Task<Exception?> HandleAsync(RecordedEvent happened, State state, List<RecordedEvent> done, CancellationToken cancel)
    {
        using var activity = RialtoTelemetry.Continue("react " + reader.Name, happened.TraceParent);
        try
        {
            await using var session = await database.BeginAsync(happened.Tenant, cancel);
            session.Actor = happened.Actor;
            session.Operation = reader.Name;
            var isNew = await session.Connection.ExecuteAsync(
                "insert into kernel.event_receipts (reader, event_id) values (@Name, @Id) on conflict do nothing", new { reader.Name, happened.Id });
            if (isNew == 0) return null;
            await reader.HandleAsync(happened, session, cancel);
            await session.CommitAsync(cancel);
            return null;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested && failure is not Refusal { Code: "database.unreachable" })
        {
            ReactionFailed(logger, failure, reader.Name, happened.Name, happened.Id, done.Count > 0 ? 1 : state.Attempts + 1);
            return failure;
        }
    }

    private async Task<State> ReadStateAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select transaction, position, attempts, greatest(0, extract(epoch from retry_at - clock_timestamp()))::float8, {EventLog.Horizon},
                   exists (select from kernel.events where transaction >= {EventLog.Horizon})
            from kernel.event_cursors where reader = $1
            """, connection);
        command.Parameters.AddWithValue(reader.Name);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var wait = row.GetDouble(3);
        return new State(
            new EventCursor(row.GetFieldValue<ulong>(0), row.GetInt64(1)), row.GetInt32(2),
            double.IsFinite(wait) ? TimeSpan.FromSeconds(wait) : TimeSpan.Zero, row.GetFieldValue<ulong>(4), row.GetBoolean(5));
    }

    private async Task SaveAsync(NpgsqlConnection connection, EventCursor cursor, List<RecordedEvent> done, int attempts, TimeSpan delay, Exception? failure)
    {
        await using var command = new NpgsqlCommand(
            """
            with forgotten as (
              delete from kernel.event_receipts r using unnest($6, $7) as d(tenant_id, event_id)
              where r.tenant_id = d.tenant_id and r.reader = $1 and r.event_id = d.event_id)
            update kernel.event_cursors set transaction = $2, position = $3, attempts = $4,
              retry_at = clock_timestamp() + make_interval(secs => $5), error = $8, updated_at = clock_timestamp() where reader = $1
            """, connection);
        command.Parameters.AddWithValue(reader.Name);
        command.Parameters.AddWithValue(NpgsqlDbType.Xid8, cursor.Transaction);
        command.Parameters.AddWithValue(cursor.Position);
        command.Parameters.AddWithValue(attempts);
        command.Parameters.AddWithValue(delay.TotalSeconds);
        command.Parameters.AddWithValue(done.Select(happened => happened.Tenant.Value).ToArray());
        command.Parameters.AddWithValue(done.Select(happened => happened.Id).ToArray());
        command.Parameters.AddWithValue(NpgsqlDbType.Text, failure is null ? DBNull.Value : failure.Message);
        await command.ExecuteNonQueryAsync();
    }

    private Task ParkAsync(NpgsqlConnection connection, RecordedEvent happened, Exception failure) => connection.ExecuteAsync(
        """
        insert into kernel.event_parked (tenant_id, reader, event_id, attempts, error) values (@Tenant, @Name, @Id, @MostAttempts, @Message)
        on conflict (tenant_id, reader, event_id) do update set attempts = excluded.attempts, error = excluded.error, at = now()
        """, new { Tenant = happened.Tenant.Value, reader.Name, happened.Id, MostAttempts, failure.Message });

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reader} failed at {Event} {EventId}, attempt {Attempt}")]
    private static partial void ReactionFailed(ILogger logger, Exception failure, string reader, string @event, Guid eventId, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reader} lost the database: {Words}")]
    private static partial void DatabaseLost(ILogger logger, string reader, string words);

    private sealed record State(EventCursor Cursor, int Attempts, TimeSpan Wait, ulong Horizon, bool IsBehind);
}
