using System.Security.Cryptography;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Identity.Tokens;

/// <summary>
/// Refresh tokens in families (RFC 9700, 4.14): each use gives the successor. Who lost the answer may ask again for thirty seconds and
/// gets the same successor; later, or with an older one, somebody has a copy: then the whole family ends and its owner is told.
/// </summary>
internal sealed class TokenFamilies(Database database, FieldCipher cipher, OperationCatalogue catalogue, TimeProvider clock)
{
    /// <summary>How long the answer to a lost one is given again.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    /// <summary>Begins a family in the session's tenant; it holds once the session commits.</summary>
    public async Task<NewFamily> BeginAsync(TenantSession session, Guid? account, string subject, Guid? app, string name, IReadOnlyCollection<string> scopes, CancellationToken cancel)
    {
        var (id, secret, now) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(32), clock.GetUtcNow());
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into identity.token_families (id, account_id, subject, app_id, name, scopes, secret, rotated_at, created_at, expires_at)
            values (@id, @account, @subject, @app, @name, @list, @kept, @now, @now, @end)
            """, new { id, account, subject, app, name, list = scopes.ToArray(), kept = await cipher.EncryptAsync(session, PlaceOf(id), secret, cancel), now, end = now + Life }, cancellationToken: cancel));
        return new NewFamily(id, new RefreshToken(session.Tenant, id, 1).Sign(secret));
    }

    /// <summary>Gives the successor of <paramref name="text"/> and what it may do now.</summary>
    /// <param name="text">A refresh token.</param>
    /// <param name="app">The program that shows it; null for the platform itself.</param>
    /// <param name="cancel">Cancels.</param>
    /// <exception cref="Refusal"><c>token.refresh_invalid</c> whatever is wrong; <c>token.refresh_reused</c> when it ended the family. Both 400.</exception>
    public async Task<Refreshed> RefreshAsync(string text, Guid? app, CancellationToken cancel)
    {
        if (RefreshToken.Parse(text) is not { } token) throw Invalid();
        await using var session = await database.BeginAsync(token.Tenant, cancel);
        var row = await session.Connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select id, account_id as "Account", subject, app_id as "App", scopes, secret, generation, rotated_at as "RotatedAt"
            from identity.token_families where tenant_id = kernel.current_tenant() and id = @Family and revoked_at is null and expires_at > @now for update
            """, new { token.Family, now = clock.GetUtcNow() }, cancellationToken: cancel));
        if (row is null) throw Invalid();
        var secret = await cipher.DecryptAsync(session, PlaceOf(row.Id), row.Secret, cancel);
        if (!token.IsSigned(secret) || row.App != app || token.Generation > row.Generation) throw Invalid();
        var scopes = await ScopesNowAsync(session, row, cancel);
        if (scopes.Count == 0) throw Invalid();
        var isAgain = token.Generation == row.Generation - 1 && clock.GetUtcNow() <= new DateTimeOffset(row.RotatedAt, TimeSpan.Zero) + Leeway;
        if (token.Generation != row.Generation && !isAgain)
        {
            await EndAsync(session, row.Id, "reused", cancel);
            await session.AnnounceAsync(TokenEvents.Reused, new TokenFamilyEnded(row.Id, row.Account, row.App), $"family:{row.Id}", cancel);
            await session.CommitAsync(CancellationToken.None);
            throw new Refusal("token.refresh_reused", "This refresh token was used before; somebody may have a copy. Everything that came from it has ended; sign in again.", 400);
        }
        var next = isAgain ? row.Generation : row.Generation + 1;
        if (!isAgain)
        {
            await session.Connection.ExecuteAsync(new CommandDefinition(
                "update identity.token_families set generation = @next, rotated_at = @now where tenant_id = kernel.current_tenant() and id = @Id", new { next, now = clock.GetUtcNow(), row.Id }, cancellationToken: cancel));
            await session.CommitAsync(CancellationToken.None);
        }
        return new Refreshed(new RefreshToken(token.Tenant, row.Id, next).Sign(secret), new TokenGrant(token.Tenant, row.Subject, scopes, row.App, row.Id));
    }

    /// <summary>Ends a family: no refresh any more, and what it gave last ends within ten minutes.</summary>
    public Task<int> EndAsync(TenantSession session, Guid family, string because, CancellationToken cancel) => session.Connection.ExecuteAsync(new CommandDefinition(
        "update identity.token_families set revoked_at = @now, revoked_because = @because where tenant_id = kernel.current_tenant() and id = @family and revoked_at is null",
        new { family, because, now = clock.GetUtcNow() }, cancellationToken: cancel));

    /// <summary>True when the family has ended, or there is none.</summary>
    public async Task<bool> IsEndedAsync(TenantSession session, Guid family, CancellationToken cancel) => !await session.Connection.ExecuteScalarAsync<bool>(new CommandDefinition(
        "select exists (select from identity.token_families where tenant_id = kernel.current_tenant() and id = @family and revoked_at is null and expires_at > @now)",
        new { family, now = clock.GetUtcNow() }, cancellationToken: cancel));

    /// <summary>The family a refresh token belongs to, when it is really one of its tokens, whatever the generation; null otherwise.</summary>
    public async Task<(RefreshToken Token, Guid? App, bool Holds, IReadOnlyList<string> Scopes, string Subject, DateTime ExpiresAt)?> LookAsync(TenantSession session, RefreshToken token, CancellationToken cancel)
    {
        var row = await session.Connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select id, account_id as "Account", subject, app_id as "App", scopes, secret, generation, rotated_at as "RotatedAt", expires_at as "ExpiresAt", revoked_at is not null as "IsRevoked"
            from identity.token_families where tenant_id = kernel.current_tenant() and id = @Family
            """, new { token.Family }, cancellationToken: cancel));
        if (row is null || !token.IsSigned(await cipher.DecryptAsync(session, PlaceOf(row.Id), row.Secret, cancel))) return null;
        return (token, row.App, !row.IsRevoked && row.ExpiresAt > clock.GetUtcNow().UtcDateTime && token.Generation == row.Generation, row.Scopes, row.Subject, row.ExpiresAt);
    }

    // A person's programs may never do more than the person may do today: who has left, or was given a smaller role, takes them along.
    private async Task<IReadOnlyList<string>> ScopesNowAsync(TenantSession session, Row row, CancellationToken cancel)
    {
        if (row.Account is not { } account) return row.Scopes;
        var role = await session.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select role from identity.members where tenant_id = kernel.current_tenant() and account_id = @account", new { account }, cancellationToken: cancel));
        if (role is null) return [];
        var now = new Caller(session.Tenant, row.Subject, Roles.PermissionsOf(role, catalogue.Permissions));
        return [.. row.Scopes.Where(scope => Scopes.IsHeld(now, scope))];
    }

    private static FieldAddress PlaceOf(Guid id) => new("identity.token_families", id.ToString(), "secret");

    private static Refusal Invalid() => new("token.refresh_invalid", "This refresh token does not hold; sign in again.", 400);

    private sealed class Row
    {
        public required Guid Id { get; init; }

        public Guid? Account { get; init; }

        public required string Subject { get; init; }

        public Guid? App { get; init; }

        public required string[] Scopes { get; init; }

        public required byte[] Secret { get; init; }

        public required int Generation { get; init; }

        public required DateTime RotatedAt { get; init; }

        public DateTime ExpiresAt { get; init; }

        public bool IsRevoked { get; init; }
    }
}

/// <summary>A family just begun.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RefreshToken">Its first token.</param>
internal sealed record NewFamily(Guid Id, string RefreshToken);

/// <summary>What a refresh gives.</summary>
/// <param name="RefreshToken">The successor.</param>
/// <param name="Grant">For the access token.</param>
internal sealed record Refreshed(string RefreshToken, TokenGrant Grant);
