namespace Rialto.Kernel;

/// <summary>Why a running job is told to stop.</summary>
internal enum JobStop
{
    None,
    Cancelled,
    LeaseLost,
}

/// <summary>How an attempt ended, as its worker must act on it.</summary>
internal enum JobEnd
{
    /// <summary>Well, but it is not yet written.</summary>
    Done,

    /// <summary>One way or the other, and it is written, or belongs to somebody else by now.</summary>
    Settled,

    /// <summary>The node stops: another one shall do it.</summary>
    GiveBack,
}

/// <summary>A job in a node's hands, with the means to stop it.</summary>
internal sealed class HeldJob(ClaimedJob claimed) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private bool isOver;

    public ClaimedJob Claimed { get; } = claimed;

    public CancellationToken Stopping => stopping.Token;

    public JobStop Reason { get; private set; }

    public void Stop(JobStop reason)
    {
        lock (gate)
        {
            if (isOver || Reason != JobStop.None) return;
            Reason = reason;
            stopping.Cancel();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            stopping.Dispose();
        }
    }
}
