using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Rialto.Kernel;
using Dapper;

namespace Rialto.Publishing;

/// <summary>
/// A file of a release is not in the store: visitors get a plain refusal, and the owner gets the event <c>publishing.site_damaged</c>,
/// once in ten minutes for a site and node, however many visitors come.
/// </summary>
internal sealed partial class DamageReport(Database database, TimeProvider clock, ILogger<DamageReport> logger)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, DateTimeOffset> told = new(StringComparer.Ordinal);

    /// <summary>Tells of it, without keeping the visitor waiting.</summary>
    public void Tell(string site, string path, string words)
    {
        var now = clock.GetUtcNow();
        if (told.TryGetValue(site, out var last) && now - last < Silence) return;
        if (told.Count > 10_000) told.Clear();
        told[site] = now;
        Damaged(logger, site, path, words);
        _ = Task.Run(() => AnnounceAsync(site, path, words));
    }

    private async Task AnnounceAsync(string site, string path, string words)
    {
        try
        {
            Guid? tenant;
            await using (var platform = await database.BeginAsync(TenantId.Platform))
                tenant = await platform.Connection.ExecuteScalarAsync<Guid?>("select tenant_id from publishing.sites where name = @site", new { site });
            if (tenant is null) return;
            await using var session = await database.BeginAsync(new TenantId(tenant.Value));
            await session.AnnounceAsync(PublishingEvents.SiteDamaged, new SiteDamaged(site, path, words), "site:" + site);
            await session.CommitAsync();
        }
        catch (Exception failure)
        {
            told.TryRemove(site, out _);
            NotTold(logger, failure, site);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Site} is damaged at {Path}: {Words}")]
    private static partial void Damaged(ILogger logger, string site, string path, string words);

    [LoggerMessage(Level = LogLevel.Error, Message = "The owner of {Site} could not be told of the damage")]
    private static partial void NotTold(ILogger logger, Exception failure, string site);
}
