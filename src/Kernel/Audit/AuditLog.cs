using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Npgsql;
using NpgsqlTypes;

namespace Rialto.Kernel;

/// <summary>What is to be recorded.</summary>
/// <param name="Kind">One of <see cref="AuditKind"/>.</param>
/// <param name="Operation">The operation, job or command.</param>
/// <param name="Subject">What it is about: the path of the thing, <c>organisation:0197…</c>. Never a secret.</param>
public sealed record AuditNote(string Kind, string Operation, string Subject)
{
    /// <summary>In whose name, when not in the actor's own.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>From where: address and program.</summary>
    public string Origin { get; init; } = "inside";

    /// <summary>What changed, as JSON; null takes what the tables noted in a session of <see cref="Database.BeginAuditedAsync"/>.</summary>
    public string? Changes { get; init; }
}

/// <summary>
/// Writes the audit log, in the transaction of what it tells: one exists exactly when the other does. Rows are sealed with a key that the
/// database does not have and join the tenant's tree a moment later (<see cref="AuditSequencer"/>); writers never wait for each other.
/// </summary>
public sealed class AuditLog
{
    internal const string Topic = "audit", Columns = "tenant_id, id, at, kind, actor, on_behalf_of, operation, subject, changes, origin, trace, root, seal";
    private const int LongestOrigin = 300, LongestSubject = 1000;

    private const string Insert = """
        with row as (insert into kernel.audit_rows (id, at, kind, actor, on_behalf_of, operation, subject, changes, origin, trace, root, seal)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))
        insert into kernel.audit_pending (id) values ($1)
        """;

    private readonly AuditKeys? keys;
    private readonly TimeProvider clock;

    internal AuditLog(AuditKeys? keys, TimeProvider clock) => (this.keys, this.clock) = (keys, clock);

    /// <summary>A log for work outside a host: commands of who runs the server.</summary>
    public static AuditLog Open(RootKeys roots) => new(new AuditKeys(roots), TimeProvider.System);

    /// <summary>Records <paramref name="note"/> as done by the session's actor; it is there when the session commits. Returns the row's id.</summary>
    public async Task<Guid> RecordAsync(TenantSession session, AuditNote note, CancellationToken cancel = default)
    {
        var changes = note.Changes ?? await ReadChangesAsync(session, cancel);
        var now = clock.GetUtcNow();
        var row = new AuditRow
        {
            Tenant = session.Tenant, Id = Guid.CreateVersion7(now), At = new DateTime(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc), Kind = note.Kind, Actor = session.Actor,
            OnBehalfOf = note.OnBehalfOf, Operation = note.Operation, Subject = Clean(note.Subject, LongestSubject), Changes = changes, Origin = Clean(note.Origin, LongestOrigin),
            Trace = Activity.Current?.TraceId.ToString(),
        };
        await InsertAsync(session, keys?.Seal(row) ?? row, cancel);
        var bell = session.Bell;
        session.AfterCommit(() => bell.Ring(Topic));
        return row.Id;
    }

    /// <summary>Where a request comes from: the address and the name of the program.</summary>
    internal static string OriginOf(HttpContext http) => http.Connection.RemoteIpAddress is { } address
        ? $"{(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)} {http.Request.Headers.UserAgent}".TrimEnd()
        : "inside";

    /// <summary>Reads a row selected by <see cref="Columns"/>.</summary>
    internal static AuditRow Read(NpgsqlDataReader row, int at = 0) => new()
    {
        Tenant = new TenantId(row.GetGuid(at)), Id = row.GetGuid(at + 1), At = row.GetDateTime(at + 2), Kind = row.GetString(at + 3), Actor = row.GetString(at + 4),
        OnBehalfOf = Text(row, at + 5), Operation = row.GetString(at + 6), Subject = row.GetString(at + 7), Changes = Text(row, at + 8), Origin = row.GetString(at + 9),
        Trace = Text(row, at + 10), Root = Text(row, at + 11), Seal = row.IsDBNull(at + 12) ? null : row.GetFieldValue<byte[]>(at + 12),
    };

    private static async Task InsertAsync(TenantSession session, AuditRow row, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Insert, session.Connection);
        command.Parameters.AddWithValue(row.Id);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, row.At);
        foreach (var text in (string?[])[row.Kind, row.Actor, row.OnBehalfOf, row.Operation, row.Subject, row.Changes, row.Origin, row.Trace, row.Root])
            command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)text ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Bytea, (object?)row.Seal ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<string?> ReadChangesAsync(TenantSession session, CancellationToken cancel)
    {
        if (!session.IsNoting) return null;
        await using var command = new NpgsqlCommand("select current_setting('rialto.changes', true), current_setting('rialto.more_changes', true)", session.Connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        if (Text(row, 0) is not { Length: > 0 } noted) return null;
        return Text(row, 1) is { Length: > 0 } more ? $$"""{"rows":[{{noted}}],"more":{{more}}}""" : $$"""{"rows":[{{noted}}]}""";
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    // What comes from outside must be text that the database keeps unchanged.
    private static string Clean(string text, int longest)
    {
        var kept = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', ' ');
        return kept.Length <= longest ? kept : kept[..(char.IsHighSurrogate(kept[longest - 1]) ? longest - 1 : longest)];
    }
}
