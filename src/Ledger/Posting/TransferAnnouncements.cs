using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Every transfer of a round is announced, and one that may expire is given its alarm, in the transaction that makes it true.</summary>
internal static class TransferAnnouncements
{
    public static async Task WriteAsync(TenantSession session, Books books, CancellationToken cancel)
    {
        var made = books.Made.Select(one => one.Transfer);
        await AnnounceAsync(session, LedgerEvents.TransferPosted, [.. made.Where(one => one.State == TransferState.Posted)], cancel);
        await AnnounceAsync(session, LedgerEvents.TransferHeld, [.. made.Where(one => one.State == TransferState.Pending)], cancel);
        await AnnounceAsync(session, LedgerEvents.TransferPosted, [.. books.Ended.Where(one => one.State == TransferState.Posted)], cancel, session.Actor);
        await AnnounceAsync(session, LedgerEvents.TransferVoided, [.. books.Ended.Where(one => one.State == TransferState.Voided)], cancel, session.Actor);
        await AnnounceAsync(session, LedgerEvents.TransferExpired, [.. books.Ended.Where(one => one.State == TransferState.Expired)], cancel, session.Actor);
        foreach (var transfer in made.Where(one => one.ExpiresAt is not null))
            await session.EnqueueAsync(ExpireTransfer.Kind, new ExpireTransfer(transfer.Id), new JobRequest { RunAt = transfer.ExpiresAt }, cancel);
    }

    private static Task AnnounceAsync(TenantSession session, EventKind<TransferFact> kind, IReadOnlyCollection<Transfer> transfers, CancellationToken cancel, string? actor = null) =>
        session.AnnounceManyAsync(kind, [.. transfers.Select(transfer => new Announcement<TransferFact>(Fact(transfer), $"transfer:{transfer.Id}", actor ?? transfer.Actor))], cancel);

    private static TransferFact Fact(Transfer transfer) => new(transfer.Id, transfer.Key, transfer.State, PostedLegs(transfer), transfer.Cause, transfer.Reverses, transfer.EffectiveAt);

    private static IReadOnlyList<Leg> PostedLegs(Transfer transfer) => transfer.PostedMinor is { } parts
        ? [.. transfer.Legs.Select((leg, index) => leg with { AmountMinor = parts[index] })]
        : transfer.Legs;
}
