namespace Rialto.Kernel;

/// <summary>The process ended before it answered.</summary>
/// <param name="reason">What was seen, as the end of "The workshop stopped: …".</param>
/// <param name="atFault">Whether the call was being worked on at the time.</param>
internal sealed class WorkshopDiedException(string reason, bool atFault) : Exception($"The workshop stopped: {reason}.")
{
    public string Reason { get; } = reason;
    public bool AtFault { get; } = atFault;
    /// <summary>Whether it was this call that took too long.</summary>
    public bool Overdue { get; init; }
    public string LastWords { get; init; } = "";
}
