using System.Text.Json;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>Routes in the database.</summary>
internal sealed class RouteStore(FieldCipher cipher)
{
    public const string Table = "gateway.routes", Columns = "id, name, targets, methods, timeout_seconds, retries, request::text, answer::text, secrets is not null, is_enabled, created_at, version";
    private static readonly string[] Usual = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    public static Refusal NotFound => new("gateway.route_not_found", "The organisation has no such route.", 404);

    public static ServiceRoute Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0), Name = row.GetString(1), Targets = row.GetFieldValue<string[]>(2), Methods = row.GetFieldValue<string[]>(3), TimeoutSeconds = row.GetDouble(4), Retries = row.GetInt32(5),
        Request = JsonSerializer.Deserialize(row.GetString(6), GatewayJson.Default.RequestChange)!, Answer = JsonSerializer.Deserialize(row.GetString(7), GatewayJson.Default.AnswerChange)!,
        HasSecretHeaders = row.GetBoolean(8), IsEnabled = row.GetBoolean(9), CreatedAt = row.GetDateTime(10), Version = row.GetInt32(11),
    };

    public static async Task<ServiceRoute?> FindAsync(TenantSession session, string condition, object value, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from {Table} where tenant_id = kernel.current_tenant() and {condition}", session.Connection);
        command.Parameters.AddWithValue(value);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? Read(row) : null;
    }

    public async Task<ServiceRoute> SaveAsync(TenantSession session, Guid id, RouteRequest wanted, bool isNew, CancellationToken cancel)
    {
        RouteRules.Require(wanted);
        var secrets = wanted.SecretHeaders is { Count: > 0 } headers
            ? await cipher.EncryptAsync(session, At(id), JsonSerializer.SerializeToUtf8Bytes(headers, GatewayJson.Default.IReadOnlyDictionaryStringString), cancel) : null;
        var sql = isNew
            ? $"insert into {Table} (id, name, targets, methods, timeout_seconds, retries, request, answer, secrets, is_enabled) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning {Columns}"
            : $"""
               update {Table} set name = $2, targets = $3, methods = $4, timeout_seconds = $5, retries = $6, request = $7, answer = $8, secrets = coalesce($9, secrets), is_enabled = $10, version = version + 1
               where tenant_id = kernel.current_tenant() and id = $1 returning {Columns}
               """;
        await using var command = new NpgsqlCommand(sql, session.Connection);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(wanted.Name);
        command.Parameters.AddWithValue(wanted.Targets.Select(target => target.TrimEnd('/')).ToArray());
        command.Parameters.AddWithValue((wanted.Methods ?? Usual).Select(method => method.ToUpperInvariant()).ToArray());
        command.Parameters.AddWithValue(wanted.TimeoutSeconds ?? 10);
        command.Parameters.AddWithValue(wanted.Retries ?? 1);
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(wanted.Request ?? new RequestChange(), GatewayJson.Default.RequestChange));
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(wanted.Answer ?? new AnswerChange(), GatewayJson.Default.AnswerChange));
        command.Parameters.AddWithValue(NpgsqlDbType.Bytea, (object?)secrets ?? DBNull.Value);
        command.Parameters.AddWithValue(wanted.IsEnabled ?? true);
        try
        {
            await using var row = await command.ExecuteReaderAsync(cancel);
            return await row.ReadAsync(cancel) ? Read(row) : throw NotFound;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new Refusal("gateway.route_taken", $"There is a route {wanted.Name} already.", 409);
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> SecretHeadersAsync(TenantSession session, Guid id, CancellationToken cancel)
    {
        var kept = await session.Connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition($"select secrets from {Table} where tenant_id = kernel.current_tenant() and id = @id", new { id }, cancellationToken: cancel));
        return kept is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize(await cipher.DecryptAsync(session, At(id), kept, cancel), GatewayJson.Default.IReadOnlyDictionaryStringString)!;
    }

    private static FieldAddress At(Guid id) => new(Table, id.ToString(), "secrets");
}
