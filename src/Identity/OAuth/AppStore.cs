using System.Security.Cryptography;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Identity.OAuth;

/// <summary>Programs that may be let in. Rows of the platform.</summary>
internal static class AppStore
{
    /// <summary>An app that has not been deleted; null when there is none.</summary>
    public static async Task<App?> FindAsync(TenantSession platform, Guid id, CancellationToken cancel) => await platform.Connection.QuerySingleOrDefaultAsync<App>(new CommandDefinition(
        """
        select id, name, redirect_uris as "RedirectUris", scopes, secret_hash as "SecretHash", organisation_id as "Organisation"
        from identity.apps where tenant_id = kernel.current_tenant() and id = @id and deleted_at is null
        """, new { id }, cancellationToken: cancel));

    /// <summary>Finds the program that makes a request: by HTTP Basic, by fields of the form, or, when it has no secret, by its id alone (RFC 6749, 2.3).</summary>
    /// <exception cref="OAuthError"><c>invalid_client</c>, the same whatever is wrong.</exception>
    public static async Task<App> AuthenticateAsync(Database database, Dictionary<string, string> form, string? authorization, CancellationToken cancel)
    {
        var (id, secret) = Credentials(form, authorization);
        if (!Guid.TryParseExact(id, "D", out var app)) throw Unknown();
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        var found = await FindAsync(platform, app, cancel) ?? throw Unknown();
        if (found.SecretHash is null) return string.IsNullOrEmpty(secret) ? found : throw Unknown();
        // The secret has 256 random bits: one SHA-256 protects it as well as a slow hash would.
        if (secret is null || !CryptographicOperations.FixedTimeEquals(found.SecretHash, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret)))) throw Unknown();
        return found;
    }

    private static (string? Id, string? Secret) Credentials(Dictionary<string, string> form, string? authorization)
    {
        var (id, secret) = (form.GetValueOrDefault("client_id"), form.GetValueOrDefault("client_secret"));
        if (string.IsNullOrEmpty(authorization)) return (id, secret);
        if (!authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) throw Unknown();
        if (secret is not null) throw new OAuthError("invalid_request", "Send the secret once: in the header or in the form.");
        Span<byte> bytes = stackalloc byte[600];
        if (!Convert.TryFromBase64String(authorization["Basic ".Length..].Trim(), bytes, out var length)) throw Unknown();
        var words = System.Text.Encoding.UTF8.GetString(bytes[..length]).Split(':', 2);
        if (words.Length != 2) throw Unknown();
        var named = Uri.UnescapeDataString(words[0]);
        return id is null || id == named ? (named, Uri.UnescapeDataString(words[1])) : throw Unknown();
    }

    private static OAuthError Unknown() => new("invalid_client", "This program is not known, or its secret is wrong.", 401);
}

/// <summary>A program.</summary>
internal sealed class App
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string[] RedirectUris { get; init; }

    public required string[] Scopes { get; init; }

    public byte[]? SecretHash { get; init; }

    public required Guid Organisation { get; init; }

    /// <summary>What it asks for, in order and once; everything it may ask for when it names nothing.</summary>
    /// <exception cref="OAuthError"><c>invalid_scope</c>.</exception>
    public IReadOnlyList<string> Asked(string? text)
    {
        string[] asked = [.. (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (asked.Length == 0) return Scopes;
        return asked.FirstOrDefault(scope => !Scopes.Contains(scope)) is { } more ? throw new OAuthError("invalid_scope", $"This program may not ask for {more}.") : asked;
    }
}
