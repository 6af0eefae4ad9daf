using System.Net;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Sessions as rows of the platform.</summary>
internal static class SessionStore
{
    /// <summary>Begins a session for somebody who has proven who they are, in the organisation they were in last.</summary>
    public static async Task<Secret> BeginAsync(TenantSession platform, NewSession wanted, CancellationToken cancel)
    {
        var secret = Secret.New();
        var id = await platform.Connection.ExecuteScalarAsync<Guid>(AccountStore.Command(
            """
            insert into identity.sessions (token_hash, account_id, organisation_id, name, method, address, created_at, seen_at, confirmed_at, expires_at)
            values (@Hash, @Account, (
              select m.organisation_id from identity.memberships m
              left join identity.sessions s on s.tenant_id = m.tenant_id and s.account_id = m.account_id and s.organisation_id = m.organisation_id
              where m.tenant_id = kernel.current_tenant() and m.account_id = @Account order by s.seen_at desc nulls last, m.created_at limit 1),
              @Name, @Method, @address, @Now, @Now, @Now, @End) returning id
            """, new { secret.Hash, wanted.Account, wanted.Name, wanted.Method, address = wanted.Address?.ToString() ?? "", wanted.Now, wanted.End }, cancel));
        platform.Actor = Account.SubjectOf(wanted.Account);
        await platform.AnnounceAsync(AccountEvents.SignedIn, new SessionChanged(wanted.Account, id, wanted.Method, wanted.Address?.ToString() ?? ""), $"session:{id}", cancel);
        return secret;
    }

    /// <summary>Ends sessions of an account: one, all, or all but one. Returns those that were ended.</summary>
    public static async Task<IReadOnlyList<Guid>> EndAsync(TenantSession platform, Guid account, Guid? only, Guid? but, DateTimeOffset now, CancellationToken cancel)
    {
        var ended = (await platform.Connection.QueryAsync<(Guid Id, string Method, string Address)>(AccountStore.Command(
            """
            update identity.sessions set ended_at = @now where tenant_id = kernel.current_tenant() and account_id = @account and ended_at is null
              and (@only::uuid is null or id = @only) and (@but::uuid is null or id <> @but) returning id, method, address
            """, new { account, only, but, now }, cancel))).AsList();
        foreach (var one in ended)
            await platform.AnnounceAsync(AccountEvents.SessionEnded, new SessionChanged(account, one.Id, one.Method, one.Address), $"session:{one.Id}", cancel);
        return [.. ended.Select(one => one.Id)];
    }
}

/// <param name="Account">Whose.</param>
/// <param name="Method">How they proved themselves.</param>
/// <param name="Name">What to call it: the browser and its system.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Now">Its beginning.</param>
/// <param name="End">Its end at the latest.</param>
internal sealed record NewSession(Guid Account, string Method, string Name, IPAddress? Address, DateTimeOffset Now, DateTimeOffset End);
