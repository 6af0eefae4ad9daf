using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>The alarm of a pending transfer: asked for when it is made, due when its time is over.</summary>
/// <param name="Transfer">Which.</param>
internal sealed record ExpireTransfer(Guid Transfer)
{
    public static readonly JobKind<ExpireTransfer> Kind = new("ledger.expire_transfer", QueueDefinition.Default, LedgerJson.Default.ExpireTransfer) { MaxAttempts = 20 };
}

/// <summary>Gives the transfer up, unless it has ended meanwhile.</summary>
internal sealed class ExpireTransferJob(Journal journal) : IJobHandler<ExpireTransfer>
{
    public async Task HandleAsync(ExpireTransfer payload, Job job, CancellationToken cancel)
    {
        await using var session = await job.BeginAsync(cancel);
        await journal.ExpireAsync(session, payload.Transfer, cancel);
        await job.CompleteAsync(session, cancel);
        await session.CommitAsync(cancel);
    }
}
