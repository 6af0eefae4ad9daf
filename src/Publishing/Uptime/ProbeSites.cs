using System.Diagnostics;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Ask every live site whether it answers.</summary>
internal sealed record ProbeSites
{
    public static readonly JobKind<ProbeSites> Kind = new("publishing.probe_sites", QueueDefinition.Default, PublishingJson.Default.ProbeSites) { MaxAttempts = 1 };
}

/// <summary>
/// Asks sites for their front page by their own address, as a visitor would, and keeps what came. What is asked are addresses the
/// platform itself gave, so they are allowed though they may be this machine's; redirects are not followed.
/// </summary>
internal sealed class SiteProbe(Database database, PublishingOptions options, TimeProvider clock)
{
    private const int MostSites = 2000, AtOnce = 16, LargestPageBytes = 8 * 1024 * 1024;
    private const double PatienceSeconds = 10, RoundSeconds = 50;

    /// <summary>Asks all sites that somebody may visit; when time is over, the rest waits for the next round. Returns how many were asked.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        IReadOnlyList<ProbedSite> sites;
        await using (var platform = await database.BeginAsync(TenantId.Platform, cancel))
            sites = (await platform.Connection.QueryAsync<ProbedSite>(new CommandDefinition(
                "select tenant_id as Tenant, id, name, visibility from publishing.sites where live_release is not null and visibility <> 'private' order by random() limit @MostSites", new { MostSites }, cancellationToken: cancel))).AsList();
        var (asked, watch) = (0, Stopwatch.StartNew());
        await Parallel.ForEachAsync(sites, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (site, token) =>
        {
            if (watch.Elapsed.TotalSeconds > RoundSeconds) return;
            var result = await AskAsync(site, token);
            await using var session = await database.BeginAsync(new TenantId(site.Tenant), token);
            session.Actor = "platform";
            await UptimeStore.RecordAsync(session, site, result, token);
            await session.CommitAsync(token);
            Interlocked.Increment(ref asked);
        });
        return asked;
    }

    private async Task<ProbeResult> AskAsync(ProbedSite site, CancellationToken cancel)
    {
        var address = options.AddressOf(site.Name);
        using var http = new OutgoingHttp(new OutgoingOptions
        {
            TimeoutSeconds = PatienceSeconds, MaxAnswerBytes = LargestPageBytes, MaxRedirects = 0, AllowedHosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { $"{address.Host}:{address.Port}" },
        });
        var watch = Stopwatch.StartNew();
        try
        {
            var answer = await http.SendAsync(new OutgoingRequest(HttpMethod.Get, address) { Headers = new Dictionary<string, string> { ["User-Agent"] = "Rialto-Probe" } }, cancel);
            var isGood = answer.Status < 400 || (site.Visibility == "password" && answer.Status == 401);
            return new ProbeResult(clock.GetUtcNow().UtcDateTime, isGood, answer.Status, (int)watch.ElapsedMilliseconds, isGood ? null : $"The front page answers with {answer.Status}.");
        }
        catch (Refusal refusal)
        {
            // Who sends on answers, too.
            var isGood = refusal.Code == "outgoing.too_many_redirects";
            return new ProbeResult(clock.GetUtcNow().UtcDateTime, isGood, null, (int)watch.ElapsedMilliseconds, isGood ? null : refusal.Message);
        }
    }
}

/// <summary>A site to be asked.</summary>
internal sealed class ProbedSite
{
    public Guid Tenant { get; init; }

    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Visibility { get; init; } = "";
}

/// <param name="At">When the answer came, or did not.</param>
/// <param name="IsGood">Whether a visitor would have been served.</param>
/// <param name="Status">HTTP status; null when no answer came.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Error">What was wrong.</param>
internal sealed record ProbeResult(DateTime At, bool IsGood, int? Status, int Milliseconds, string? Error);
