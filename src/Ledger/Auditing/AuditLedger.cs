using Dapper;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>The auditor: comes back every hour, from an organisation's first account on.</summary>
internal sealed record AuditLedger
{
    /// <summary>Longest one audit may take.</summary>
    private const double TimeoutSeconds = 3_600;

    private const string Name = "ledger.audit", Hourly = "41 * * * *";

    public static readonly JobKind<AuditLedger> Kind = new(Name, QueueDefinition.Default, LedgerJson.Default.AuditLedger);

    /// <summary>False for the reminder that the calendar makes, true for the audit it asks for, which may take its time.</summary>
    public bool IsRun { get; init; }

    /// <summary>Asks for an audit; while one waits there is no second.</summary>
    public static Task AskAsync(TenantSession session, CancellationToken cancel) =>
        session.EnqueueAsync(Kind, new AuditLedger { IsRun = true }, new JobRequest { DedupeKey = Name, ExclusiveKey = Name, TimeoutSeconds = TimeoutSeconds, Priority = QueuePriority.Low }, cancel);

    /// <summary>Sets the schedule unless it is there.</summary>
    public static async Task EnsureScheduledAsync(TenantSession session, CancellationToken cancel)
    {
        if (await session.Connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select from kernel.schedules where tenant_id = @tenant and name = @Name)", new { tenant = session.Tenant.Value, Name }, cancellationToken: cancel)))
            return;
        await session.SetScheduleAsync(Name, Kind, new AuditLedger(), Hourly, cancel: cancel);
    }
}

/// <summary>Verifies the books and raises the alarm when they do not add up.</summary>
internal sealed class AuditLedgerJob : IJobHandler<AuditLedger>
{
    public async Task HandleAsync(AuditLedger payload, Job job, CancellationToken cancel)
    {
        LedgerReport? report = null;
        // Read in one transaction and told in another: the second is short.
        if (payload.IsRun)
            await using (var reading = await job.BeginAsync(cancel)) report = await Verification.RunAsync(reading, cancel);
        await using var session = await job.BeginAsync(cancel);
        if (report is null) await AuditLedger.AskAsync(session, cancel);
        else if (!report.IsSound) await session.AnnounceAsync(LedgerEvents.AuditFailed, report, "ledger", cancel);
        await job.CompleteAsync(session, cancel);
        await session.CommitAsync(cancel);
    }
}
