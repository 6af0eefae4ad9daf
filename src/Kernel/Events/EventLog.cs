using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Rialto.Kernel;

/// <summary>The append-only log of facts: written in the transaction of the change, read in an order that has no gaps.</summary>
public static class EventLog
{
    internal const string Topic = "events";

    internal const string Columns = "id, tenant_id, name, subject, data::text, actor, at, transaction, position, trace_parent";

    /// <summary>Below this nothing can appear any more: every transaction older than the oldest running one has ended.</summary>
    internal const string Horizon = "pg_snapshot_xmin(pg_current_snapshot())";

    /// <summary>Writes one event into the session's transaction; it exists exactly when that commits. Returns its id.</summary>
    /// <param name="session">Whose and in which transaction.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="data">The facts of it; no secrets, they go to every reader.</param>
    /// <param name="subject">What it is about: <c>order:0197…</c>.</param>
    /// <param name="cancel">Cancels the writing.</param>
    public static async Task<Guid> AnnounceAsync<T>(this TenantSession session, EventKind<T> kind, T data, string subject = "", CancellationToken cancel = default)
    {
        var id = Guid.CreateVersion7();
        await using var command = new NpgsqlCommand(
            "insert into kernel.events (id, name, subject, data, actor, operation, trace_parent) values ($1, $2, $3, $4, $5, $6, $7)", session.Connection);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(kind.Name);
        command.Parameters.AddWithValue(subject);
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(data, kind.Json));
        command.Parameters.AddWithValue(session.Actor);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)session.Operation ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)RialtoTelemetry.TraceParent ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancel);
        var bell = session.Bell;
        session.AfterCommit(() => bell.Ring(Topic));
        return id;
    }

    /// <summary>Writes many events of one kind into the session's transaction, in this order, with one statement.</summary>
    public static async Task AnnounceManyAsync<T>(this TenantSession session, EventKind<T> kind, IReadOnlyCollection<Announcement<T>> announcements, CancellationToken cancel = default)
    {
        if (announcements.Count == 0) return;
        await using var command = new NpgsqlCommand(
            """
            insert into kernel.events (tenant_id, id, name, subject, data, actor, operation, trace_parent)
            select $1, id, $2, subject, data, actor, $3, $4 from unnest($5, $6, $7, $8) as announced (id, subject, data, actor)
            """, session.Connection);
        command.Parameters.AddWithValue(session.Tenant.Value);
        command.Parameters.AddWithValue(kind.Name);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)session.Operation ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)RialtoTelemetry.TraceParent ?? DBNull.Value);
        command.Parameters.AddWithValue(announcements.Select(_ => Guid.CreateVersion7()).ToArray());
        command.Parameters.AddWithValue(announcements.Select(one => one.Subject).ToArray());
        command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Jsonb, announcements.Select(one => JsonSerializer.Serialize(one.Data, kind.Json)).ToArray());
        command.Parameters.AddWithValue(announcements.Select(one => one.Actor ?? session.Actor).ToArray());
        await command.ExecuteNonQueryAsync(cancel);
        var bell = session.Bell;
        session.AfterCommit(() => bell.Ring(Topic));
    }

    /// <summary>The tenant's events after <paramref name="after"/>, oldest first; those of transactions that may still be joined by older ones wait for the next reading.</summary>
    /// <param name="session">Whose.</param>
    /// <param name="after">Where the last reading ended.</param>
    /// <param name="limit">Most to return.</param>
    /// <param name="names">Kinds to return; null for all.</param>
    /// <param name="cancel">Cancels the reading.</param>
    public static async Task<IReadOnlyList<RecordedEvent>> ReadAsync(
        TenantSession session, EventCursor after, int limit = 100, IReadOnlyCollection<string>? names = null, CancellationToken cancel = default)
    {
        await using var command = Select(session.Connection, $"tenant_id = kernel.current_tenant() and transaction < {Horizon}", after, limit, names);
        return await ReadAllAsync(command, cancel);
    }

    internal static NpgsqlCommand Select(NpgsqlConnection connection, string condition, EventCursor after, int limit, IReadOnlyCollection<string>? names)
    {
        var command = new NpgsqlCommand(
            $"""
            select {Columns} from kernel.events
            where {condition} and (transaction, position) > ($1, $2) {(names is null ? "" : "and name = any ($4)")}
            order by transaction, position limit $3
            """, connection);
        command.Parameters.AddWithValue(NpgsqlDbType.Xid8, after.Transaction);
        command.Parameters.AddWithValue(after.Position);
        command.Parameters.AddWithValue(limit);
        if (names is not null) command.Parameters.AddWithValue(names.ToArray());
        return command;
    }

    internal static async Task<IReadOnlyList<RecordedEvent>> ReadAllAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        var events = new List<RecordedEvent>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            events.Add(new RecordedEvent(
                row.GetGuid(0), new TenantId(row.GetGuid(1)), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
                row.GetFieldValue<DateTimeOffset>(6), new EventCursor(row.GetFieldValue<ulong>(7), row.GetInt64(8)), row.IsDBNull(9) ? null : row.GetString(9)));
        return events;
    }
}

/// <summary>One of many events written together.</summary>
/// <param name="Data">The facts of it.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Actor">Who did it; null for the session's actor.</param>
public sealed record Announcement<T>(T Data, string Subject = "", string? Actor = null);
