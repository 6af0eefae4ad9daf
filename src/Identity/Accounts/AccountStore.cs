using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Accounts as rows of the platform; each method takes a session of the platform.</summary>
internal static class AccountStore
{
    internal const string Columns = """
        id, email, name, language, time_zone as "TimeZone", password_hash is not null as "HasPassword", avatar is not null as "HasAvatar", created_at as "CreatedAt"
        """;

    /// <summary>The account; a session that is bound to one has one.</summary>
    public static Task<Account> GetAsync(TenantSession platform, Guid id, CancellationToken cancel) =>
        platform.Connection.QuerySingleAsync<Account>(Command($"select {Columns} from identity.accounts where tenant_id = kernel.current_tenant() and id = @id", new { id }, cancel));

    /// <summary>The account with this address, or null.</summary>
    public static Task<Account?> FindAsync(TenantSession platform, EmailAddress email, CancellationToken cancel) =>
        platform.Connection.QuerySingleOrDefaultAsync<Account>(Command($"select {Columns} from identity.accounts where tenant_id = kernel.current_tenant() and email_key = @Key", new { email.Key }, cancel));

    /// <summary>Makes an account whose address is proven.</summary>
    /// <exception cref="Refusal"><c>identity.email_taken</c>.</exception>
    public static async Task<Account> CreateAsync(TenantSession platform, EmailAddress email, string name, string language, CancellationToken cancel)
    {
        try
        {
            var made = await platform.Connection.QuerySingleAsync<Account>(Command(
                $"insert into identity.accounts (email, email_key, name, language) values (@Text, @Key, @name, @language) returning {Columns}", new { email.Text, email.Key, name, language }, cancel));
            await platform.AnnounceAsync(AccountEvents.AccountCreated, new AccountChanged(made.Id), made.Subject, cancel);
            return made;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new Refusal("identity.email_taken", "There is an account with this address already; sign in.", 409);
        }
    }

    /// <summary>Keeps a new password.</summary>
    public static Task SetPasswordAsync(TenantSession platform, Guid id, string hash, DateTimeOffset now, CancellationToken cancel) => platform.Connection.ExecuteAsync(Command(
        "update identity.accounts set password_hash = @hash, password_changed_at = @now where tenant_id = kernel.current_tenant() and id = @id", new { id, hash, now }, cancel));

    internal static CommandDefinition Command(string sql, object? parameters, CancellationToken cancel) => new(sql, parameters, cancellationToken: cancel);
}
