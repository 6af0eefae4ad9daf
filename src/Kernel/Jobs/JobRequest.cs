namespace Rialto.Kernel;

/// <summary>What may be said when asking for a job; the defaults are those of its queue and kind.</summary>
public sealed record JobRequest
{
    /// <summary>Not before this; null for at once.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Smaller goes first within the queue; null for the queue's own.</summary>
    public QueuePriority? Priority { get; init; }

    /// <summary>While a job of this queue with the same key still waits, asking again returns that one.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>Jobs of this queue with the same key never run at the same time, on any node.</summary>
    public string? ExclusiveKey { get; init; }

    /// <summary>Longest one attempt may take, in seconds; null for the queue's.</summary>
    public double? TimeoutSeconds { get; init; }
}
