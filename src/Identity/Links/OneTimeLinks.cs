using Dapper;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Secrets that hold once and for a while: in links that are mailed or printed, and between the two steps of signing in.</summary>
internal static class OneTimeLinks
{
    /// <summary>Makes one. It holds once the session of the platform commits.</summary>
    public static async Task<Secret> MakeAsync(TenantSession platform, LinkPurpose purpose, Guid? account, string email, TimeSpan lifetime, TimeProvider clock, string? data = null, CancellationToken cancel = default)
    {
        var (secret, now) = (Secret.New(), clock.GetUtcNow());
        await platform.Connection.ExecuteAsync(AccountStore.Command(
            "insert into identity.links (token_hash, purpose, account_id, email, data, created_at, expires_at) values (@Hash, @word, @account, @email, @data, @now, @end)",
            new { secret.Hash, word = purpose.ToString(), account, email, data, now, end = now + lifetime }, cancel));
        return secret;
    }

    /// <summary>What a link that still holds is for; null when it does not hold. Using it is another step.</summary>
    public static Task<Link?> PeekAsync(TenantSession platform, string? token, TimeProvider clock, CancellationToken cancel) => FindAsync(platform, token, isUsed: false, clock, cancel);

    /// <summary>Uses a link up, in the session's transaction: of two who use it at once, one is refused.</summary>
    /// <exception cref="Refusal"><c>identity.link_invalid</c>, the same for one that is used, ended, for something else or made up.</exception>
    public static async Task<Link> UseAsync(TenantSession platform, string? token, TimeProvider clock, CancellationToken cancel, params LinkPurpose[] purposes) =>
        await FindAsync(platform, token, isUsed: true, clock, cancel) is { } link && purposes.Contains(link.Purpose) ? link : throw Invalid();

    public static Refusal Invalid() => new("identity.link_invalid", "This link does not hold any more; ask for a new one.", 400);

    /// <summary>Ends all links of an account of one purpose: a newer one replaces them, or what they were for is over.</summary>
    public static Task EndAsync(TenantSession platform, Guid account, TimeProvider clock, CancellationToken cancel, params LinkPurpose[] purposes) =>
        platform.Connection.ExecuteAsync(AccountStore.Command(
            "update identity.links set used_at = @now where tenant_id = kernel.current_tenant() and account_id = @account and used_at is null and purpose = any (@words)",
            new { account, now = clock.GetUtcNow(), words = purposes.Select(one => one.ToString()).ToArray() }, cancel));

    private static async Task<Link?> FindAsync(TenantSession platform, string? token, bool isUsed, TimeProvider clock, CancellationToken cancel)
    {
        if (Secret.Parse(token) is not { } secret) return null;
        const string Holds = "tenant_id = kernel.current_tenant() and token_hash = @Hash and used_at is null and expires_at > @now";
        const string Columns = "id, purpose, account_id, email, data, created_at";
        var row = await platform.Connection.QuerySingleOrDefaultAsync<(Guid Id, string Purpose, Guid? Account, string Email, string? Data, DateTime MadeAt)?>(AccountStore.Command(
            isUsed ? $"update identity.links set used_at = @now where {Holds} returning {Columns}" : $"select {Columns} from identity.links where {Holds}",
            new { secret.Hash, now = clock.GetUtcNow() }, cancel));
        return row is { } found ? new Link(found.Id, Enum.Parse<LinkPurpose>(found.Purpose), found.Account, found.Email, found.Data, new DateTimeOffset(found.MadeAt, TimeSpan.Zero)) : null;
    }
}

/// <summary>A link as it was made.</summary>
internal sealed record Link(Guid Id, LinkPurpose Purpose, Guid? Account, string Email, string? Data, DateTimeOffset MadeAt);

/// <summary>What a one-time secret is good for, and for nothing else.</summary>
internal enum LinkPurpose
{
    /// <summary>Signs in.</summary>
    SignIn,

    /// <summary>Makes an account for the address it was sent to.</summary>
    Register,

    /// <summary>Signs in and lets a new password be set.</summary>
    Recover,

    /// <summary>Makes the address it was sent to the account's own.</summary>
    ChangeEmail,

    /// <summary>Takes a change of address back.</summary>
    UndoEmail,

    /// <summary>Accepts an invitation to an organisation.</summary>
    Invitation,

    /// <summary>A passkey is being made or used: the challenge was given out.</summary>
    Passkey,

    /// <summary>The first step of signing in is done; the code is missing.</summary>
    SecondFactor,
}
