using System.Security.Cryptography;
using System.Text;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>The second factor of an account: an authenticator, and ten recovery codes of 112 random bits, each good once.</summary>
internal sealed class SecondFactors(FieldCipher cipher, TimeProvider clock)
{
    private const int Codes = 10, CodeBytes = 14;

    /// <summary>Whether signing in asks for a code.</summary>
    public Task<bool> IsOnAsync(TenantSession platform, Guid account, CancellationToken cancel) => platform.Connection.ExecuteScalarAsync<bool>(AccountStore.Command(
        "select exists (select from identity.authenticators where tenant_id = kernel.current_tenant() and account_id = @account and confirmed_at is not null)", new { account }, cancel));

    /// <summary>Begins with a new secret; in force once its first code was given. One that is in force stays.</summary>
    /// <exception cref="Refusal"><c>identity.authenticator_there</c>.</exception>
    public async Task<byte[]> BeginAsync(TenantSession platform, Guid account, CancellationToken cancel)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        var kept = await cipher.EncryptAsync(platform, At(account), secret, cancel);
        var rows = await platform.Connection.ExecuteAsync(AccountStore.Command(
            """
            insert into identity.authenticators (account_id, secret, created_at) values (@account, @kept, @now)
            on conflict (tenant_id, account_id) do update set secret = excluded.secret, created_at = excluded.created_at, last_step = 0 where authenticators.confirmed_at is null
            """, new { account, kept, now = clock.GetUtcNow() }, cancel));
        return rows == 1 ? secret : throw new Refusal("identity.authenticator_there", "The account has an authenticator; take it off first.", 409);
    }

    /// <summary>Puts it in force by its first code and returns the recovery codes, this once.</summary>
    /// <exception cref="Refusal"><c>identity.code_wrong</c>.</exception>
    public async Task<IReadOnlyList<string>> FinishAsync(TenantSession platform, Guid account, string code, CancellationToken cancel)
    {
        if (!await TakeCodeAsync(platform, account, code, isConfirmed: false, cancel)) throw new Refusal("identity.code_wrong", "The code is not right; look at the clock of the device as well.", 422);
        await platform.Connection.ExecuteAsync(AccountStore.Command("update identity.authenticators set confirmed_at = @now where tenant_id = kernel.current_tenant() and account_id = @account", new { account, now = clock.GetUtcNow() }, cancel));
        return await MakeRecoveryCodesAsync(platform, account, cancel);
    }

    /// <summary>New recovery codes in place of all before.</summary>
    public static async Task<IReadOnlyList<string>> MakeRecoveryCodesAsync(TenantSession platform, Guid account, CancellationToken cancel)
    {
        var codes = Enumerable.Range(0, Codes).Select(_ => string.Join('-', Base32.Write(RandomNumberGenerator.GetBytes(CodeBytes)).ToLowerInvariant().Chunk(4).Select(part => new string(part)))).ToArray();
        await platform.Connection.ExecuteAsync(AccountStore.Command("delete from identity.recovery_codes where tenant_id = kernel.current_tenant() and account_id = @account", new { account }, cancel));
        await platform.Connection.ExecuteAsync(AccountStore.Command("insert into identity.recovery_codes (account_id, code_hash) select @account, unnest(@hashes)", new { account, hashes = codes.Select(HashOf).ToArray() }, cancel));
        return codes;
    }

    /// <summary>Whether it is a code of the authenticator that was not taken yet, or an unused recovery code; then it is used up.</summary>
    public async Task<bool> CheckAsync(TenantSession platform, Guid account, string code, CancellationToken cancel)
    {
        code = code.Trim();
        if (code.Length == Totp.Digits) return await TakeCodeAsync(platform, account, code, isConfirmed: true, cancel);
        return await platform.Connection.ExecuteAsync(AccountStore.Command(
            "update identity.recovery_codes set used_at = @now where tenant_id = kernel.current_tenant() and account_id = @account and code_hash = @hash and used_at is null",
            new { account, hash = HashOf(code), now = clock.GetUtcNow() }, cancel)) == 1;
    }

    /// <summary>Takes off authenticator and recovery codes; with a moment, only when they were made after it.</summary>
    public static async Task DropAsync(TenantSession platform, Guid account, DateTimeOffset? since, CancellationToken cancel)
    {
        if (await platform.Connection.ExecuteAsync(AccountStore.Command(
            "delete from identity.authenticators where tenant_id = kernel.current_tenant() and account_id = @account and (@since::timestamptz is null or created_at >= @since)", new { account, since }, cancel)) > 0)
            await platform.Connection.ExecuteAsync(AccountStore.Command("delete from identity.recovery_codes where tenant_id = kernel.current_tenant() and account_id = @account", new { account }, cancel));
        if (since is not null)
            await platform.Connection.ExecuteAsync(AccountStore.Command("delete from identity.passkeys where tenant_id = kernel.current_tenant() and account_id = @account and created_at >= @since", new { account, since }, cancel));
    }

    /// <summary>How many recovery codes are left.</summary>
    public static Task<int> CountRecoveryCodesAsync(TenantSession platform, Guid account, CancellationToken cancel) => platform.Connection.ExecuteScalarAsync<int>(AccountStore.Command(
        "select count(*)::int from identity.recovery_codes where tenant_id = kernel.current_tenant() and account_id = @account and used_at is null", new { account }, cancel));

    private async Task<bool> TakeCodeAsync(TenantSession platform, Guid account, string code, bool isConfirmed, CancellationToken cancel)
    {
        var kept = await platform.Connection.ExecuteScalarAsync<byte[]?>(AccountStore.Command(
            "select secret from identity.authenticators where tenant_id = kernel.current_tenant() and account_id = @account and (confirmed_at is not null) = @isConfirmed", new { account, isConfirmed }, cancel));
        if (kept is null) return false;
        var secret = await cipher.DecryptAsync(platform, At(account), kept, cancel);
        if (Totp.Match(secret, code, clock.GetUtcNow()) is not { } step) return false;
        // Of two who give the same code at once, one waits for the row and then finds the step taken.
        return await platform.Connection.ExecuteAsync(AccountStore.Command(
            "update identity.authenticators set last_step = @step where tenant_id = kernel.current_tenant() and account_id = @account and last_step < @step", new { account, step }, cancel)) == 1;
    }

    private static FieldAddress At(Guid account) => new("identity.authenticators", account.ToString(), "secret");

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()));
}
