using Dapper;
using Microsoft.AspNetCore.Identity;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>An account as the framework's passkey handler knows it.</summary>
internal sealed record PasskeyUser(Guid Id, string Email);

/// <summary>Passkeys as the framework's handler reads and writes them, on one session of the platform.</summary>
internal sealed class PasskeyUsers(TenantSession platform, TimeProvider clock) : IUserPasskeyStore<PasskeyUser>
{
    private const string Columns = """
        credential_id as "CredentialId", public_key as "PublicKey", name, created_at as "CreatedAt", sign_count as "SignCount", transports, is_user_verified as "IsUserVerified",
        is_backup_eligible as "IsBackupEligible", is_backed_up as "IsBackedUp", attestation, client_data as "ClientData"
        """;

    public async Task<PasskeyUser?> FindByIdAsync(string userId, CancellationToken cancel) => Guid.TryParse(userId, out var id)
        ? await platform.Connection.QuerySingleOrDefaultAsync<PasskeyUser>(AccountStore.Command("select id, email from identity.accounts where tenant_id = kernel.current_tenant() and id = @id", new { id }, cancel))
        : null;

    public async Task<PasskeyUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancel) => await platform.Connection.QuerySingleOrDefaultAsync<PasskeyUser>(AccountStore.Command(
        """
        select a.id, a.email from identity.passkeys p join identity.accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
        where p.tenant_id = kernel.current_tenant() and p.credential_id = @credentialId
        """, new { credentialId }, cancel));

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyUser user, CancellationToken cancel) =>
        [.. (await platform.Connection.QueryAsync<Row>(AccountStore.Command($"select {Columns} from identity.passkeys where tenant_id = kernel.current_tenant() and account_id = @Id", new { user.Id }, cancel))).Select(row => row.ToInfo())];

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyUser user, byte[] credentialId, CancellationToken cancel) =>
        (await platform.Connection.QuerySingleOrDefaultAsync<Row>(AccountStore.Command(
            $"select {Columns} from identity.passkeys where tenant_id = kernel.current_tenant() and account_id = @Id and credential_id = @credentialId for update", new { user.Id, credentialId }, cancel)))?.ToInfo();

    public Task AddOrUpdatePasskeyAsync(PasskeyUser user, UserPasskeyInfo passkey, CancellationToken cancel) => platform.Connection.ExecuteAsync(AccountStore.Command(
        """
        insert into identity.passkeys (account_id, credential_id, public_key, name, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, attestation, client_data, created_at)
        values (@Id, @CredentialId, @PublicKey, @Name, @count, @transports, @IsUserVerified, @IsBackupEligible, @IsBackedUp, @AttestationObject, @ClientDataJson, @now)
        on conflict (tenant_id, credential_id) do update set sign_count = excluded.sign_count, is_backed_up = excluded.is_backed_up, is_user_verified = excluded.is_user_verified, last_used_at = @now
        where passkeys.account_id = excluded.account_id
        """,
        new
        {
            user.Id, passkey.CredentialId, passkey.PublicKey, Name = passkey.Name ?? "Passkey", count = (long)passkey.SignCount, transports = passkey.Transports ?? [], passkey.IsUserVerified, passkey.IsBackupEligible,
            passkey.IsBackedUp, passkey.AttestationObject, passkey.ClientDataJson, now = clock.GetUtcNow(),
        }, cancel));

    public Task RemovePasskeyAsync(PasskeyUser user, byte[] credentialId, CancellationToken cancel) => platform.Connection.ExecuteAsync(AccountStore.Command(
        "delete from identity.passkeys where tenant_id = kernel.current_tenant() and account_id = @Id and credential_id = @credentialId", new { user.Id, credentialId }, cancel));

    public Task<string> GetUserIdAsync(PasskeyUser user, CancellationToken cancel) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(PasskeyUser user, CancellationToken cancel) => Task.FromResult<string?>(user.Email);

    public Task<string?> GetNormalizedUserNameAsync(PasskeyUser user, CancellationToken cancel) => Task.FromResult<string?>(user.Email);

    // Accounts are made, named and taken away elsewhere; the handler asks for none of it.
    public Task SetUserNameAsync(PasskeyUser user, string? userName, CancellationToken cancel) => throw NotHere();

    public Task SetNormalizedUserNameAsync(PasskeyUser user, string? normalizedName, CancellationToken cancel) => throw NotHere();

    public Task<IdentityResult> CreateAsync(PasskeyUser user, CancellationToken cancel) => throw NotHere();

    public Task<IdentityResult> UpdateAsync(PasskeyUser user, CancellationToken cancel) => throw NotHere();

    public Task<IdentityResult> DeleteAsync(PasskeyUser user, CancellationToken cancel) => throw NotHere();

    public Task<PasskeyUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancel) => throw NotHere();

    public void Dispose()
    {
        // The session belongs to the operation.
    }

    private static NotSupportedException NotHere() => new("Accounts are not changed through the passkey handler.");

    private sealed class Row
    {
        public required byte[] CredentialId { get; init; }

        public required byte[] PublicKey { get; init; }

        public required string Name { get; init; }

        public required DateTime CreatedAt { get; init; }

        public required long SignCount { get; init; }

        public required string[] Transports { get; init; }

        public required bool IsUserVerified { get; init; }

        public required bool IsBackupEligible { get; init; }

        public required bool IsBackedUp { get; init; }

        public required byte[] Attestation { get; init; }

        public required byte[] ClientData { get; init; }

        public UserPasskeyInfo ToInfo() => new(CredentialId, PublicKey, new DateTimeOffset(CreatedAt, TimeSpan.Zero), (uint)SignCount, Transports, IsUserVerified, IsBackupEligible, IsBackedUp, Attestation, ClientData) { Name = Name };
    }
}
