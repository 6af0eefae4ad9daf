namespace Rialto.Kernel;

/// <summary>Limits of all operations of a host.</summary>
public sealed record OperationOptions
{
    /// <summary>Most calls one caller may make in a minute, on one node, unless the operation says otherwise.</summary>
    public int MostPerMinute { get; init; } = 6000;

    /// <summary>How long a repeated request waits for the first with the same key before it is told so, in seconds.</summary>
    public double DuplicateWaitSeconds { get; init; } = 5;

    /// <summary>Days an idempotency key is remembered.</summary>
    public int KeyDays { get; init; } = 30;
}
