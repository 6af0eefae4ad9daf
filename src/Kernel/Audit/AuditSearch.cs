using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Rialto.Kernel;

/// <summary>What rows are looked for.</summary>
internal sealed record AuditQuery
{
    /// <summary>Who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>In whose name.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The operation, or a module as <c>orders.*</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>What it is about, or how that begins.</summary>
    public string? Subject { get; init; }

    /// <summary><c>change</c>, <c>access</c>, <c>denied</c> or <c>retired</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The trace.</summary>
    public string? Trace { get; init; }

    /// <summary>Words in what changed.</summary>
    public string? Text { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Reads a tenant's rows, newest first, from a place on.</summary>
internal static class AuditSearch
{
    public static Refusal NotFound() => new("audit.not_found", "There is no such row in the audit log.", 404);

    public static async Task<AuditRow?> FindAsync(TenantSession session, Guid id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select {AuditLog.Columns} from kernel.audit_rows where tenant_id = $1 and id = $2", session.Connection);
        command.Parameters.AddWithValue(session.Tenant.Value);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? AuditLog.Read(row) : null;
    }

    /// <summary>At most <paramref name="limit"/> rows after the place <paramref name="after"/>.</summary>
    public static async Task<List<AuditRow>> ReadAsync(TenantSession session, AuditQuery query, (DateTime At, Guid Id)? after, int limit, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand { Connection = session.Connection };
        var sql = new StringBuilder($"select {AuditLog.Columns} from kernel.audit_rows where tenant_id = $1");
        command.Parameters.AddWithValue(session.Tenant.Value);
        Where(query.Actor, "actor = $");
        Where(query.OnBehalfOf, "on_behalf_of = $");
        Where(query.Kind, "kind = $");
        Where(query.Trace, "trace = $");
        Where(query.Operation is { } name && name.EndsWith(".*", StringComparison.Ordinal) ? Like(name[..^1]) + "%" : Like(query.Operation), "operation like $");
        Where(Like(query.Subject) is { } subject ? subject + "%" : null, "subject like $");
        Where(Like(query.Text) is { } text ? $"%{text}%" : null, "changes ilike $");
        Where(query.From?.UtcDateTime, "at >= $");
        Where(query.Until?.UtcDateTime, "at < $");
        if (after is { } place)
        {
            Where(place.At, "(at, id) < ($");
            command.Parameters.AddWithValue(place.Id);
            sql.Append($", ${command.Parameters.Count})");
        }
        command.CommandText = sql.Append($" order by at desc, id desc limit {limit}").ToString();
        var rows = new List<AuditRow>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) rows.Add(AuditLog.Read(row));
        return rows;

        void Where(object? value, string condition)
        {
            if (value is null) return;
            command.Parameters.AddWithValue(value is DateTime ? NpgsqlDbType.TimestampTz : NpgsqlDbType.Text, value);
            sql.Append($" and {condition}{command.Parameters.Count}");
        }
    }

    /// <summary>All of them, page by page: an export keeps only one page in memory.</summary>
    public static async IAsyncEnumerable<AuditRow> ReadAllAsync(TenantSession session, AuditQuery query, [EnumeratorCancellation] CancellationToken cancel)
    {
        const int page = 1000;
        (DateTime, Guid)? after = null;
        while (true)
        {
            var rows = await ReadAsync(session, query, after, page, cancel);
            foreach (var row in rows) yield return row;
            if (rows.Count < page) yield break;
            after = (rows[^1].At, rows[^1].Id);
        }
    }

    private static string? Like(string? text) => text?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
