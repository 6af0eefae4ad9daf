using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Look for a domain's records.</summary>
internal sealed record VerifyDomain(Guid Domain)
{
    public static readonly JobKind<VerifyDomain> Kind = new("publishing.verify_domain", QueueDefinition.Default, PublishingJson.Default.VerifyDomain);

    /// <summary>Asks for it in the session's transaction.</summary>
    public static Task<Guid> AskAsync(TenantSession session, Guid domain, CancellationToken cancel) =>
        session.EnqueueAsync(Kind, new VerifyDomain(domain), new JobRequest { DedupeKey = $"verify {domain:N}", ExclusiveKey = $"verify {domain:N}" }, cancel);

    /// <summary>Name of the record that shows whose the domain is.</summary>
    public static string RecordOf(string domain) => "_rialto." + domain;

    /// <summary>What the record holds.</summary>
    public static string ValueOf(string token) => "rialto-site=" + token;
}

/// <summary>
/// A domain is its claimant's while the zone shows their token. It is looked for at once, then with growing pauses for two weeks; a verified
/// one is looked at daily and lost when the token was missing three times in a row. When name servers are silent nothing is concluded.
/// </summary>
internal sealed class VerifyDomainJob(DnsClient dns, SiteSignals signals, PublishingOptions options, TimeProvider clock) : IJobHandler<VerifyDomain>
{
    private const int FailuresUntilLost = 3;
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1), FirstPause = TimeSpan.FromMinutes(2), LongestPause = TimeSpan.FromHours(6), Patience = TimeSpan.FromDays(14);

    public async Task HandleAsync(VerifyDomain payload, Job job, CancellationToken cancel)
    {
        DomainRow? row;
        await using (var session = await job.BeginAsync(cancel)) row = await DomainStore.TryFindAsync(session, payload.Domain, cancel);
        if (row is null) return;
        var isShown = (await dns.AskAsync(VerifyDomain.RecordOf(row.Name), DnsType.Txt, cancel)).Any(record => record.Type == DnsType.Txt && record.Value.Trim() == VerifyDomain.ValueOf(row.Token));
        var isPointed = await IsPointedAsync(row, cancel);
        try
        {
            await using var writing = await job.BeginAsync(cancel);
            await RecordAsync(writing, row, isShown, isPointed, cancel);
            await job.CompleteAsync(writing, cancel);
            await writing.CommitAsync(cancel);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await using var writing = await job.BeginAsync(cancel);
            await writing.Connection.ExecuteAsync(new CommandDefinition(
                "update publishing.domains set error = @words, checked_at = @now, next_check_at = @next where tenant_id = @tenant and id = @Id",
                new { words = $"{row.Name} belongs to another site while its record is in the zone too; remove that one and wait a few days.", now = clock.GetUtcNow().UtcDateTime, next = (clock.GetUtcNow() + LongestPause).UtcDateTime, tenant = job.Tenant.Value, row.Id }, cancellationToken: cancel));
            await writing.CommitAsync(cancel);
        }
    }

    private async Task<bool> IsPointedAsync(DomainRow row, CancellationToken cancel)
    {
        if (options.BaseDomain is not { } domain) return true;
        var target = $"{row.Site}.{domain}";
        var found = (await AddressesAsync(row.Name, cancel)).ToArray();
        if (found.Any(record => record.Type == DnsType.Cname && record.Value == target)) return true;
        var ours = (await AddressesAsync(target, cancel)).Where(record => record.Type != DnsType.Cname).Select(record => record.Value).ToHashSet(StringComparer.Ordinal);
        return found.Any(record => record.Type != DnsType.Cname && ours.Contains(record.Value));
    }

    private async Task<IEnumerable<DnsRecord>> AddressesAsync(string name, CancellationToken cancel) =>
        (await dns.AskAsync(name, DnsType.A, cancel)).Concat(await dns.AskAsync(name, DnsType.Aaaa, cancel));

    private async Task RecordAsync(TenantSession session, DomainRow row, bool isShown, bool isPointed, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var failures = isShown ? 0 : row.Failures + 1;
        var state = isShown ? "verified" : row.State == "verified" && failures < FailuresUntilLost ? "verified" : row.State == "pending" ? "pending" : "lost";
        DateTime? next = state == "verified" ? now + Daily : now - row.CreatedAt > Patience ? null : now + Pause(failures);
        var error = !isShown ? $"The record TXT {VerifyDomain.RecordOf(row.Name)} with {VerifyDomain.ValueOf(row.Token)} was not found." : isPointed ? null : $"{row.Name} does not lead here yet: make it a CNAME of {row.Site}.{options.BaseDomain}.";
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            update publishing.domains set state = @state, is_pointed = @isPointed, failures = @failures, error = @error, checked_at = @now, next_check_at = coalesce(@next, 'infinity'),
              verified_at = case when @state = 'verified' then coalesce(verified_at, @now) end where tenant_id = @tenant and id = @Id
            """, new { state, isPointed, failures, error, now, next, tenant = session.Tenant.Value, row.Id }, cancellationToken: cancel));
        if (state == row.State && isPointed == row.IsPointed) return;
        await signals.ChangedAsync(session, DomainDirectory.Signal);
        if (state == "verified" && row.State != "verified") await session.AnnounceAsync(PublishingEvents.DomainVerified, new DomainVerified(row.Site, row.Name), "site:" + row.Site, cancel);
        if (state == "lost" && row.State == "verified") await session.AnnounceAsync(PublishingEvents.DomainLost, new DomainLost(row.Site, row.Name), "site:" + row.Site, cancel);
        if (state == "verified" && isPointed && row.NotAfter is null && options.HttpsPort() is not null) await ObtainCertificate.AskAsync(session, row.Id, cancel);
    }

    private static TimeSpan Pause(int failures) => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures, 10)));
}
