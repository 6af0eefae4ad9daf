namespace Rialto.Gateway;

/// <summary>
/// Keeps calls from a target that fails: after some failures in a row none goes there for a while, then one to see. Each time that one
/// fails too the while doubles, up to a minute.
/// </summary>
internal sealed class Circuit(TimeProvider clock)
{
    private const int MostFailures = 5, LongestSeconds = 60;
    private readonly Lock gate = new();
    private int openings;
    private DateTimeOffset closedUntil;
    private bool isTrying;

    public int Failures { get; private set; }

    public string State
    {
        get
        {
            lock (gate) return openings == 0 ? "closed" : isTrying ? "trying" : "open";
        }
    }

    /// <summary>Whether a call may go to the target; a call that may must report.</summary>
    public bool Allows()
    {
        lock (gate)
        {
            if (openings == 0) return true;
            if (isTrying || clock.GetUtcNow() < closedUntil) return false;
            return isTrying = true;
        }
    }

    public void Succeeded()
    {
        lock (gate) (Failures, openings, isTrying) = (0, 0, false);
    }

    public void Failed()
    {
        lock (gate)
        {
            Failures++;
            if (openings == 0 && Failures < MostFailures) return;
            // Calls that began before it opened tell nothing new.
            if (openings > 0 && !isTrying) return;
            openings++;
            isTrying = false;
            closedUntil = clock.GetUtcNow().AddSeconds(Math.Min(LongestSeconds, 5 * Math.Pow(2, openings - 1)));
        }
    }

    /// <summary>The call ended without telling anything about the target: the caller went away.</summary>
    public void Unknown()
    {
        lock (gate) isTrying = false;
    }
}
