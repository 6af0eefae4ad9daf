namespace Rialto.Kernel;

/// <summary>A job as people see it.</summary>
public sealed class JobStatus
{
    /// <summary>Its id.</summary>
    public Guid Id { get; init; }

    /// <summary>Where it stands in line.</summary>
    public string Queue { get; init; } = "";

    /// <summary>What it does.</summary>
    public string Kind { get; init; } = "";

    /// <summary><c>waiting</c>, <c>running</c>, <c>done</c>, <c>failed</c> (given up: the dead letters) or <c>cancelled</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Times it was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>Times it may be begun.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>0 to 1; null when it does not say.</summary>
    public float? Progress { get; init; }

    /// <summary>What it is doing.</summary>
    public string? ProgressNote { get; init; }

    /// <summary>Code of the refusal it ended or last failed with; <c>jobs.timeout</c>, <c>jobs.worker_lost</c>, or <c>bug</c>.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>What went wrong, in words.</summary>
    public string? Error { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>Not before this.</summary>
    public DateTime RunAt { get; init; }

    /// <summary>When the last attempt began.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When it ended for good.</summary>
    public DateTime? FinishedAt { get; init; }
}
