using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Get a certificate for a domain, or a new one.</summary>
internal sealed record ObtainCertificate(Guid Domain)
{
    private const double LongestSeconds = 240;

    public static readonly JobKind<ObtainCertificate> Kind = new("publishing.obtain_certificate", QueueDefinition.Default, PublishingJson.Default.ObtainCertificate) { MaxAttempts = 2 };

    /// <summary>Asks for it in the session's transaction; one at a time for a domain.</summary>
    public static Task<Guid> AskAsync(TenantSession session, Guid domain, CancellationToken cancel) =>
        session.EnqueueAsync(Kind, new ObtainCertificate(domain), new JobRequest { DedupeKey = $"certificate {domain:N}", ExclusiveKey = $"certificate {domain:N}", TimeoutSeconds = LongestSeconds }, cancel);
}

/// <summary>
/// Orders a certificate for a verified domain and keeps it with its key, encrypted. What fails is tried again with pauses that double from
/// five minutes to a day, and its owner is told; visitors go on with the certificate there is.
/// </summary>
internal sealed class ObtainCertificateJob(Database database, FieldCipher cipher, CertificateAuthority authority, SiteSignals signals, TimeProvider clock) : IJobHandler<ObtainCertificate>
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5), LongestPause = TimeSpan.FromDays(1);

    public async Task HandleAsync(ObtainCertificate payload, Job job, CancellationToken cancel)
    {
        DomainRow? row;
        await using (var session = await job.BeginAsync(cancel)) row = await DomainStore.TryFindAsync(session, payload.Domain, cancel);
        // Only for names whose owner asked for it: nobody can make the platform order certificates for others.
        if (row is not { State: "verified" }) return;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            var chain = await authority.IssueAsync(row.Name, key, ChallengeAsync, cancel);
            await KeepAsync(job, row, chain, key, cancel);
        }
        catch (Refusal refusal)
        {
            await FailedAsync(job, row, refusal, cancel);
        }
    }

    private async Task ChallengeAsync(string token, string answer)
    {
        await using var platform = await database.BeginAsync(TenantId.Platform);
        await platform.Connection.ExecuteAsync(
            "delete from publishing.acme_challenges where at < now() - interval '1 day'; insert into publishing.acme_challenges (token, answer) values (@token, @answer) on conflict (tenant_id, token) do update set answer = excluded.answer", new { token, answer });
        await platform.CommitAsync();
    }

    private async Task KeepAsync(Job job, DomainRow row, string chain, ECDsa key, CancellationToken cancel)
    {
        using var certificate = X509Certificate2.CreateFromPem(chain);
        if (!certificate.MatchesHostname(row.Name)) throw new Refusal("domains.authority_refused", "The certificate authority sent a certificate for another name.", 503);
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        await using var session = await job.BeginAsync(cancel);
        var kept = await cipher.EncryptAsync(session, CertificateStore.KeyAt(row.Id), key.ExportPkcs8PrivateKey(), cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            update publishing.domains set chain = @chain, key = @kept, not_after = @until, renew_at = @renewAt, certificate_failures = 0, certificate_error = null, next_try_at = @renewAt
            where tenant_id = @tenant and id = @Id
            """, new { chain, kept, until, renewAt = RenewAt(from, until), tenant = job.Tenant.Value, row.Id }, cancellationToken: cancel));
        await session.AnnounceAsync(PublishingEvents.CertificateIssued, new CertificateIssued(row.Site, row.Name, until), "site:" + row.Site, cancel);
        await signals.ChangedAsync(session, DomainDirectory.Signal);
        await job.CompleteAsync(session, cancel);
        await session.CommitAsync(cancel);
    }

    private async Task FailedAsync(Job job, DomainRow row, Refusal refusal, CancellationToken cancel)
    {
        var failures = row.CertificateFailures + 1;
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures - 1, 12)));
        await using var session = await job.BeginAsync(cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update publishing.domains set certificate_failures = @failures, certificate_error = @words, next_try_at = @next where tenant_id = @tenant and id = @Id",
            new { failures, words = refusal.Message, next = (clock.GetUtcNow() + pause).UtcDateTime, tenant = job.Tenant.Value, row.Id }, cancellationToken: cancel));
        // The first failure, and then rarely: a mistake that lasts is not told every hour.
        if (failures is 1 or 5 || failures % 20 == 0)
            await session.AnnounceAsync(PublishingEvents.CertificateFailed, new CertificateFailed(row.Site, row.Name, failures, refusal.Message, row.NotAfter), "site:" + row.Site, cancel);
        await job.CompleteAsync(session, cancel);
        await session.CommitAsync(cancel);
    }

    /// <summary>When two thirds of the lifetime are over: before the last third begins.</summary>
    internal static DateTime RenewAt(DateTime from, DateTime until) => from + (until - from) * 2 / 3;
}
