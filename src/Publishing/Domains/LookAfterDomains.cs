using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Ask for the checks and renewals that are due.</summary>
internal sealed record LookAfterDomains
{
    public static readonly JobKind<LookAfterDomains> Kind = new("publishing.look_after_domains", QueueDefinition.Default, PublishingJson.Default.LookAfterDomains);
}

/// <summary>Every few minutes: which domains are to be looked at again, which certificates end in a third of their life.</summary>
internal sealed class DomainCare(Database database, PublishingOptions options, TimeProvider clock)
{
    private const int MostAtOnce = 500;

    /// <summary>Asks for jobs and returns how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        IReadOnlyList<DueDomain> due;
        await using (var platform = await database.BeginAsync(TenantId.Platform, cancel))
            due = (await platform.Connection.QueryAsync<DueDomain>(new CommandDefinition(
                """
                select tenant_id as Tenant, id, next_check_at <= @now as IsCheck,
                       @isSecure and state = 'verified' and is_pointed and next_try_at <= @now and (renew_at is null or renew_at <= @now) as IsRenewal
                from publishing.domains
                where next_check_at <= @now or (@isSecure and state = 'verified' and is_pointed and next_try_at <= @now and (renew_at is null or renew_at <= @now))
                order by next_try_at limit @MostAtOnce
                """, new { now = clock.GetUtcNow().UtcDateTime, isSecure = options.HttpsPort() is not null, MostAtOnce }, cancellationToken: cancel))).AsList();
        foreach (var domain in due)
        {
            await using var session = await database.BeginAsync(new TenantId(domain.Tenant), cancel);
            if (domain.IsCheck) await VerifyDomain.AskAsync(session, domain.Id, cancel);
            if (domain.IsRenewal) await ObtainCertificate.AskAsync(session, domain.Id, cancel);
            await session.CommitAsync(cancel);
        }
        return due.Count;
    }

    private sealed class DueDomain
    {
        public Guid Tenant { get; init; }

        public Guid Id { get; init; }

        public bool IsCheck { get; init; }

        public bool IsRenewal { get; init; }
    }
}
