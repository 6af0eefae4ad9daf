using System.Collections.Concurrent;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>This node's ends of all buckets in use.</summary>
internal sealed class Buckets(BucketStore store, TimeProvider clock)
{
    private const int MostRemembered = 50_000;
    private const long IdleMicros = 60_000_000;
    private readonly ConcurrentDictionary<(string Name, Rate Rate), Bucket> shared = new();
    private readonly ConcurrentDictionary<(string Name, Rate Rate), LocalBucket> local = new();

    public Bucket Shared(string name, Rate rate)
    {
        if (shared.Count > MostRemembered) Forget();
        return shared.GetOrAdd((name, rate), key => new Bucket(key.Name, key.Rate, store, clock));
    }

    public LocalBucket Local(string name, Rate rate)
    {
        if (local.Count > MostRemembered) local.Clear();
        return local.GetOrAdd((name, rate), key => new LocalBucket(key.Rate, clock));
    }

    // Addresses come and go; an end that is forgotten loses at most a slice.
    private void Forget()
    {
        var before = clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond - IdleMicros;
        foreach (var (key, bucket) in shared)
            if (bucket.LastAsked < before) shared.TryRemove(key, out _);
        if (shared.Count > MostRemembered) shared.Clear();
    }
}
