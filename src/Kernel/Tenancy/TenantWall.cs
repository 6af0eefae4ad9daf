using Dapper;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>Finds tables that the tenant wall does not cover. Every module's tests ask it about the whole catalogue.</summary>
public static class TenantWall
{
    private const string Tables = """
        select n.nspname || '.' || c.relname as name, c.relrowsecurity as "on", c.relforcerowsecurity as forced,
               exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull and not a.attisdropped) as has_tenant,
               exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant_wall'
                       and pg_get_expr(p.polqual, p.polrelid) like '%SELECT%current_setting(''rialto.tenant''%'
                       and p.polwithcheck is not null) as has_policy
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
        order by 1
        """;

    /// <summary>
    /// One sentence for each table that lacks a <c>tenant_id</c>, the policy of <c>kernel.tenant_wall</c>, or row-level security that
    /// binds its owner too; and for each entry of <paramref name="declared"/> (table → why it needs no wall) that no table needs any more.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindHolesAsync(NpgsqlConnection connection, IReadOnlyDictionary<string, string> declared)
    {
        var holes = new List<string>();
        var seen = new HashSet<string>();
        foreach (var table in await connection.QueryAsync<(string Name, bool On, bool Forced, bool HasTenant, bool HasPolicy)>(Tables))
        {
            seen.Add(table.Name);
            var covered = table is { On: true, Forced: true, HasTenant: true, HasPolicy: true };
            if (declared.ContainsKey(table.Name) == covered)
                holes.Add(covered
                    ? $"{table.Name} is declared as open but has the wall; take it off the list."
                    : $"{table.Name} has no wall: give it tenant_id uuid not null and call kernel.tenant_wall('{table.Name}').");
        }
        holes.AddRange(declared.Keys.Where(name => !seen.Contains(name)).Select(name => $"{name} is declared as open but does not exist; take it off the list."));
        return holes;
    }

    /// <summary>The Kernel's own tables that need no wall, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> KernelTables { get; } = new Dictionary<string, string>
    {
        ["kernel.event_cursors"] = "closed to the application; how far each reader of the platform has come",
        ["kernel.migrations"] = "written by the owner only; says nothing about tenants",
    };
}
