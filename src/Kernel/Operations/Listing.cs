using System.Text;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>
/// A list of a table's rows: pages by cursor (a page costs the same wherever it is), sorted and filtered by declared fields only.
/// The tenant wall applies; the statement says the tenant again, for the index.
/// </summary>
/// <typeparam name="T">What a row becomes.</typeparam>
/// <param name="table">Schema and table.</param>
/// <param name="columns">Columns to select, as <paramref name="read"/> expects them.</param>
/// <param name="read">Makes the item of a row.</param>
/// <param name="sorts">Field as callers name it → not-null column with its type: <c>["createdAt"] = ("created_at", "timestamptz")</c>. The first is the default order, largest first.</param>
/// <param name="filters">Field → column and type, matched by equality. Fields of <paramref name="sorts"/> are also filtered by range: <c>createdAtFrom</c> (inclusive) and <c>createdAtBefore</c> (exclusive).</param>
public sealed class Listing<T>(
    string table, string columns, Func<NpgsqlDataReader, T> read,
    IReadOnlyList<(string Field, string Column, string Type)> sorts, IReadOnlyList<(string Field, string Column, string Type)> filters)
{
    private const int UsualLimit = 50;

    /// <summary>Reads one page.</summary>
    /// <param name="session">Whose rows.</param>
    /// <param name="query">Cursor, limit and order.</param>
    /// <param name="wanted">Values of filter fields; null values are left out.</param>
    /// <param name="cancel">Cancels the reading.</param>
    /// <exception cref="Refusal"><c>request.sort_unknown</c>, <c>request.filter_unknown</c>, <c>request.filter_invalid</c>, <c>request.cursor_invalid</c>.</exception>
    public async Task<Page<T>> ReadAsync(TenantSession session, PageQuery query, IReadOnlyDictionary<string, string?>? wanted = null, CancellationToken cancel = default)
    {
        var order = query.Sort ?? "-" + sorts[0].Field;
        var isDescending = order.StartsWith('-');
        var sort = Find(sorts, order.TrimStart('-'), "request.sort_unknown", "sorted");
        var limit = query.Limit ?? UsualLimit;
        var sql = new StringBuilder($"select {columns}, ({sort.Column})::text as cursor_value, id::text as cursor_id from {table} where tenant_id = $1");
        await using var command = new NpgsqlCommand { Connection = session.Connection };
        command.Parameters.AddWithValue(session.Tenant.Value);
        foreach (var (field, value) in wanted ?? new Dictionary<string, string?>())
        {
            if (value is null) continue;
            var (bound, name) = Bound(field);
            var filter = bound == "=" ? Find(filters, name, "request.filter_unknown", "filtered") : Find(sorts, name, "request.filter_unknown", "filtered by range");
            command.Parameters.AddWithValue(value);
            sql.Append($" and {filter.Column} {bound} ${command.Parameters.Count}::text::{filter.Type}");
        }
        if (query.Cursor is { } cursor)
        {
            var (value, id) = PageCursor.Read(cursor, order);
            command.Parameters.AddWithValue(value);
            command.Parameters.AddWithValue(id);
            sql.Append($" and ({sort.Column}, id) {(isDescending ? '<' : '>')} (${command.Parameters.Count - 1}::text::{sort.Type}, ${command.Parameters.Count}::text::uuid)");
        }
        var direction = isDescending ? "desc" : "asc";
        sql.Append($" order by {sort.Column} {direction}, id {direction} limit {limit + 1}");
        command.CommandText = sql.ToString();
        return await ReadPageAsync(command, order, limit, cancel);
    }

    // createdAtFrom is the first that belongs to a range, createdAtBefore the first that does not.
    private (string Operator, string Field) Bound(string field)
    {
        if (filters.Any(one => one.Field == field)) return ("=", field);
        if (field.EndsWith("From", StringComparison.Ordinal)) return (">=", field[..^"From".Length]);
        return field.EndsWith("Before", StringComparison.Ordinal) ? ("<", field[..^"Before".Length]) : ("=", field);
    }

    private async Task<Page<T>> ReadPageAsync(NpgsqlCommand command, string order, int limit, CancellationToken cancel)
    {
        var items = new List<T>();
        string? next = null, last = null;
        try
        {
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                if (items.Count == limit) next = last;
                else
                {
                    items.Add(read(row));
                    last = PageCursor.Write(order, row.GetString(row.FieldCount - 2), row.GetString(row.FieldCount - 1));
                }
            }
        }
        catch (PostgresException wrong) when (wrong.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            throw new Refusal("request.filter_invalid", $"A filter has a value of the wrong form: {wrong.MessageText}.", 400);
        }
        return new Page<T> { Items = items, Next = next };
    }

    private static (string Field, string Column, string Type) Find(IReadOnlyList<(string Field, string Column, string Type)> known, string field, string code, string verb) =>
        known.FirstOrDefault(one => one.Field == field) is { Field: not null } found
            ? found
            : throw new Refusal(code, $"This list cannot be {verb} by {field}; it knows {string.Join(", ", known.Select(one => one.Field))}.", 400);
}
