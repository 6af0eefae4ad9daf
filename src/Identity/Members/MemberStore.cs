using Dapper;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Who belongs to an organisation: a row inside its wall, and for accounts a line in the platform's list beside it.</summary>
internal static class MemberStore
{
    /// <summary>Announced, in the organisation, when somebody or something became a member.</summary>
    public static readonly EventKind<MemberChanged> Added = new("identity.member_added", IdentityJson.Default.MemberChanged);

    /// <summary>Announced when a member has another role.</summary>
    public static readonly EventKind<MemberChanged> Changed = new("identity.member_changed", IdentityJson.Default.MemberChanged);

    /// <summary>Announced when a member was taken out.</summary>
    public static readonly EventKind<MemberChanged> Removed = new("identity.member_removed", IdentityJson.Default.MemberChanged);

    /// <summary>Makes an account a member, on both sides in one transaction. Somebody who is one already stays what they are.</summary>
    public static async Task AddAsync(TenantSession platform, Organisation organisation, Account account, string role, CancellationToken cancel, IReadOnlyList<string>? shared = null)
    {
        await platform.Connection.ExecuteAsync(AccountStore.Command(
            "insert into identity.memberships (account_id, organisation_id) values (@account, @organisation) on conflict do nothing", new { account = account.Id, organisation = organisation.Id }, cancel));
        await platform.AcrossAsync(organisation.Tenant, async inside =>
        {
            var id = await inside.Connection.ExecuteScalarAsync<Guid?>(AccountStore.Command(
                """
                insert into identity.members (kind, account_id, name, email, role, shared, created_by) values (@kind, @Id, @Name, @Email, @role, @shared, @Actor) on conflict do nothing returning id
                """, new { kind = role == Roles.Guest ? "guest" : "person", account.Id, account.Name, account.Email, role, shared = shared?.ToArray() ?? [], inside.Actor }, cancel));
            if (id is { } made) await inside.AnnounceAsync(Added, new MemberChanged(made, role), $"member:{made}", cancel);
            return id;
        }, cancel);
    }

    /// <summary>The role of an account in an organisation and, when the organisation made that role itself, its permissions.</summary>
    public static Task<(string Role, string[]? Permissions)?> FindRoleAsync(TenantSession platform, Guid organisation, Guid account, CancellationToken cancel) =>
        platform.AcrossAsync(new TenantId(organisation), inside => inside.Connection.QuerySingleOrDefaultAsync<(string Role, string[]? Permissions)?>(AccountStore.Command(
            """
            select m.role, r.permissions from identity.members m left join identity.roles r on r.tenant_id = m.tenant_id and r.name = m.role
            where m.tenant_id = kernel.current_tenant() and m.account_id = @account
            """, new { account }, cancel)), cancel);

    /// <summary>The role of an account in an organisation; null when it is no member.</summary>
    public static Task<string?> RoleAsync(TenantSession platform, Guid organisation, Guid account, CancellationToken cancel) =>
        platform.AcrossAsync(new TenantId(organisation), inside => inside.Connection.ExecuteScalarAsync<string?>(AccountStore.Command(
            "select role from identity.members where tenant_id = kernel.current_tenant() and account_id = @account", new { account }, cancel)), cancel);

    /// <summary>Brings name and address of an account up to date in every organisation it belongs to; null leaves as is.</summary>
    public static async Task RenameAsync(TenantSession platform, Guid account, string? name, string? email, CancellationToken cancel)
    {
        foreach (var organisation in (await platform.Connection.QueryAsync<Guid>(AccountStore.Command(
            "select organisation_id from identity.memberships where tenant_id = kernel.current_tenant() and account_id = @account", new { account }, cancel))).AsList())
            await platform.AcrossAsync(new TenantId(organisation), inside => inside.Connection.ExecuteAsync(AccountStore.Command(
                "update identity.members set name = coalesce(@name, name), email = coalesce(@email, email) where tenant_id = kernel.current_tenant() and account_id = @account", new { account, name, email }, cancel)), cancel);
    }

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
