namespace Rialto.Runner;

/// <summary>What one test program did.</summary>
internal sealed record Outcome(string Name, double Seconds)
{
    public int Passed { get; init; }

    public IReadOnlyList<Failure> Failures { get; init; } = [];

    public IReadOnlyList<Skip> Skips { get; init; } = [];
}

/// <summary>One test that failed, or a program that did not finish.</summary>
internal sealed record Failure(string Test, string Message, string Trace);

/// <summary>One test that was skipped, and why.</summary>
internal sealed record Skip(string Test, string Reason);
