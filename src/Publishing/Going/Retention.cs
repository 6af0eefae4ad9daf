using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>How long releases last, and when the bytes nobody needs any more are removed.</summary>
internal sealed class Retention(Database database, IBlobStore blobs, IEnumerable<IBlobHolder> holders)
{
    // Longer than any build: what a build has kept but not yet committed is younger.
    private static readonly TimeSpan SmallestAge = TimeSpan.FromHours(2);

    /// <summary>Removes releases of the site beyond its newest, except those that are live, kept by hand or shown by a branch's preview. Previews of single commits go with them.</summary>
    public static Task<int> TrimAsync(TenantSession session, Guid site, CancellationToken cancel) => session.Connection.ExecuteAsync(new CommandDefinition(
        """
        delete from publishing.releases r using (
          select id, row_number() over (order by sequence desc) as place from publishing.releases where tenant_id = @tenant and site_id = @site) o,
          publishing.sites s
        where r.tenant_id = @tenant and r.id = o.id and s.tenant_id = @tenant and s.id = @site and o.place > s.keep_releases
          and not r.is_kept and r.id is distinct from s.live_release
          and not exists (select from publishing.previews p where p.tenant_id = @tenant and p.release_id = r.id and p.kind = 'branch')
        """, new { tenant = session.Tenant.Value, site }, cancellationToken: cancel));

    /// <summary>
    /// Removes blobs that no release of any tenant needs. When one manifest cannot be read nothing is removed: what it needs would not be
    /// known. Returns how many were removed.
    /// </summary>
    public async Task<int> CollectAsync(TimeSpan? smallestAge = null, CancellationToken cancel = default)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var age = smallestAge ?? SmallestAge;
        IReadOnlyList<string> manifests;
        await using (var platform = await database.BeginAsync(TenantId.Platform, cancel))
            manifests = (await platform.Connection.QueryAsync<string>("select distinct manifest from publishing.releases")).AsList();
        foreach (var id in manifests)
        {
            needed.Add(id);
            foreach (var file in (await ReleaseManifest.OpenAsync(blobs, id, cancel)).Files)
            {
                needed.Add(file.Blob);
                if (file.Brotli is not null) needed.Add(file.Brotli.Blob);
                if (file.Gzip is not null) needed.Add(file.Gzip.Blob);
            }
        }
        foreach (var holder in holders) needed.UnionWith(await holder.HeldAsync(cancel));
        return await blobs.CollectAsync(old => Task.FromResult<IReadOnlySet<BlobId>>(old.Where(blob => needed.Contains(blob.Value)).ToHashSet()), age, cancel);
    }
}
