namespace Rialto.Gateway;

/// <summary>A bucket of this node alone, for rates so high that sharing them would cost more than they protect. The same algorithm, in a field.</summary>
internal sealed class LocalBucket(Rate rate, TimeProvider clock)
{
    private long arrival;

    public Reply Ask()
    {
        var now = clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond;
        while (true)
        {
            var seen = Interlocked.Read(ref arrival);
            var next = Math.Max(seen, now) + rate.GapMicros;
            var room = now + rate.Burst * rate.GapMicros - next;
            if (room < 0) return new Reply(false, rate, 0, -room);
            if (Interlocked.CompareExchange(ref arrival, next, seen) == seen) return new Reply(true, rate, (int)(room / rate.GapMicros), 0);
        }
    }
}
