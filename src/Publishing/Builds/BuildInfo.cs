namespace Rialto.Publishing;

/// <summary>A build as people see it.</summary>
internal sealed record BuildInfo
{
    public required Guid Id { get; init; }

    /// <summary>The job; cancel it or try it again there.</summary>
    public required Guid Job { get; init; }

    /// <summary>Name of the site it is for.</summary>
    public required string Site { get; init; }

    public required string Branch { get; init; }

    public string? Commit { get; init; }

    public required long Sequence { get; init; }

    /// <summary><c>running</c>, <c>done</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string State { get; init; }

    /// <summary><c>live</c>, <c>preview</c>, <c>superseded</c> (something newer is live) or <c>pinned</c> (the site is held).</summary>
    public string? Outcome { get; init; }

    /// <summary>The stages that were begun, in order.</summary>
    public required IReadOnlyList<StageTime> Stages { get; init; }

    public Guid? Release { get; init; }

    public string? ErrorCode { get; init; }

    public string? Error { get; init; }

    public required DateTime StartedAt { get; init; }

    public DateTime? FinishedAt { get; init; }
}

/// <param name="Name"><c>fetch</c>, <c>redact</c>, <c>analyse</c>, <c>generate</c>, <c>check</c> or <c>publish</c>.</param>
/// <param name="Milliseconds">How long it took; null while it runs.</param>
/// <param name="Bytes">Size of what it worked on or made; null where that says nothing.</param>
/// <param name="Note">What came of it, in a few words.</param>
internal sealed record StageTime(string Name, double? Milliseconds = null, long? Bytes = null, string? Note = null);

/// <summary>Lines of a build's log.</summary>
internal sealed record BuildLog
{
    public required IReadOnlyList<BuildLine> Lines { get; init; }

    /// <summary>To be sent as <c>after</c> for what comes next.</summary>
    public required int Next { get; init; }

    /// <summary>True when nothing more will come.</summary>
    public required bool IsComplete { get; init; }
}

/// <summary>One line.</summary>
internal sealed record BuildLine
{
    public int Number { get; init; }

    public string Stage { get; init; } = "";

    public string Text { get; init; } = "";

    public DateTime At { get; init; }
}
