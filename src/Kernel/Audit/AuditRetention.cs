using System.Text.Json.Serialization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Rialto.Kernel;

/// <summary>
/// Takes old rows away, from the first on and never out of the middle. Their hashes stay in the tree, so that proofs kept outside still hold,
/// and a sealed row says which went: verification knows them from rows that somebody else took.
/// </summary>
internal sealed class AuditRetention(Database database, AuditLog log, TenantSettings settings, TimeProvider clock)
{
    /// <summary>How long rows are kept.</summary>
    public static readonly Setting<long> KeepDays = Settings.Number("audit.keep_days", 0, "Days rows of the audit log are kept; 0 for ever.", 0, 36_500) with { ByTenant = true };

    public static readonly JobKind<RetireAuditRows> Kind = new("kernel.retire_audit_rows", QueueDefinition.Default, KernelJson.Default.RetireAuditRows);

    /// <summary>Retires what is due, of every tenant.</summary>
    public async Task RetireAllAsync(CancellationToken cancel)
    {
        foreach (var tenant in await TenantsAsync(cancel)) await RetireAsync(tenant, cancel);
    }

    /// <summary>Retires one tenant's due rows; how many.</summary>
    public async Task<int> RetireAsync(TenantId tenant, CancellationToken cancel)
    {
        long through;
        await using (var session = await database.BeginAsync(tenant, cancel))
        {
            var days = await settings.GetAsync(session, KeepDays, cancel);
            if (days == 0) return 0;
            // The leaf before the first one that must stay: numbers are in order of arrival, which is nearly that of time.
            through = await session.Connection.ExecuteScalarAsync<long>(new CommandDefinition(
                """
                select coalesce((select min(l.number) from kernel.audit_rows r join kernel.audit_leaves l on l.tenant_id = r.tenant_id and l.id = r.id
                  where r.tenant_id = kernel.current_tenant() and r.at >= @keepFrom), (select size from kernel.audit_trees where tenant_id = kernel.current_tenant()), 0) - 1
                """, new { keepFrom = clock.GetUtcNow().UtcDateTime.AddDays(-days) }, cancellationToken: cancel));
            var due = await session.Connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                "select exists (select from kernel.audit_leaves l join kernel.audit_rows r on r.tenant_id = l.tenant_id and r.id = l.id where l.tenant_id = kernel.current_tenant() and l.number <= @through)",
                new { through }, cancellationToken: cancel));
            if (!due) return 0;
            session.Actor = "platform";
            await log.RecordAsync(session, new AuditNote(AuditKind.Retired, Kind.Name, $"rows 0 to {through}") { Changes = FormattableString.Invariant($$"""{"retiredThrough":{{through}},"keepDays":{{days}}}""") }, cancel);
            // Told first: a crash in between leaves rows that are told as gone and still there, which harms nobody.
            await session.CommitAsync(cancel);
        }
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ExecuteAsync(new CommandDefinition(
            "delete from kernel.audit_rows r using kernel.audit_leaves l where l.tenant_id = @Value and l.number <= @through and r.tenant_id = l.tenant_id and r.id = l.id",
            new { tenant.Value, through }, commandTimeout: 0, cancellationToken: cancel));
    }

    private async Task<IReadOnlyList<TenantId>> TenantsAsync(CancellationToken cancel)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        return [.. (await system.QueryAsync<Guid>(new CommandDefinition("select tenant_id from kernel.audit_trees", cancellationToken: cancel))).Select(id => new TenantId(id))];
    }
}

/// <summary>Asks for what is due to be retired.</summary>
internal sealed record RetireAuditRows;
