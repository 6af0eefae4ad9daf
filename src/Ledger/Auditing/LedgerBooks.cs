using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>The books as a whole.</summary>
internal sealed class LedgerBooks : ILedgerBooks
{
    public Task<Period> CloseAsync(TenantSession session, DateTimeOffset endsAt, CancellationToken cancel = default) => PeriodClosing.CloseAsync(session, endsAt, cancel);

    public Task<Statement> StatementAsync(TenantSession session, string code, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default) =>
        StatementReading.ReadAsync(session, code, from, to, cancel);

    public Task<LedgerReport> VerifyAsync(TenantSession session, CancellationToken cancel = default) => Verification.RunAsync(session, cancel);
}
