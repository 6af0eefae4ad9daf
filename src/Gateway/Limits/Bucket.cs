using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>What a bucket said to one call.</summary>
/// <param name="IsLetIn">Whether the call may go on.</param>
/// <param name="Rate">The bucket's rate.</param>
/// <param name="Left">Calls left at once, as far as this node knows.</param>
/// <param name="WaitMicros">When not let in, how long until the next is.</param>
internal readonly record struct Reply(bool IsLetIn, Rate Rate, int Left, long WaitMicros);

/// <summary>
/// This node's end of a shared bucket: it takes slices of several calls from the database and spends them without asking, gives back what it
/// did not spend, and remembers a refusal until it is over, so that a flood costs the database nothing.
/// </summary>
internal sealed class Bucket(string name, Rate rate, BucketStore store, TimeProvider clock)
{
    // A slice not spent by then goes back with the next question: other nodes may have use for it.
    private static readonly long KeepMicros = 10_000_000;
    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new();
    private int held, leftOver;
    private long heldUntil, closedUntil;

    /// <summary>When it was last asked, in microseconds.</summary>
    public long LastAsked { get; private set; }

    /// <summary>True while a refusal is remembered.</summary>
    public bool IsClosed
    {
        get
        {
            lock (gate) return closedUntil > Micros();
        }
    }

    public ValueTask<Reply> AskAsync(CancellationToken cancel)
    {
        var now = Micros();
        LastAsked = now;
        return TrySpend(now) is { } reply ? ValueTask.FromResult(reply) : AskStoreAsync(cancel);
    }

    private Reply? TrySpend(long now)
    {
        lock (gate)
        {
            if (closedUntil > now) return new Reply(false, rate, 0, closedUntil - now);
            if (held == 0 || heldUntil <= now) return null;
            held--;
            return new Reply(true, rate, held + leftOver, 0);
        }
    }

    private async ValueTask<Reply> AskStoreAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            // Whoever waited finds the slice of whoever asked.
            if (TrySpend(Micros()) is { } reply) return reply;
            int unused;
            lock (gate) (unused, held) = (held, 0);
            Slice slice;
            try
            {
                slice = await store.TakeAsync(name, rate, rate.Slice, unused, cancel);
            }
            catch (Exception lost) when (lost is Npgsql.NpgsqlException or Refusal { Code: "database.unreachable" })
            {
                // The database that counts is the one that answers: without it the call will fail by itself, and say so better.
                return new Reply(true, rate, 0, 0);
            }
            var now = Micros();
            lock (gate)
            {
                if (slice.Granted == 0) closedUntil = now + slice.WaitMicros;
                // Those given back meanwhile stay.
                held += Math.Max(0, slice.Granted - 1);
                (heldUntil, leftOver) = (now + KeepMicros, slice.LeftOver);
            }
            return new Reply(slice.Granted > 0, rate, Math.Max(0, slice.Granted - 1) + slice.LeftOver, slice.WaitMicros);
        }
        finally
        {
            turn.Release();
        }
    }

    private long Micros() => clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond;
}
