namespace Rialto.Portal;

/// <summary>A build, as <c>publishing.get_build</c> tells of it.</summary>
public sealed record BuildView
{
    public required Guid Id { get; init; }

    public required Guid Job { get; init; }

    public required string Site { get; init; }

    public required string Branch { get; init; }

    public string? Commit { get; init; }

    public long Sequence { get; init; }

    public required string State { get; init; }

    public string? Outcome { get; init; }

    public required IReadOnlyList<StageView> Stages { get; init; }

    public Guid? Release { get; init; }

    public string? ErrorCode { get; init; }

    public string? Error { get; init; }

    public DateTime StartedAt { get; init; }

    public DateTime? FinishedAt { get; init; }

    /// <summary>Whether it goes on.</summary>
    public bool IsRunning => State == "running";

    /// <summary>The first letters of the commit.</summary>
    public string? ShortCommit => Commit is { Length: > 7 } ? Commit[..7] : Commit;

    /// <summary>How long it has taken, or takes until <paramref name="now"/>.</summary>
    public double Milliseconds(DateTimeOffset now) => ((FinishedAt ?? now.UtcDateTime) - StartedAt).TotalMilliseconds;
}

/// <summary>A stage of a build.</summary>
public sealed record StageView(string Name, double? Milliseconds, long? Bytes, string? Note);

/// <summary>Lines of a log, as <c>publishing.get_build_log</c> tells.</summary>
public sealed record LogView(IReadOnlyList<LineView> Lines, int Next, bool IsComplete);

/// <summary>One line.</summary>
public sealed record LineView(int Number, string Stage, string Text, DateTime At);

/// <summary>What asking for a build gives.</summary>
public sealed record AskedView(Guid? Job);
