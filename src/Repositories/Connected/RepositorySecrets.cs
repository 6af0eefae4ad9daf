using System.Security.Cryptography;
using System.Text;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Repositories.Connected;

/// <summary>What is kept encrypted of a repository: the token that reads it and the secret that signs its hooks.</summary>
internal sealed class RepositorySecrets(FieldCipher cipher)
{
    private const int HookSecretBytes = 32;

    /// <summary>A new secret for hooks, as text and as it is kept.</summary>
    public async Task<(string Text, byte[] Kept)> NewHookSecretAsync(TenantSession session, Guid repository, CancellationToken cancel)
    {
        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(HookSecretBytes));
        return (text, await cipher.EncryptAsync(session, HookSecretOf(repository), Encoding.UTF8.GetBytes(text), cancel));
    }

    /// <summary>A token as it is kept.</summary>
    public async Task<byte[]?> KeepTokenAsync(TenantSession session, Guid repository, string? token, CancellationToken cancel) =>
        token is null ? null : await cipher.EncryptAsync(session, TokenOf(repository), Encoding.UTF8.GetBytes(token), cancel);

    /// <summary>The token that reads the repository; null for none.</summary>
    public async Task<string?> TokenAsync(TenantSession session, Guid repository, CancellationToken cancel)
    {
        var kept = await session.Connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "select token from repositories.repositories where tenant_id = @tenant and id = @repository", new { tenant = session.Tenant.Value, repository }, cancellationToken: cancel));
        return kept is null ? null : Encoding.UTF8.GetString(await cipher.DecryptAsync(session, TokenOf(repository), kept, cancel));
    }

    /// <summary>The secret of the repository's hooks as bytes; null when there is no such repository.</summary>
    public async Task<byte[]?> HookSecretAsync(TenantSession session, Guid repository, CancellationToken cancel)
    {
        var kept = await session.Connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "select hook_secret from repositories.repositories where tenant_id = @tenant and id = @repository", new { tenant = session.Tenant.Value, repository }, cancellationToken: cancel));
        return kept is null ? null : await cipher.DecryptAsync(session, HookSecretOf(repository), kept, cancel);
    }

    private static FieldAddress TokenOf(Guid repository) => new(RepositoryStore.Table, repository.ToString("D"), "token");

    private static FieldAddress HookSecretOf(Guid repository) => new(RepositoryStore.Table, repository.ToString("D"), "hook_secret");
}
