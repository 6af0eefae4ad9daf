using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>
/// Knows what stands at an address now. Held in memory, forgotten the moment a switch is committed on whatever node, and looked up
/// again by the next visitor. When the database is away, visitors are served what was known.
/// </summary>
internal sealed partial class SiteDirectory(Database database, IBlobStore blobs, SiteSignals signals, ILogger<SiteDirectory> logger)
{
    private const int MostReleases = 500, EarlierReleases = 3;
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(30), TrustWithoutSignals = TimeSpan.FromSeconds(1), TrustNothing = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<SiteKey, Known> sites = new();
    private readonly ConcurrentDictionary<string, (Task<ServedRelease> Release, long UsedAt)> releases = new(StringComparer.Ordinal);

    /// <summary>The site at <paramref name="key"/>; null when there is none.</summary>
    public ValueTask<ServedSite?> FindAsync(SiteKey key)
    {
        var now = Environment.TickCount64;
        return sites.TryGetValue(key, out var known) && now < known.TrustedUntil && known.Turn == signals.Turn(key.Site) ? new(known.Site) : new(LookAsync(key, known));
    }

    /// <summary>Gets a release ready, so that the first visitor after a switch need not wait.</summary>
    public Task<ServedRelease> OpenAsync(string manifest)
    {
        if (releases.TryGetValue(manifest, out var held) && !held.Release.IsFaulted)
        {
            releases[manifest] = (held.Release, Environment.TickCount64);
            return held.Release;
        }
        if (releases.Count > MostReleases)
            foreach (var (name, _) in releases.OrderBy(pair => pair.Value.UsedAt).Take(MostReleases / 4)) releases.TryRemove(name, out _);
        // Two who ask at the same moment read it twice at worst.
        var opening = ServedRelease.OpenAsync(blobs, manifest, CancellationToken.None);
        releases[manifest] = (opening, Environment.TickCount64);
        return opening;
    }

    private async Task<ServedSite?> LookAsync(SiteKey key, Known? stale)
    {
        signals.Listen();
        var turn = signals.Turn(key.Site);
        try
        {
            var site = await ReadAsync(key);
            var trust = site is null ? TrustNothing : signals.AreHeard ? Trust : TrustWithoutSignals;
            if (site is not null || sites.Count < 10_000) sites[key] = new Known(site, turn, Environment.TickCount64 + (long)trust.TotalMilliseconds);
            return site;
        }
        catch (Exception lost) when (stale is not null && lost is NpgsqlException or TimeoutException or IOException or Refusal { Code: "database.unreachable" })
        {
            ServedFromMemory(logger, key.Site, lost.Message);
            sites[key] = stale! with { Turn = turn, TrustedUntil = Environment.TickCount64 + (long)TrustWithoutSignals.TotalMilliseconds };
            return stale.Site;
        }
    }

    private async Task<ServedSite?> ReadAsync(SiteKey key)
    {
        await using var session = await database.BeginAsync(TenantId.Platform);
        var row = await session.Connection.QuerySingleOrDefaultAsync<SiteRow>(
            """
            select s.tenant_id as Tenant, s.id, s.visibility, s.password_hash as PasswordHash, s.secret, s.single_page as SinglePage, s.live_release as Live,
                   case when @Label::text is null then s.live_release
                        else (select p.release_id from publishing.previews p where p.tenant_id = s.tenant_id and p.site_id = s.id and p.label = @Label) end as Release
            from publishing.sites s where s.name = @Site
            """, new { key.Site, key.Label });
        if (row is null || (key.Label is not null && row.Release is null)) return null;
        var manifests = row.Release is null ? [] : (await session.Connection.QueryAsync<string>(
            """
            select manifest from publishing.releases where tenant_id = @Tenant and id = @Release
            union all
            (select r.manifest from (select release_id, max(at) as at from publishing.switches where tenant_id = @Tenant and site_id = @Id and release_id <> @Release group by release_id) e
             join publishing.releases r on r.tenant_id = @Tenant and r.id = e.release_id where not @IsPreview order by e.at desc limit @EarlierReleases)
            """, new { row.Tenant, row.Id, row.Release, IsPreview = key.Label is not null, EarlierReleases })).AsList();
        var opened = new List<ServedRelease>();
        foreach (var manifest in manifests)
        {
            // What is shown must be there; what was shown earlier is a courtesy.
            if (opened.Count == 0) opened.Add(await OpenAsync(manifest));
            else if (await TryOpenAsync(manifest) is { } earlier) opened.Add(earlier);
        }
        return new ServedSite
        {
            Tenant = row.Tenant, Id = row.Id, Name = key.Site, Visibility = Enum.Parse<Visibility>(row.Visibility, ignoreCase: true), PasswordHash = row.PasswordHash, Secret = row.Secret,
            IsSinglePage = row.SinglePage, IsPreview = key.Label is not null, Release = opened.FirstOrDefault(), Earlier = opened.Count > 1 ? opened[1..] : [],
        };
    }

    private async Task<ServedRelease?> TryOpenAsync(string manifest)
    {
        try
        {
            return await OpenAsync(manifest);
        }
        catch (Refusal gone) when (gone.Code == "blobs.missing")
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Site} is served from memory: {Words}")]
    private static partial void ServedFromMemory(ILogger logger, string site, string words);

    private sealed record Known(ServedSite? Site, long Turn, long TrustedUntil);

    private sealed class SiteRow
    {
        public Guid Tenant { get; init; }

        public Guid Id { get; init; }

        public string Visibility { get; init; } = "";

        public string? PasswordHash { get; init; }

        public byte[] Secret { get; init; } = [];

        public bool SinglePage { get; init; }

        public Guid? Live { get; init; }

        public Guid? Release { get; init; }
    }
}
