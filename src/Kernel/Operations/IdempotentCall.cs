using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Npgsql;
using NpgsqlTypes;

namespace Rialto.Kernel;

/// <summary>
/// A change that carries an <c>Idempotency-Key</c>. The key is taken by a row in the change's own transaction, so a second request
/// waits at the unique index until the first has ended, and sees its answer exactly when its change is true.
/// </summary>
internal sealed class IdempotentCall
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    private readonly TenantSession session;
    private readonly string subject, key;
    private readonly byte[] hash;

    private IdempotentCall(TenantSession session, string subject, string key, byte[] hash) =>
        (this.session, this.subject, this.key, this.hash) = (session, subject, key, hash);

    /// <summary>The first answer, when there was one.</summary>
    public BufferedAnswer? Stored { get; private set; }

    /// <summary>Takes the request's key; null when it has none.</summary>
    /// <exception cref="Refusal"><c>idempotency.key_invalid</c>, <c>idempotency.key_reused</c>, <c>idempotency.in_progress</c>.</exception>
    public static async Task<IdempotentCall?> BeginAsync(HttpContext http, Caller caller, TenantSession session, OperationOptions options)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0) return null;
        if (key.Length > LongestKey || key.Any(char.IsControl))
            throw new Refusal("idempotency.key_invalid", $"An {Header} has at most {LongestKey} printable characters; use a UUID.", 400);
        var call = new IdempotentCall(session, caller.Subject, key, await HashAsync(http));
        try
        {
            if (!await call.TakeAsync(options, http.RequestAborted)) await call.ReadStoredAsync(http.RequestAborted);
        }
        catch (PostgresException waited) when (waited.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new Refusal("idempotency.in_progress", "The first request with this key is still running; ask again in a moment.", 409);
        }
        return call;
    }

    /// <summary>Keeps a good answer, in the change's transaction.</summary>
    public Task KeepAsync(BufferedAnswer answer, CancellationToken cancel) => KeepAsync(session, answer, cancel);

    /// <summary>Keeps a refusal after the change was taken back. One that may pass by itself is not kept.</summary>
    public async Task KeepRefusalAsync(Database database, Refusal refusal, HttpContext http)
    {
        if (refusal.Status is < 400 or >= 500 or 401 or 403 or 408 or 425 or 429) return;
        // The row of the running transaction would be waited for.
        await session.DisposeAsync();
        await using var fresh = await database.BeginAsync(session.Tenant, http.RequestAborted);
        await using (var command = new NpgsqlCommand("insert into kernel.idempotency (subject, key, request_hash) values ($1, $2, $3) on conflict do nothing", fresh.Connection))
        {
            AddIdentity(command);
            if (await command.ExecuteNonQueryAsync() == 0) return;
        }
        await KeepAsync(fresh, Problem.ToAnswer(refusal), CancellationToken.None);
        await fresh.CommitAsync();
    }

    private async Task<bool> TakeAsync(OperationOptions options, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(session.Connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(FormattableString.Invariant($"set local lock_timeout = {(int)(options.DuplicateWaitSeconds * 1000)}")));
        var take = new NpgsqlBatchCommand(FormattableString.Invariant($"""
            insert into kernel.idempotency (subject, key, request_hash) values ($1, $2, $3)
            on conflict (tenant_id, subject, key) do update set request_hash = excluded.request_hash, status = null, body = null, created_at = now()
            where idempotency.created_at < now() - interval '{options.KeyDays} days'
            """));
        take.Parameters.Add(new NpgsqlParameter { Value = subject });
        take.Parameters.Add(new NpgsqlParameter { Value = key });
        take.Parameters.Add(new NpgsqlParameter { Value = hash });
        batch.BatchCommands.Add(take);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("set local lock_timeout = 0"));
        await batch.ExecuteNonQueryAsync(cancel);
        return take.RecordsAffected == 1;
    }

    private async Task ReadStoredAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select request_hash, status, content_type, location, etag, body from kernel.idempotency where subject = $1 and key = $2", session.Connection);
        command.Parameters.AddWithValue(subject);
        command.Parameters.AddWithValue(key);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        if (!CryptographicOperations.FixedTimeEquals(row.GetFieldValue<byte[]>(0), hash))
            throw new Refusal("idempotency.key_reused", $"This {Header} was used for another request; take a new one for a new request.", 422);
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        Stored = new BufferedAnswer(row.GetInt32(1), Text(2), Text(3), Text(4), row.IsDBNull(5) ? default : row.GetFieldValue<byte[]>(5)) { IsReplay = true };
    }

    private async Task KeepAsync(TenantSession where, BufferedAnswer answer, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "update kernel.idempotency set request_hash = $3, status = $4, content_type = $5, location = $6, etag = $7, body = $8 where subject = $1 and key = $2", where.Connection);
        AddIdentity(command);
        command.Parameters.AddWithValue(answer.Status);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)answer.ContentType ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)answer.Location ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)answer.Etag ?? DBNull.Value);
        command.Parameters.AddWithValue(answer.Body.ToArray());
        await command.ExecuteNonQueryAsync(cancel);
    }

    private void AddIdentity(NpgsqlCommand command)
    {
        command.Parameters.AddWithValue(subject);
        command.Parameters.AddWithValue(key);
        command.Parameters.AddWithValue(hash);
    }

    private static async Task<byte[]> HashAsync(HttpContext http)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method}\n{http.Request.Path}{http.Request.QueryString}\n"));
        http.Request.EnableBuffering();
        var buffer = new byte[16 * 1024];
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is > 0 and var count) hash.AppendData(buffer, 0, count);
        http.Request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
