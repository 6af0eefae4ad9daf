using System.Collections.Concurrent;
using Dapper;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Finds who is signed in by the cookie of a session. A node remembers a session for five seconds; what ends here ends at once here.</summary>
internal sealed class SessionCallers(Database database, SessionCookie cookie, SettingLayers settings, OperationCatalogue catalogue, TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Remembered> remembered = new(StringComparer.Ordinal);

    /// <summary>Who is signed in; null when there is no cookie, or its session has ended: then its owner signs in again.</summary>
    public async ValueTask<SignedIn?> FindAsync(HttpContext http, CancellationToken cancel)
    {
        if (cookie.Read(http) is not { } secret) return null;
        // Remembered by hash: what a session is known by does not stay in memory.
        var hash = Convert.ToHexString(secret.Hash);
        if (remembered.TryGetValue(hash, out var known) && known.Until > clock.GetUtcNow()) return known.Who;
        var found = await LookUpAsync(secret, cancel);
        if (found is null) remembered.TryRemove(hash, out _);
        else
        {
            if (remembered.Count >= MostRemembered) remembered.Clear();
            remembered[hash] = found;
        }
        return found?.Who;
    }

    /// <summary>Forgets one session.</summary>
    public void Forget(Secret session) => remembered.TryRemove(Convert.ToHexString(session.Hash), out _);

    /// <summary>Forgets what is known of an account's sessions, after something about it changed.</summary>
    public void Forget(Guid account)
    {
        foreach (var (hash, known) in remembered)
            if (known.Who.Account.Id == account) remembered.TryRemove(hash, out _);
    }

    private async Task<Remembered?> LookUpAsync(Secret secret, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        var row = await platform.Connection.QuerySingleOrDefaultAsync<Row>(AccountStore.Command(
            """
            select id, account_id as "AccountId", organisation_id as "OrganisationId", seen_at as "SeenAt", confirmed_at as "ConfirmedAt", expires_at as "ExpiresAt"
            from identity.sessions where tenant_id = kernel.current_tenant() and token_hash = @Hash and ended_at is null and expires_at > @now and seen_at > @idle
            """, new { secret.Hash, now, idle = now - TimeSpan.FromMinutes(settings.Get(IdentitySettings.SessionIdleMinutes)) }, cancel));
        if (row is null) return null;
        var who = await DescribeAsync(platform, row, secret, cancel);
        if (now.UtcDateTime - row.SeenAt > TimeSpan.FromMinutes(1))
        {
            await platform.Connection.ExecuteAsync(AccountStore.Command("update identity.sessions set seen_at = @now where tenant_id = kernel.current_tenant() and id = @Id", new { now, row.Id }, cancel));
            await platform.CommitAsync(cancel);
        }
        var (until, end) = (now + Memory, new DateTimeOffset(row.ExpiresAt, TimeSpan.Zero));
        return new Remembered(who, end < until ? end : until);
    }

    private async Task<SignedIn> DescribeAsync(TenantSession platform, Row row, Secret secret, CancellationToken cancel)
    {
        var account = await AccountStore.GetAsync(platform, row.AccountId, cancel);
        var place = row.OrganisationId is { } active ? await MemberStore.FindRoleAsync(platform, active, account.Id, cancel) : null;
        var (organisation, role) = (place is null ? null : await OrganisationStore.FindAsync(platform, row.OrganisationId!.Value, cancel), place?.Role);
        var permissions = place switch
        {
            null => new HashSet<string> { Roles.Self },
            { Permissions: { } own } => own.Append(Roles.Self).ToHashSet(),
            { Role: var known } => Roles.PermissionsOf(known, catalogue.Permissions),
        };
        return new SignedIn
        {
            Account = account, Session = row.Id, Organisation = organisation, Role = role, CsrfToken = OwnPage.TokenOf(secret),
            Caller = new Caller(organisation?.Tenant ?? TenantId.Platform, account.Subject, permissions)
            {
                ConfirmedUntil = new DateTimeOffset(row.ConfirmedAt, TimeSpan.Zero).AddMinutes(settings.Get(IdentitySettings.ConfirmationMinutes)),
            },
        };
    }

    private sealed record Remembered(SignedIn Who, DateTimeOffset Until);

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required Guid AccountId { get; init; }

        public Guid? OrganisationId { get; init; }

        public required DateTime SeenAt { get; init; }

        public required DateTime ConfirmedAt { get; init; }

        public required DateTime ExpiresAt { get; init; }
    }
}
