namespace Rialto.Kernel;

/// <summary>
/// Reacts to events, each at least once and in the log's order, on one node at a time. What the reaction writes into the
/// session it is given happens exactly once; what it does elsewhere must bear being done twice.
/// Short by contract: work of more than a second is a job that the reaction enqueues.
/// </summary>
public interface IEventReader
{
    /// <summary>Stable name of the cursor: <c>webhooks.deliver</c>. A new name begins at the start of the log.</summary>
    string Name { get; }

    /// <summary>Kinds it wants; null for all.</summary>
    IReadOnlyCollection<string>? Kinds { get; }

    /// <summary>Reacts. An exception takes the session back and brings the event again later; after <see cref="EventPump.MostAttempts"/> times it is parked.</summary>
    Task HandleAsync(RecordedEvent happened, TenantSession session, CancellationToken cancel);
}
