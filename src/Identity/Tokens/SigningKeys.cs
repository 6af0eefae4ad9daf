using System.Security.Cryptography;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Identity.Tokens;

/// <summary>
/// The keys access tokens are signed with: P-256, each for thirty days, the next one published a day before it is used, an old one for
/// as long as something it signed may hold. Kept encrypted; the same on all nodes.
/// </summary>
internal sealed class SigningKeys(Database database, FieldCipher cipher, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30), Ahead = TimeSpan.FromDays(1), Afterlife = AccessTokens.Life + TimeSpan.FromMinutes(5), Memory = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim turn = new(1);
    private Known? known;

    /// <summary>The key to sign with now; the first is made when there is none.</summary>
    public async ValueTask<SigningKey> CurrentAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var keys = await AllAsync(now, cancel);
        return keys.Where(key => key.SignsFrom <= now && now < key.SignsUntil).MaxBy(key => key.SignsFrom)!;
    }

    /// <summary>All keys that may have signed what still holds, and the next one: what <c>jwks.json</c> shows.</summary>
    public async ValueTask<IReadOnlyList<SigningKey>> PublishedAsync(CancellationToken cancel) => await AllAsync(clock.GetUtcNow(), cancel);

    /// <summary>Withdraws all keys at once, after one may have leaked: every access token ends, and the next is signed by a new key.</summary>
    public async Task WithdrawAsync(TenantSession platform, CancellationToken cancel)
    {
        await platform.Connection.ExecuteAsync(new CommandDefinition(
            "update identity.signing_keys set ended_at = @now where tenant_id = kernel.current_tenant() and ended_at is null", new { now = clock.GetUtcNow() }, cancellationToken: cancel));
        platform.AfterCommit(() => known = null);
    }

    private async ValueTask<IReadOnlyList<SigningKey>> AllAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (known is { } fresh && fresh.Until > now) return fresh.Keys;
        await turn.WaitAsync(cancel);
        try
        {
            if (known is { } other && other.Until > now) return other.Keys;
            var keys = await LoadAsync(now, cancel);
            known = new Known(keys, now + Memory);
            return keys;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IReadOnlyList<SigningKey>> LoadAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        var keys = await ReadAsync(platform, now, cancel);
        if (keys.Any(key => key.SignsUntil > now + Ahead)) return keys;
        // One node makes the next key; the others wait and find it.
        await platform.Connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(hashtext('identity.signing_keys'))", cancellationToken: cancel));
        keys = await ReadAsync(platform, now, cancel);
        if (keys.Any(key => key.SignsUntil > now + Ahead)) return keys;
        var from = keys.Count == 0 ? now : keys.Max(key => key.SignsUntil) is var end && end > now ? end : now;
        await MakeAsync(platform, from, cancel);
        await platform.CommitAsync(cancel);
        return await ReadOutsideAsync(now, cancel);
    }

    private async Task<IReadOnlyList<SigningKey>> ReadOutsideAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        return await ReadAsync(platform, now, cancel);
    }

    private async Task MakeAsync(TenantSession platform, DateTimeOffset from, CancellationToken cancel)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
        var kept = await cipher.EncryptAsync(platform, PlaceOf(id), key.ExportPkcs8PrivateKey(), cancel);
        await platform.Connection.ExecuteAsync(new CommandDefinition(
            "insert into identity.signing_keys (id, public_key, private_key, signs_from, signs_until) values (@id, @shown, @kept, @from, @until)",
            new { id, shown = key.ExportSubjectPublicKeyInfo(), kept, from, until = from + Life }, cancellationToken: cancel));
    }

    private async Task<IReadOnlyList<SigningKey>> ReadAsync(TenantSession platform, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = await platform.Connection.QueryAsync<(string Id, byte[] Private, DateTime From, DateTime Until)>(new CommandDefinition(
            "select id, private_key, signs_from, signs_until from identity.signing_keys where tenant_id = kernel.current_tenant() and ended_at is null and signs_until > @oldest order by signs_from",
            new { oldest = now - Afterlife }, cancellationToken: cancel));
        var keys = new List<SigningKey>();
        foreach (var (id, kept, from, until) in rows)
        {
            var bytes = await cipher.DecryptAsync(platform, PlaceOf(id), kept, cancel);
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(bytes, out _);
            CryptographicOperations.ZeroMemory(bytes);
            keys.Add(new SigningKey(id, key, new DateTimeOffset(from, TimeSpan.Zero), new DateTimeOffset(until, TimeSpan.Zero)));
        }
        return keys;
    }

    private static FieldAddress PlaceOf(string id) => new("identity.signing_keys", id, "private_key");

    private sealed record Known(IReadOnlyList<SigningKey> Keys, DateTimeOffset Until);
}

/// <summary>One key.</summary>
/// <param name="Id">Its <c>kid</c>: the beginning of the SHA-256 of its public half.</param>
/// <param name="Key">Both halves.</param>
/// <param name="SignsFrom">When it begins to sign.</param>
/// <param name="SignsUntil">When it stops.</param>
internal sealed record SigningKey(string Id, ECDsa Key, DateTimeOffset SignsFrom, DateTimeOffset SignsUntil)
{
    /// <summary>For checking.</summary>
    public VerificationKey Public { get; } = VerificationKey.Of(Id, Key);
}
