using System.Data.Common;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>An API key as it may be shown. The key itself is told once, when it is made.</summary>
public sealed record ApiKey
{
    /// <summary>Its id; the caller's subject is <c>key:</c> and this.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is for, in its maker's words.</summary>
    public required string Name { get; init; }

    /// <summary>Its last four letters.</summary>
    public required string Hint { get; init; }

    /// <summary>Permissions it gives: names, <c>module.*</c>, <c>*</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>When it was last used, to the minute; null for never.</summary>
    public DateTime? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null while it holds.</summary>
    public DateTime? RevokedAt { get; init; }
}

/// <summary>A key just made: the only time its text is known.</summary>
/// <param name="Key">What may be shown later as well.</param>
/// <param name="Text"><c>rlt_…</c>, for <c>Authorization: Bearer</c>. Keep it like a password.</param>
public sealed record NewApiKey(ApiKey Key, string Text);

/// <summary>Makes and revokes keys inside the tenant's transaction.</summary>
public static class ApiKeys
{
    internal const string Columns = "id, name, hint, scopes, created_by, created_at, expires_at, last_used_at, revoked_at";

    /// <summary>Announced when a key was made; carries no secret.</summary>
    public static EventKind<ApiKey> Created { get; } = new("identity.key_created", IdentityJson.Default.ApiKey);

    /// <summary>Announced when a key was revoked.</summary>
    public static EventKind<ApiKey> Revoked { get; } = new("identity.key_revoked", IdentityJson.Default.ApiKey);

    /// <summary>Makes a key for the session's tenant. It holds once the session commits.</summary>
    /// <param name="session">Whose.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="scopes">Permissions it gives.</param>
    /// <param name="lifetimeDays">Days until it ends; null for no end.</param>
    /// <param name="cancel">Cancels.</param>
    /// <exception cref="Refusal"><c>identity.scope_invalid</c>.</exception>
    public static Task<NewApiKey> CreateAsync(TenantSession session, string name, IReadOnlyList<string> scopes, int? lifetimeDays, CancellationToken cancel = default) =>
        CreateAsync(session, name, scopes, lifetimeDays, null, null, cancel);

    /// <summary>Makes a key in the place of another, which ends after <paramref name="overlapHours"/>: programs change over without a gap. Name, scopes and bearer stay, so does the length of its life.</summary>
    /// <exception cref="Refusal"><c>identity.key_not_found</c> when there is none that holds.</exception>
    public static async Task<NewApiKey> RotateAsync(TenantSession session, Guid id, int overlapHours, DateTimeOffset now, CancellationToken cancel = default)
    {
        var old = await session.Connection.QuerySingleOrDefaultAsync<(string Name, string[] Scopes, Guid? Member, int? Days)?>(new CommandDefinition(
            """
            update identity.api_keys set expires_at = least(expires_at, @now + @overlapHours * interval '1 hour')
            where tenant_id = kernel.current_tenant() and id = @id and revoked_at is null and (expires_at is null or expires_at > @now)
            returning name, scopes, member_id, (select ceil(extract(epoch from o.expires_at - o.created_at) / 86400)::int from identity.api_keys o where o.tenant_id = api_keys.tenant_id and o.id = api_keys.id)
            """, new { id, overlapHours, now }, cancellationToken: cancel)) ?? throw new Refusal("identity.key_not_found", "There is no such key, or it has ended.", 404);
        return await CreateAsync(session, old.Name, old.Scopes, old.Days, old.Member, id, cancel);
    }

    internal static async Task<NewApiKey> CreateAsync(TenantSession session, string name, IReadOnlyList<string> scopes, int? lifetimeDays, Guid? member, Guid? replaces, CancellationToken cancel)
    {
        Scopes.Require(scopes);
        var secret = KeySecret.New(session.Tenant);
        var key = (await ReadOneAsync(session,
            $"""
            insert into identity.api_keys (name, hash, hint, scopes, created_by, expires_at, member_id, replaces)
            values (@name, @Hash, @Hint, @scopes, @Actor, now() + @lifetimeDays * interval '1 day', @member, @replaces) returning {Columns}
            """,
            new { name, secret.Hash, secret.Hint, scopes = scopes.ToArray(), session.Actor, lifetimeDays, member, replaces }, cancel))!;
        await session.AnnounceAsync(Created, key, $"key:{key.Id}", cancel);
        return new NewApiKey(key, secret.Text);
    }

    /// <summary>Ends a key for good. Once more does nothing.</summary>
    /// <exception cref="Refusal"><c>identity.key_not_found</c>.</exception>
    public static async Task RevokeAsync(TenantSession session, Guid id, CancellationToken cancel = default)
    {
        var before = await ReadOneAsync(session, $"select {Columns} from identity.api_keys where tenant_id = kernel.current_tenant() and id = @id for update", new { id }, cancel)
            ?? throw new Refusal("identity.key_not_found", "There is no such key.", 404);
        if (before.RevokedAt is not null) return;
        var key = (await ReadOneAsync(session, $"update identity.api_keys set revoked_at = now() where tenant_id = kernel.current_tenant() and id = @id returning {Columns}", new { id }, cancel))!;
        await session.AnnounceAsync(Revoked, key, $"key:{id}", cancel);
    }

    internal static ApiKey Read(DbDataReader row) => new()
    {
        Id = row.GetGuid(0), Name = row.GetString(1), Hint = row.GetString(2), Scopes = row.GetFieldValue<string[]>(3), CreatedBy = row.GetString(4), CreatedAt = row.GetDateTime(5),
        ExpiresAt = row.IsDBNull(6) ? null : row.GetDateTime(6), LastUsedAt = row.IsDBNull(7) ? null : row.GetDateTime(7), RevokedAt = row.IsDBNull(8) ? null : row.GetDateTime(8),
    };

    private static async Task<ApiKey?> ReadOneAsync(TenantSession session, string sql, object parameters, CancellationToken cancel)
    {
        await using var row = await session.Connection.ExecuteReaderAsync(new CommandDefinition(sql, parameters, cancellationToken: cancel));
        return await row.ReadAsync(cancel) ? Read(row) : null;
    }
}
