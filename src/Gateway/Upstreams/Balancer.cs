using System.Collections.Concurrent;

namespace Rialto.Gateway;

/// <summary>The targets of one route, as this node sees them.</summary>
internal sealed class Balancer(ServiceRoute route, TimeProvider clock)
{
    // Retries are a fifth of the calls at most: a service that is ill is not drowned by those who try again.
    private const double RetryShare = 0.2, MostSaved = 10;
    private readonly Target[] targets = [.. route.Targets.Select(address => new Target(address, new Circuit(clock)))];
    private readonly Lock gate = new();
    private double retries = MostSaved;

    public int Version => route.Version;

    /// <summary>The less busy of two that may be called; null when none may, or only those in <paramref name="tried"/>.</summary>
    public Target? Pick(IReadOnlySet<Target> tried)
    {
        var able = targets.Where(target => !tried.Contains(target)).ToArray();
        Random.Shared.Shuffle(able);
        if (able.Length > 1 && able[1].AtOnce < able[0].AtOnce) (able[0], able[1]) = (able[1], able[0]);
        return Array.Find(able, target => target.Circuit.Allows());
    }

    public void CountCall()
    {
        lock (gate) retries = Math.Min(MostSaved, retries + RetryShare);
    }

    public bool MayRetry()
    {
        lock (gate)
        {
            if (retries < 1) return false;
            retries--;
            return true;
        }
    }

    public IReadOnlyList<TargetHealth> Health() =>
        [.. targets.Select(target => new TargetHealth { Target = target.Address, Circuit = target.Circuit.State, AtOnce = target.AtOnce, Failures = target.Circuit.Failures })];
}

/// <summary>One address a route leads to.</summary>
internal sealed class Target(string address, Circuit circuit)
{
    private int atOnce;

    public string Address => address;

    public Circuit Circuit => circuit;

    public int AtOnce => Volatile.Read(ref atOnce);

    public void Enter() => Interlocked.Increment(ref atOnce);

    public void Leave() => Interlocked.Decrement(ref atOnce);
}

/// <summary>The balancers of all routes in use; a changed route begins anew.</summary>
internal sealed class Balancers(TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    private readonly ConcurrentDictionary<Guid, Balancer> all = new();

    public Balancer Of(ServiceRoute route)
    {
        if (all.Count > MostRemembered) all.Clear();
        return all.AddOrUpdate(route.Id, _ => new Balancer(route, clock), (_, known) => known.Version == route.Version ? known : new Balancer(route, clock));
    }
}
