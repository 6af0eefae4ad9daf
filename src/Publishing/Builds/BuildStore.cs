using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>What lasts of builds besides their releases: content that was made already, and how long records stay.</summary>
internal static class BuildStore
{
    private const int MostBuilds = 200, MostWithLog = 30, Burst = 3;

    /// <summary>The site's release of that content, or null.</summary>
    public static Task<Guid?> MadeAlreadyAsync(TenantSession session, Guid site, string key, CancellationToken cancel) => session.Connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
        "select release_id from publishing.contents where tenant_id = @tenant and site_id = @site and key = @key", new { tenant = session.Tenant.Value, site, key }, cancellationToken: cancel));

    /// <summary>How long a branch that several pushes came to should be left alone, so that a burst is not built piece by piece; zero for one that got just one.</summary>
    public static async Task<TimeSpan> UnrestAsync(TenantSession session, Guid site, string branch, double quietSeconds, CancellationToken cancel) =>
        TimeSpan.FromSeconds(await session.Connection.ExecuteScalarAsync<double?>(new CommandDefinition(
            """
            select greatest(0, @quietSeconds - extract(epoch from clock_timestamp() - h.at))::float8 from publishing.heads h
            where h.tenant_id = @tenant and h.site_id = @site and h.branch = @branch and h.sequence - @Burst >=
              (select max(b.sequence) from publishing.builds b where b.tenant_id = @tenant and b.site_id = @site and b.branch = @branch)
            """, new { tenant = session.Tenant.Value, site, branch, quietSeconds, Burst }, cancellationToken: cancel)) ?? 0);

    /// <summary>Remembers what was made of it; the newest release stands for it, because it stays longest.</summary>
    public static Task RememberAsync(TenantSession session, Guid site, string key, Guid release, CancellationToken cancel) => session.Connection.ExecuteAsync(new CommandDefinition(
        "insert into publishing.contents (site_id, key, release_id) values (@site, @key, @release) on conflict (tenant_id, site_id, key) do update set release_id = excluded.release_id",
        new { site, key, release }, cancellationToken: cancel));

    /// <summary>Forgets old builds of a site, and the lines of those that are only a little newer.</summary>
    public static Task TrimAsync(TenantSession session, Guid site, CancellationToken cancel) => session.Connection.ExecuteAsync(new CommandDefinition(
        """
        delete from publishing.builds where tenant_id = @tenant and state <> 'running' and id in (
          select id from publishing.builds where tenant_id = @tenant and site_id = @site order by started_at desc offset @MostBuilds);
        delete from publishing.build_lines where tenant_id = @tenant and build_id in (
          select id from publishing.builds where tenant_id = @tenant and site_id = @site and state <> 'running' order by started_at desc offset @MostWithLog)
        """, new { tenant = session.Tenant.Value, site, MostBuilds, MostWithLog }, cancellationToken: cancel));
}
