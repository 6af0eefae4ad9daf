namespace Rialto.Bench;

/// <summary>Something worth measuring.</summary>
internal interface IBench
{
    /// <summary>The word after <c>./rialto bench</c>, and the name of its JSON file.</summary>
    string Name { get; }

    /// <summary>What it tells, in a few words.</summary>
    string Summary { get; }

    Task RunAsync(Bench bench, CancellationToken cancel);
}

/// <summary>All benchmarks.</summary>
internal static class Benches
{
    public static IReadOnlyList<IBench> All { get; } =
    [
        new AnalysisBench(),
        new ApiBench(),
        new AuditBench(),
        new HostingBench(),
        new IdentityBench(),
        new LedgerBench(),
        new LimitsBench(),
        new PushBench(),
        new QueueBench(),
        new ReliabilityBench(),
        new SecretsBench(),
        new SitesBench(),
        new StartBench(),
    ];
}
