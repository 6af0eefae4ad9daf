using System.Collections.Concurrent;
using Dapper;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Finds the caller of a request by the API key in its <c>Authorization: Bearer</c> header.</summary>
internal sealed class KeyCallers(Database database, TimeProvider clock) : ICallerSource
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Remembered> remembered = new(StringComparer.Ordinal);

    public ValueTask<Caller?> FindAsync(HttpContext request, CancellationToken cancel)
    {
        var header = request.Request.Headers.Authorization.ToString();
        if (header.Length == 0) return ValueTask.FromResult<Caller?>(null);
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || KeySecret.Parse(header["Bearer ".Length..].Trim()) is not { } secret) throw NotKnown();
        // Remembered by hash: the text of a key does not stay in memory.
        var hash = Convert.ToHexString(secret.Hash);
        return remembered.TryGetValue(hash, out var known) && known.Until > clock.GetUtcNow()
            ? ValueTask.FromResult<Caller?>(known.Caller)
            : LookUpAsync(secret, hash, cancel);
    }

    /// <summary>Forgets a key that was revoked here.</summary>
    public void Forget(Guid id)
    {
        var subject = Subject(id);
        foreach (var (hash, known) in remembered)
            if (known.Caller.Subject == subject) remembered.TryRemove(hash, out _);
    }

    private async ValueTask<Caller?> LookUpAsync(KeySecret secret, string hash, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var session = await database.BeginAsync(secret.Tenant, cancel);
        var row = await session.Connection.QuerySingleOrDefaultAsync<FoundKey>(new CommandDefinition(
            """
            select k.id, k.scopes, k.expires_at as "ExpiresAt", k.last_used_at as "LastUsedAt", o.account_id as "OwnerAccount" from identity.api_keys k
            left join identity.members m on m.tenant_id = k.tenant_id and m.id = k.member_id left join identity.members o on o.tenant_id = m.tenant_id and o.id = m.owner_id
            where k.tenant_id = kernel.current_tenant() and k.hash = @Hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > @now) and (m.expires_at is null or m.expires_at > @now)
            """, new { secret.Hash, now }, cancellationToken: cancel));
        if (row is null)
        {
            remembered.TryRemove(hash, out _);
            throw NotKnown();
        }
        if (row.LastUsedAt is null || now.UtcDateTime - row.LastUsedAt > TimeSpan.FromMinutes(1))
        {
            await session.Connection.ExecuteAsync(new CommandDefinition(
                "update identity.api_keys set last_used_at = @now where tenant_id = kernel.current_tenant() and id = @id", new { now, id = row.Id }, cancellationToken: cancel));
            await session.CommitAsync(cancel);
        }
        var caller = new Caller(secret.Tenant, Subject(row.Id), row.Scopes.ToHashSet()) { OnBehalfOf = row.OwnerAccount is { } owner ? Account.SubjectOf(owner) : null };
        if (remembered.Count >= MostRemembered) remembered.Clear();
        var until = now + Memory;
        remembered[hash] = new Remembered(caller, row.ExpiresAt is { } end && end < until.UtcDateTime ? new DateTimeOffset(end, TimeSpan.Zero) : until);
        return caller;
    }

    private static string Subject(Guid id) => $"key:{id}";

    private static Refusal NotKnown() => new("caller.key_unknown", "This key is not known, has ended or was revoked; make a new one.", 401);

    private sealed record Remembered(Caller Caller, DateTimeOffset Until);

    // A class: Dapper cannot give an array to a constructor.
    private sealed class FoundKey
    {
        public required Guid Id { get; init; }

        public required string[] Scopes { get; init; }

        public DateTime? ExpiresAt { get; init; }

        public DateTime? LastUsedAt { get; init; }

        // Of an agent's key: who answers for it.
        public Guid? OwnerAccount { get; init; }
    }
}
