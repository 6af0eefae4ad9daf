using Dapper;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Who belongs to an organisation: a row inside its wall, and for accounts a line in the platform's list beside it.</summary>
internal static class MemberStore
{
    /// <summary>Makes an account a member, on both sides in one transaction. Does nothing when it is one already.</summary>
    public static async Task AddAsync(TenantSession platform, Organisation organisation, Account account, string role, CancellationToken cancel)
    {
        await platform.Connection.ExecuteAsync(AccountStore.Command(
            "insert into identity.memberships (account_id, organisation_id) values (@account, @organisation) on conflict do nothing", new { account = account.Id, organisation = organisation.Id }, cancel));
        await platform.AcrossAsync(organisation.Tenant, inside => inside.Connection.ExecuteAsync(AccountStore.Command(
            """
            insert into identity.members (kind, account_id, name, email, role, created_by) values (@kind, @Id, @Name, @Email, @role, @Actor) on conflict do nothing
            """, new { kind = role == Roles.Guest ? "guest" : "person", account.Id, account.Name, account.Email, role, inside.Actor }, cancel)), cancel);
    }

    /// <summary>The role of an account in an organisation; null when it is no member.</summary>
    public static Task<string?> RoleAsync(TenantSession platform, Guid organisation, Guid account, CancellationToken cancel) =>
        platform.AcrossAsync(new TenantId(organisation), inside => inside.Connection.ExecuteScalarAsync<string?>(AccountStore.Command(
            "select role from identity.members where tenant_id = kernel.current_tenant() and account_id = @account", new { account }, cancel)), cancel);

    /// <summary>Where an account belongs, by name.</summary>
    public static async Task<IReadOnlyList<Belonging>> ListAsync(TenantSession platform, Guid account, CancellationToken cancel)
    {
        var organisations = await platform.Connection.QueryAsync<Organisation>(AccountStore.Command(
            """
            select o.id, o.handle, o.name from identity.memberships m join identity.organisations o on o.tenant_id = m.tenant_id and o.id = m.organisation_id
            where m.tenant_id = kernel.current_tenant() and m.account_id = @account order by lower(o.name), o.id limit 1000
            """, new { account }, cancel));
        var belongings = new List<Belonging>();
        foreach (var organisation in organisations)
            if (await RoleAsync(platform, organisation.Id, account, cancel) is { } role) belongings.Add(new Belonging(organisation, role));
        return belongings;
    }
}
